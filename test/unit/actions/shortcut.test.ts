import { describe, expect, it } from 'vitest'
import { keysOf, matchesShortcut, parseShortcut, writeShortcut } from '../../../renderer/actions/shortcut.ts'

const press = (key: string, change: Partial<KeyboardEventInit> & { code?: string } = {}) => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...change,
})

describe('matchesShortcut', () => {
  it('takes a letter with and without caps lock', () => {
    expect(matchesShortcut(press('d'), 'D', 'other')).toBe(true)
    expect(matchesShortcut(press('D'), 'D', 'other')).toBe(true)
  })
  it('tells Ctrl+Z from Ctrl+Shift+Z', () => {
    expect(matchesShortcut(press('z', { ctrlKey: true }), 'Mod+Z', 'other')).toBe(true)
    expect(matchesShortcut(press('Z', { ctrlKey: true, shiftKey: true }), 'Mod+Z', 'other')).toBe(false)
    expect(matchesShortcut(press('Z', { ctrlKey: true, shiftKey: true }), 'Mod+Shift+Z', 'other')).toBe(true)
    expect(matchesShortcut(press('z'), 'Mod+Z', 'other')).toBe(false)
  })
  it('takes Command on a Mac and Ctrl elsewhere', () => {
    expect(matchesShortcut(press('o', { metaKey: true }), 'Mod+O', 'mac')).toBe(true)
    expect(matchesShortcut(press('o', { ctrlKey: true }), 'Mod+O', 'mac')).toBe(false)
    expect(matchesShortcut(press('o', { metaKey: true }), 'Mod+O', 'other')).toBe(false)
  })
  it('goes by the position of the key where the layout is not Latin', () => {
    expect(matchesShortcut(press('в', { code: 'KeyD' }), 'D', 'other')).toBe(true)
    // Dvorak: the key at D types E, and E is what it means.
    expect(matchesShortcut(press('e', { code: 'KeyD' }), 'D', 'other')).toBe(false)
  })
  it('takes a digit that the layout types only with Shift, by its position', () => {
    expect(matchesShortcut(press('&', { code: 'Digit1' }), '1', 'other')).toBe(true)
    expect(matchesShortcut(press('1', { code: 'Numpad1' }), '1', 'other')).toBe(true)
  })
  it('takes signs with whatever Shift the layout asks for', () => {
    expect(matchesShortcut(press('?', { shiftKey: true }), '?', 'other')).toBe(true)
    expect(matchesShortcut(press('?'), '?', 'other')).toBe(true)
    expect(matchesShortcut(press('+', { shiftKey: true }), '+', 'other')).toBe(true)
  })
  it('leaves Alt combinations alone', () => {
    expect(matchesShortcut(press('d', { altKey: true }), 'D', 'other')).toBe(false)
  })
})

describe('writing a shortcut', () => {
  it('is as the platform does it', () => {
    expect(writeShortcut('Mod+Shift+Z', 'other')).toBe('Ctrl+Shift+Z')
    expect(writeShortcut('Mod+Shift+Z', 'mac')).toBe('⌘⇧Z')
    expect(keysOf('ArrowRight', 'other')).toEqual(['→'])
    expect(keysOf('+', 'other')).toEqual(['+'])
  })
  it('refuses what is no shortcut', () => {
    expect(() => parseShortcut('Hyper+Z')).toThrow('not a shortcut')
    expect(() => parseShortcut('')).toThrow('not a shortcut')
  })
})

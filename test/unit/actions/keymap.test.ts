import { describe, expect, it } from 'vitest'
import { settingsSchema } from '../../../common/contract/settings.ts'
import { actionOf, allActions, shortcutLines } from '../../../renderer/actions/all-actions.ts'
import { actionFor, refusalOf } from '../../../renderer/actions/keyboard.ts'
import {
  clashesIn,
  fillKeys,
  rivalsOf,
  shortcutsOf,
  takeFrom,
  withShortcuts,
} from '../../../renderer/actions/keymap.ts'
import { pressOf } from '../../../renderer/actions/press.ts'
import { presetOf, presets } from '../../../renderer/actions/presets.ts'
import { matchesShortcut, parseShortcut } from '../../../renderer/actions/shortcut.ts'
import { createMemoryCore, createTestSession, imageOf } from './support.ts'

const keyOf = (key: string, change: Partial<KeyboardEvent> = {}) => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...change,
})

describe('changed keys', () => {
  it('run the command in place of the default ones, and are what is shown', async () => {
    const { session } = await createTestSession(createMemoryCore(3), { image: imageOf(1) })
    const fit = actionOf('fit')
    session.changeSettings({ shortcuts: withShortcuts({}, fit, ['Alt+F']) })
    expect(actionFor(keyOf('f', { altKey: true }), session, 'other')?.id).toBe('fit')
    expect(actionFor(keyOf('f'), session, 'other')).toBeNull()
    const shown = shortcutLines({ fit: ['Alt+F'] }).flatMap(({ lines }) => lines)
    expect(shown.find(({ id }) => id === 'fit')?.shortcuts).toEqual(['Alt+F'])
  })
  it('as they are by default are not kept', () => {
    const fit = actionOf('fit')
    expect(withShortcuts({ fit: ['Alt+F'] }, fit, ['F'])).toEqual({})
  })
  it('show a range of digits one by one when one of them is another', () => {
    const of = (changed: Record<string, string[]>) =>
      shortcutLines(changed)
        .flatMap(({ lines }) => lines)
        .filter(({ id }) => /^class-\d$/.test(id))
    expect(of({})).toMatchObject([{ range: '1-9' }])
    expect(of({ 'class-2': ['Alt+W'] }).map(({ shortcuts }) => shortcuts[0])).toEqual([
      '1',
      'Alt+W',
      '3',
      '4',
      '5',
      '6',
      '7',
      '8',
      '9',
    ])
  })
  it('leave the clipboard’s keys alone, whatever the file of settings says', () => {
    expect(shortcutsOf(actionOf('copy'), { copy: ['Q'] })).toEqual(['Mod+C'])
  })
  it('stand in words that name a command', async () => {
    const changed = { 'tool-brush': ['Alt+P'], 'toggle-done': [] }
    const fill = (text: string) => fillKeys(text, allActions, changed, 'other')
    expect(fill('Take it with {tool-brush}.')).toBe('Take it with Alt+P.')
    expect(fill('Mark some with {toggle-done}.')).toBe('Mark some with “Mark image as done”.')
    expect(fill('A class named {cup}.')).toBe('A class named {cup}.')
    const { session } = await createTestSession(createMemoryCore(1), { image: imageOf(1) })
    session.changeSettings({ shortcuts: changed })
    expect(refusalOf(keyOf('['), session, 'other')).toBe('The brush has a size: take it with Alt+P.')
  })
  it('of a file are refused when they are no keys', () => {
    const isKey = (text: string) => settingsSchema.shape.shortcuts.safeParse({ fit: [text] }).success
    for (const { shortcuts } of allActions)
      for (const shortcut of shortcuts) expect(isKey(shortcut)).toBe(true)
    for (const text of ['Mod+', 'Strg+C', 'Shift+Mod+P', '', 'F F', 'Alt+Alt+A'])
      expect(isKey(text)).toBe(false)
    expect(() => parseShortcut('Mod++')).not.toThrow()
  })
})

describe('a key of two commands', () => {
  it('is told, where both could be meant', () => {
    const rivals = rivalsOf(actionOf('fit'), 'D', {}, allActions)
    expect(rivals.map(({ id }) => id)).toEqual(['next-image'])
    // By default Enter keeps what was found, and what is drawn: never both at once.
    expect(rivalsOf(actionOf('keep-found'), 'Enter', {}, allActions)).toEqual([])
    expect(rivalsOf(actionOf('fit'), 'Mod+C', {}, allActions).map(({ id }) => id)).toEqual(['copy'])
  })
  it('can be taken from the other', () => {
    const taken = takeFrom({}, 'D', [actionOf('next-image')])
    expect(taken).toEqual({ 'next-image': ['ArrowRight', 'ArrowDown'] })
    expect(clashesIn(withShortcuts(taken, actionOf('fit'), ['D']), allActions)).toEqual([])
    expect(clashesIn({ fit: ['D'] }, allActions)).toMatchObject([
      { shortcut: 'D', actions: [{ id: 'next-image' }, { id: 'fit' }] },
    ])
  })
})

describe.each(presets)('the preset $name', ({ name, shortcuts }) => {
  it('names commands that there are, with keys that can be pressed', () => {
    for (const [id, keys] of Object.entries(shortcuts)) {
      expect(actionOf(id).fixed).toBeUndefined()
      for (const key of keys) expect(() => parseShortcut(key)).not.toThrow()
    }
    expect(settingsSchema.shape.shortcuts.safeParse(shortcuts).success).toBe(true)
  })
  it('gives no key to two commands, and leaves none without that has one by default', () => {
    expect(clashesIn(shortcuts, allActions)).toEqual([])
    const bare = allActions.filter(
      (action) => action.shortcuts.length > 0 && shortcutsOf(action, shortcuts).length === 0,
    )
    expect(bare).toEqual([])
  })
  it('is known again', () => {
    expect(presetOf(structuredClone(shortcuts))?.name).toBe(name)
    expect(presetOf({ ...shortcuts, palette: ['Alt+K'] })).toBeNull()
  })
})

describe('a key that is pressed', () => {
  it.each([
    [keyOf('p', { ctrlKey: true, shiftKey: true }), 'Mod+Shift+P'],
    [keyOf('ф', { code: 'KeyA' }), 'A'],
    [keyOf('å', { code: 'KeyA', altKey: true }), 'Alt+A'],
    [keyOf('!', { code: 'Digit1', shiftKey: true }), 'Shift+1'],
    [keyOf('?', { code: 'Slash', shiftKey: true }), '?'],
    [keyOf('+', { code: 'Equal', ctrlKey: true, shiftKey: true }), 'Mod++'],
    [keyOf('F3', { code: 'F3', altKey: true }), 'Alt+F3'],
  ])('is the shortcut that it runs afterwards', (event, shortcut) => {
    expect(pressOf(event, 'other')).toEqual({ shortcut })
    expect(matchesShortcut(event, shortcut, 'other')).toBe(true)
  })
  it('is none while only modifiers are down, and refused where it could never come', () => {
    expect(pressOf(keyOf('Shift', { shiftKey: true }), 'other')).toBeNull()
    for (const event of [keyOf(' '), keyOf('c', { ctrlKey: true }), keyOf('a', { metaKey: true })])
      expect(pressOf(event, 'other')).toHaveProperty('refusal')
  })
})

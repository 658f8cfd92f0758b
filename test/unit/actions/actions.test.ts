import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { stateOf } from '../../../renderer/actions/action.ts'
import { actionOf, allActions, runAction } from '../../../renderer/actions/all-actions.ts'
import { actionFor, refusalOf } from '../../../renderer/actions/keyboard.ts'
import { parseShortcut } from '../../../renderer/actions/shortcut.ts'
import { shortcutsPage } from '../../../renderer/actions/shortcuts-page.ts'
import { createMemoryCore, createTestSession, imageOf, labelOf } from './support.ts'

const key = (name: string, change: { ctrlKey?: boolean; shiftKey?: boolean } = {}) => ({
  key: name,
  code: '',
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...change,
})

describe('the list of actions', () => {
  it('has each id once and only shortcuts that can be pressed', () => {
    const ids = allActions.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const shortcut of allActions.flatMap(({ shortcuts }) => shortcuts))
      expect(() => parseShortcut(shortcut)).not.toThrow()
  })
  it('gives no key two meanings, except where the selected shape, the review or a draft takes it first', () => {
    const owners = new Map<string, string[]>()
    for (const { id, shortcuts } of allActions)
      for (const shortcut of shortcuts) owners.set(shortcut, [...(owners.get(shortcut) ?? []), id])
    const shared = [...owners].filter(([, ids]) => ids.length > 1)
    expect(shared.map(([shortcut]) => shortcut).sort()).toEqual([
      ...'0123456789'.split(''),
      'ArrowDown',
      'ArrowLeft',
      'ArrowRight',
      'ArrowUp',
      'Backspace',
      'Delete',
      'Enter',
      'Escape',
      'Y',
    ])
    for (const [, [first]] of shared)
      expect(first).toMatch(/^nudge-|-found$|^back$|^class-second-|^class-code-drop$|^review-accept$/)
  })
  it('is what docs/shortcuts.md says', async () => {
    expect(await readFile('docs/shortcuts.md', 'utf8')).toBe(shortcutsPage())
  })
})

describe('keys', () => {
  it('undo and redo are off when there is nothing to take back', async () => {
    const { session, noted } = await createTestSession(createMemoryCore(3), { canUndo: true })
    expect(actionFor(key('z', { ctrlKey: true }), session, 'other')?.id).toBe('undo')
    expect(actionFor(key('y', { ctrlKey: true }), session, 'other')).toBeNull()
    expect(runAction(actionOf('redo'), session)).toBe(false)
    expect(runAction(actionOf('undo'), session)).toBe(true)
    expect(noted).toEqual(['undo'])
  })
  it('undo with nothing to take back says so, where an image is open', async () => {
    const open = await createTestSession(createMemoryCore(1), { image: imageOf(1) })
    const undo = key('z', { ctrlKey: true })
    expect(refusalOf(undo, open.session, 'other')).toBe('Nothing to undo on this image.')
    expect(refusalOf(key('Enter'), open.session, 'other')).toBeNull()
    const none = await createTestSession(createMemoryCore(1))
    expect(refusalOf(undo, none.session, 'other')).toBeNull()
  })
  it('a digit picks the class at that place, and nothing past the last one', async () => {
    const core = createMemoryCore(1, [labelOf(0), labelOf(1)])
    const { session, noted } = await createTestSession(core, { image: imageOf(1) })
    runAction(actionFor(key('2'), session, 'other') ?? actionOf('confirm'), session)
    expect(noted).toEqual(['pickLabel "label-1"'])
    expect(actionFor(key('3'), session, 'other')).toBeNull()
  })
  it('arrows move what was grabbed, and walk through the images when only selected', async () => {
    const selected = { image: imageOf(1), tool: 'select', selected: 'one' }
    const walking = await createTestSession(createMemoryCore(3), selected)
    expect(actionFor(key('ArrowRight'), walking.session, 'other')?.id).toBe('next-image')
    const editing = await createTestSession(createMemoryCore(3), { ...selected, takesArrows: true })
    const nudge = actionFor(key('ArrowRight', { shiftKey: true }), editing.session, 'other')
    runAction(nudge!, editing.session)
    expect(editing.noted).toEqual(['nudge 10 0'])
    expect(actionFor(key('d'), editing.session, 'other')?.id).toBe('next-image')
  })
  it('Enter and Esc mean nothing while nothing is in the making', async () => {
    const { session } = await createTestSession(createMemoryCore(1), { image: imageOf(1) })
    expect(actionFor(key('Enter'), session, 'other')).toBeNull()
    expect(actionFor(key('Escape'), session, 'other')).toBeNull()
    const draft = { complete: true, replaces: null }
    const drawing = await createTestSession(createMemoryCore(1), { image: imageOf(1), draft })
    expect(actionFor(key('Enter'), drawing.session, 'other')?.id).toBe('confirm')
    expect(actionFor(key('Escape'), drawing.session, 'other')?.id).toBe('cancel')
    // The box that is dragged has no draft yet.
    const dragging = await createTestSession(createMemoryCore(1), { image: imageOf(1), inGesture: true })
    expect(actionFor(key('Enter'), dragging.session, 'other')).toBeNull()
    expect(actionFor(key('Escape'), dragging.session, 'other')?.id).toBe('cancel')
  })
  it('next is off at the last image, previous at the first', async () => {
    const { session } = await createTestSession(createMemoryCore(2))
    expect(stateOf(session).imageIndex).toBe(0)
    expect(actionFor(key('a'), session, 'other')).toBeNull()
    await session.navigation.step(1)
    expect(actionFor(key('d'), session, 'other')).toBeNull()
    expect(actionFor(key('a'), session, 'other')?.id).toBe('previous-image')
  })
})

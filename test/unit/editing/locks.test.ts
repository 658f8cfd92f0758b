/** What is locked can't be changed before it is unlocked; undo goes through locks as through anything else. */
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { diffOf } from '../../../common/diff.ts'
import type { Annotation, Label } from '../../../common/model.ts'
import { createEditing } from '../../../core/editing/editing.ts'
import { annotationOf, labelOf, storeOf, temporaryFolder } from '../store/records.ts'

const setUp = () => {
  const file = join(temporaryFolder(), 'project.sqlite')
  const store = storeOf(file)
  const editing = createEditing(store, () => undefined)
  const change = (from: Annotation, to: Partial<Annotation>) =>
    editing.commit(diffOf({ annotations: { updated: [[from, { ...from, ...to }]] } }))
  const changeLabel = (from: Label, to: Partial<Label>) =>
    editing.commit(diffOf({ labels: { updated: [[from, { ...from, ...to }]] } }))
  editing.commit(diffOf({ annotations: { added: [annotationOf('a')] } }))
  return { file, store, editing, change, changeLabel, read: () => store.annotations.get('a')! }
}
const box: Annotation['shape'] = { type: 'rectangle', x: 1, y: 1, width: 2, height: 2 }

test.each([
  ['moved', { shape: box }],
  ['given another class', { labelId: 'dog' }],
  ['made anew', { prompts: [] }],
  ['unlocked and moved at once', { shape: box, locked: false }],
])('a locked object can not be %s', (_, to) => {
  const { change, read } = setUp()
  change(read(), { locked: true })
  const kept = read()
  expect(() => change(kept, to)).toThrow('This object is locked. Unlock it first.')
  expect(read()).toEqual(kept)
})

test('a locked object is neither deleted by itself nor with its class; unlocked, it is; undo takes all of it back', () => {
  const { store, editing, change, read } = setUp()
  change(read(), { locked: true })
  const locked = read()
  expect(() => editing.commit(diffOf({ annotations: { removed: [locked] } }))).toThrow('locked')
  expect(() => editing.deleteLabel('cat')).toThrow('locked')
  change(locked, { locked: false })
  editing.deleteLabel('cat')
  expect(store.annotations.ofImage(1)).toEqual([])
  for (let count = 0; count < 2; count += 1) expect(editing.undo(1)).toBe(true)
  expect(read()).toEqual(locked)
  expect(editing.undo(1) && editing.undo(1)).toBe(true)
  expect(store.annotations.ofImage(1)).toEqual([])
})

test('a locked class holds its objects, its name and itself, over a reopening; its colour and place are free', () => {
  const { file, store, changeLabel } = setUp()
  changeLabel(labelOf('cat'), { locked: true })
  store.close()
  const open = storeOf(file)
  expect(open.labels.get('cat')!.locked).toBe(true)
  const locks = createEditing(open, () => undefined)
  const object = open.annotations.get('a')!
  const commitLabel = (to: Partial<Label>) => () =>
    locks.commit(
      diffOf({ labels: { updated: [[open.labels.get('cat')!, { ...open.labels.get('cat')!, ...to }]] } }),
    )
  expect(() =>
    locks.commit(diffOf({ annotations: { updated: [[object, { ...object, shape: box }]] } })),
  ).toThrow('This object is of a class that is locked.')
  expect(commitLabel({ name: 'lion' })).toThrow('locked')
  expect(() => locks.deleteLabel('cat')).toThrow('locked')
  commitLabel({ color: '#112233' })()
  locks.commit(diffOf({ annotations: { added: [annotationOf('b')] } }))
  commitLabel({ locked: false })()
  commitLabel({ name: 'lion' })()
  expect(open.labels.get('cat')).toMatchObject({ name: 'lion', color: '#112233' })
  open.close()
})

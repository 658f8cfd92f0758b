import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { AppEvent } from '../../../common/contract.ts'
import { diffOf, reverseDiff, type Diff } from '../../../common/diff.ts'
import type { Annotation } from '../../../common/model.ts'
import { createEditing } from '../../../core/editing/editing.ts'
import { annotationOf, labelOf, storeOf, temporaryFolder } from '../store/records.ts'

const conflict = expect.objectContaining({ code: 'conflict' }) as Error

const setUp = (file = join(temporaryFolder(), 'project.sqlite')) => {
  const events: AppEvent[] = []
  const store = storeOf(file)
  const editing = createEditing(store, (event) => events.push(event))
  const ids = (imageId = 1) => store.annotations.ofImage(imageId).map(({ id }) => id)
  return { file, store, editing, events, ids }
}
const add = (...added: Annotation[]): Diff => diffOf({ annotations: { added } })
const moved = (annotation: Annotation): Annotation => ({
  ...annotation,
  shape: { type: 'rectangle', x: 1, y: 2, width: 3, height: 4.5 },
})

test('what is committed is read back the same, and announced', () => {
  const { store, editing, events } = setUp()
  const diff = add(annotationOf('a'), annotationOf('b'))
  editing.commit(diff)
  expect(store.annotations.ofImage(1)).toEqual([annotationOf('a'), annotationOf('b')])
  expect(events[0]).toEqual({
    name: 'edit.applied',
    payload: {
      diff,
      kind: 'commit',
      histories: [{ imageId: 1, canUndo: true, canRedo: false }],
      everywhere: false,
    },
  })
  expect(events[1]).toMatchObject({
    name: 'images.changed',
    payload: { images: [{ id: 1, annotationCount: 2 }] },
  })
})

test('an empty Diff is no edit', () => {
  const { editing, events } = setUp()
  editing.commit(diffOf({}))
  expect(events).toEqual([])
  expect(editing.history(null).canUndo).toBe(false)
})

test('undo and redo walk through adds, changes and deletions, and over a restart between each step', () => {
  const { file, store, editing } = setUp()
  const a = annotationOf('a')
  editing.commit(add(a))
  editing.commit(diffOf({ annotations: { updated: [[a, moved(a)]] } }))
  editing.commit(diffOf({ annotations: { removed: [moved(a)] } }))
  store.close()
  const step = (kind: 'undo' | 'redo') => {
    const again = setUp(file)
    expect(again.editing[kind](1)).toBe(true)
    const annotations = again.store.annotations.ofImage(1)
    again.store.close()
    return annotations
  }
  expect([step('undo'), step('undo'), step('undo')]).toEqual([[moved(a)], [a], []])
  expect([step('redo'), step('redo'), step('redo')]).toEqual([[a], [moved(a)], []])
  const last = setUp(file)
  expect(last.editing.redo(1)).toBe(false)
  expect(last.editing.history(1).canUndo).toBe(true)
  last.store.close()
})

test('each image has its own undo', () => {
  const { editing, ids } = setUp()
  editing.commit(add(annotationOf('one', 1)))
  editing.commit(add(annotationOf('two', 2)))
  editing.commit(add(annotationOf('three', 2)))
  expect(editing.undo(1)).toBe(true)
  expect([ids(1), ids(2)]).toEqual([[], ['two', 'three']])
  expect(editing.undo(1)).toBe(false)
  expect(editing.history(1).canRedo).toBe(true)
  expect(editing.history(2).canRedo).toBe(false)
  expect(editing.history(null).canUndo).toBe(false)
  expect(editing.undo(2) && editing.undo(2)).toBe(true)
  expect(editing.redo(2)).toBe(true)
  expect(ids(2)).toEqual(['two'])
})

test('undo of an edit announces the reverse Diff', () => {
  const { editing, events } = setUp()
  const diff = add(annotationOf('a'))
  editing.commit(diff)
  editing.undo(1)
  editing.redo(1)
  const applied = events.filter(({ name }) => name === 'edit.applied').map(({ payload }) => payload)
  expect(applied).toMatchObject([
    { diff, kind: 'commit', histories: [{ imageId: 1, canUndo: true, canRedo: false }] },
    { diff: reverseDiff(diff), kind: 'undo', histories: [{ imageId: 1, canUndo: false, canRedo: true }] },
    { diff, kind: 'redo', histories: [{ imageId: 1, canUndo: true, canRedo: false }] },
  ])
})

test('a new commit drops what was undone in its image and leaves other images', () => {
  const { editing } = setUp()
  editing.commit(add(annotationOf('one', 1)))
  editing.commit(add(annotationOf('two', 2)))
  editing.undo(1)
  editing.undo(2)
  editing.commit(add(annotationOf('new', 1)))
  expect(editing.history(1).canRedo).toBe(false)
  expect(editing.history(2).canRedo).toBe(true)
})

test('label edits are undone from any image and from none', () => {
  const { store, editing } = setUp()
  const bird = labelOf('bird', 2)
  editing.commit(add(annotationOf('a', 1)))
  editing.commit(diffOf({ labels: { added: [bird] } }))
  editing.commit(diffOf({ labels: { updated: [[bird, { ...bird, name: 'crow' }]] } }))
  expect(editing.undo(2)).toBe(true)
  expect(store.labels.get('bird')).toEqual(bird)
  expect(editing.undo(null)).toBe(true)
  expect(store.labels.get('bird')).toBeNull()
  expect(editing.undo(null)).toBe(false)
  expect(editing.redo(1)).toBe(true)
  expect(store.labels.get('bird')).toEqual(bird)
  expect(store.annotations.ofImage(1)).toHaveLength(1)
})

test('a label commit keeps the redo of annotations and drops that of labels', () => {
  const { editing } = setUp()
  editing.commit(add(annotationOf('a', 1)))
  editing.undo(1)
  editing.commit(diffOf({ labels: { added: [labelOf('bird', 2)] } }))
  expect(editing.history(1).canRedo).toBe(true)
  editing.undo(null)
  editing.commit(diffOf({ labels: { added: [labelOf('fish', 2)] } }))
  expect(editing.history(null).canRedo).toBe(false)
})

test('a redo that would need a dropped label edit is dropped with it', () => {
  const { editing } = setUp()
  editing.commit(diffOf({ labels: { added: [labelOf('bird', 2)] } }))
  editing.commit(add(annotationOf('a', 1, 'bird')))
  editing.undo(1)
  editing.undo(1)
  editing.commit(add(annotationOf('b', 2)))
  expect(editing.history(1).canRedo).toBe(false)
})

test('what was redone last is undone first', () => {
  const { store, editing, ids } = setUp()
  editing.commit(add(annotationOf('a', 1)))
  editing.undo(1)
  editing.commit(diffOf({ labels: { added: [labelOf('bird', 2)] } }))
  editing.redo(1)
  expect(ids(1)).toEqual(['a'])
  editing.undo(1)
  expect(ids(1)).toEqual([])
  expect(store.labels.get('bird')).not.toBeNull()
})

test('deleting a label takes its annotations along; undo from another image brings all back', () => {
  const { store, editing } = setUp()
  editing.commit(add(annotationOf('a', 1, 'cat'), annotationOf('b', 2, 'cat'), annotationOf('c', 2, 'dog')))
  const labels = store.labels.list()
  expect(editing.deleteLabel('cat')).toEqual({ annotations: 2, images: 2 })
  expect(store.labels.list()).toEqual([{ ...labelOf('dog'), position: 0 }])
  expect(store.annotations.ofImage(1)).toEqual([])
  expect(store.annotations.ofImage(2).map(({ id }) => id)).toEqual(['c'])
  expect(editing.undo(3)).toBe(true)
  expect(store.labels.list()).toEqual(labels)
  expect(store.annotations.ofImage(1)).toEqual([annotationOf('a', 1, 'cat')])
  expect(store.annotations.ofImage(2)).toHaveLength(2)
  expect(editing.redo(1)).toBe(true)
  expect(store.labels.list()).toHaveLength(1)
  expect(() => editing.deleteLabel('cat')).toThrow(expect.objectContaining({ code: 'not-found' }))
})

test('deleting a label drops all that was undone', () => {
  const { editing } = setUp()
  editing.commit(add(annotationOf('a', 1, 'dog')))
  editing.undo(1)
  editing.deleteLabel('cat')
  expect(editing.history(1).canRedo).toBe(false)
})

test('an old change of an image can be undone after a label it used was deleted elsewhere', () => {
  const { store, editing, ids } = setUp()
  const a = annotationOf('a', 1, 'cat')
  editing.commit(add(a))
  editing.commit(diffOf({ annotations: { removed: [a] } }))
  editing.commit(add(annotationOf('b', 2, 'cat')))
  editing.deleteLabel('cat')
  expect(editing.undo(1)).toBe(true)
  expect(store.labels.get('cat')).not.toBeNull()
  expect(editing.undo(1)).toBe(true)
  expect(ids(1)).toEqual(['a'])
})

const a = annotationOf('a')
const cat = labelOf('cat', 0)
test.each<[string, Diff]>([
  ['an annotation that exists', add(a)],
  ['one annotation twice', add(annotationOf('x'), annotationOf('x'))],
  ['an unknown image', add(annotationOf('x', 99))],
  ['an unknown label', add(annotationOf('x', 1, 'nobody'))],
  [
    'a change of what is not there',
    diffOf({ annotations: { updated: [[annotationOf('x'), annotationOf('x')]] } }),
  ],
  ['a change from an older state', diffOf({ annotations: { updated: [[moved(a), { ...a, score: 1 }]] } })],
  ['a change of the id', diffOf({ annotations: { updated: [[a, { ...a, id: 'x' }]] } })],
  ['a change to an unknown label', diffOf({ annotations: { updated: [[a, { ...a, labelId: 'nobody' }]] } })],
  ['a removal of what is not there', diffOf({ annotations: { removed: [annotationOf('x')] } })],
  ['a removal of an older state', diffOf({ annotations: { removed: [moved(a)] } })],
  ['a label that exists', diffOf({ labels: { added: [{ ...cat, name: 'other' }] } })],
  ['a label with a name that is taken', diffOf({ labels: { added: [{ ...labelOf('x'), name: cat.name }] } })],
  [
    'a label that is renamed to a taken name',
    diffOf({ labels: { updated: [[cat, { ...cat, name: 'name of dog' }]] } }),
  ],
  ['a removal of a label in use', diffOf({ labels: { removed: [cat] } })],
  [
    'a removal of a label in an older state',
    diffOf({ labels: { removed: [{ ...labelOf('dog', 1), name: 'old' }] } }),
  ],
])('refuses %s and changes nothing, not even the part that fits', (_name, diff) => {
  const { store, editing, events } = setUp()
  editing.commit(add(a))
  const labels = store.labels.list()
  events.length = 0
  const both: Diff = {
    ...diff,
    annotations: { ...diff.annotations, added: [annotationOf('fits', 2), ...diff.annotations.added] },
  }
  expect(() => editing.commit(both)).toThrow(conflict)
  expect(store.annotations.ofImage(1)).toEqual([a])
  expect(store.annotations.ofImage(2)).toEqual([])
  expect(store.labels.list()).toEqual(labels)
  expect(events).toEqual([])
  editing.undo(1)
  expect(editing.history(1).canUndo).toBe(false)
})

test('keys in another order and -0 are the same record', () => {
  const { store, editing } = setUp()
  const zero: Annotation = { ...a, shape: { type: 'rectangle', x: -0, y: 0, width: 1, height: 1 } }
  editing.commit(add(zero))
  const shuffled = Object.fromEntries(Object.entries(zero).reverse()) as Annotation
  editing.commit(diffOf({ annotations: { removed: [shuffled] } }))
  expect(store.annotations.count()).toBe(0)
})

test('an undo that meets a later change elsewhere is refused in words, and nothing is lost', () => {
  const { store, editing } = setUp()
  const bird = labelOf('bird', 2)
  editing.commit(
    diffOf({ labels: { added: [bird] }, annotations: { added: [annotationOf('a', 1, 'bird')] } }),
  )
  editing.commit(add(annotationOf('b', 2, 'bird')))
  expect(() => editing.undo(1)).toThrow(/Can't undo.*used by 1 object/)
  expect(store.annotations.count()).toBe(2)
  expect(editing.undo(2) && editing.undo(1)).toBe(true)
  expect(store.labels.get('bird')).toBeNull()
})

test('a label edit whose class is used elsewhere stands in nobody’s way, and is undone when it can be', () => {
  const { store, editing, ids } = setUp()
  editing.commit(add(annotationOf('a', 1)))
  editing.commit(diffOf({ labels: { added: [labelOf('bird', 2)] } }))
  editing.commit(add(annotationOf('b', 2, 'bird')))
  expect(editing.undo(1)).toBe(true)
  expect([ids(1), ids(2)]).toEqual([[], ['b']])
  expect(store.labels.get('bird')).not.toBeNull()
  // Nothing of the image is left; why the class stays is said.
  expect(() => editing.undo(1)).toThrow(/Can't undo.*used by 1 object/)
  expect(() => editing.undo(null)).toThrow(conflict)
  expect(editing.redo(1)).toBe(true)
  expect(ids(1)).toEqual(['a'])
  expect(editing.redo(1)).toBe(false)

  // On the other image it goes in order, there and back.
  expect(editing.undo(2) && editing.undo(2)).toBe(true)
  expect([ids(1), ids(2)]).toEqual([['a'], []])
  expect(store.labels.get('bird')).toBeNull()
  expect(editing.redo(1) && editing.redo(2)).toBe(true)
  expect([ids(1), ids(2)]).toEqual([['a'], ['b']])
  expect(editing.history(1).canRedo || editing.history(2).canRedo).toBe(false)
})

test('a label edit that can not be done again stands in nobody’s way', () => {
  const { file, store, editing, ids } = setUp()
  const bird = labelOf('bird', 2)
  editing.commit(add(annotationOf('a', 1)))
  editing.commit(diffOf({ labels: { added: [bird] } }))
  editing.commit(add(annotationOf('b', 2, 'bird')))
  editing.undo(1)
  editing.undo(2)
  editing.undo(2)
  expect([ids(1), ids(2), store.labels.get('bird')]).toEqual([[], [], null])
  // Another process has taken the name meanwhile, past this undo log.
  const other = storeOf(file)
  other.transact(() => other.labels.insert({ ...bird, id: 'other' }))
  other.close()
  editing.redo(1)
  expect(ids(1)).toEqual(['a'])
  expect(() => editing.redo(1)).toThrow(/Can't redo.*bird/)
  expect(store.labels.get('bird')).toBeNull()
})

test('records that move to another image are in both images’ undo', () => {
  const { editing, ids } = setUp()
  editing.commit(add(a))
  editing.commit(diffOf({ annotations: { updated: [[a, { ...a, imageId: 2 }]] } }))
  expect([ids(1), ids(2)]).toEqual([[], ['a']])
  expect(editing.undo(2)).toBe(true)
  expect([ids(1), ids(2)]).toEqual([['a'], []])
})

test('the steps of an image are told in words, the next of each first', () => {
  const { editing } = setUp()
  const a = annotationOf('a')
  editing.commit(add(a))
  editing.commit(diffOf({ annotations: { updated: [[a, moved(a)]] } }))
  editing.commit(add(annotationOf('b'), annotationOf('c')))
  editing.undo(1)
  const name = labelOf('cat').name
  expect(editing.steps(1, 10)).toEqual({ undo: [`Change ${name}`, `Add ${name}`], redo: ['Add 2 objects'] })
  expect(editing.steps(1, 1).undo).toEqual([`Change ${name}`])
  expect(editing.steps(2, 10)).toEqual({ undo: [], redo: [] })
})

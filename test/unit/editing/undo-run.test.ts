/** The edits of one run of long work are undone together, however many; what the user has touched since stays. */
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { diffOf } from '../../../common/diff.ts'
import type { Annotation } from '../../../common/model.ts'
import { createEditing } from '../../../core/editing/editing.ts'
import { moveWholeRun } from '../../../core/editing/undo-run.ts'
import { annotationOf, labelOf, storeOf, temporaryFolder } from '../store/records.ts'

const IMAGES = 60

const setUp = () => {
  const store = storeOf(join(temporaryFolder(), 'project.sqlite'), IMAGES)
  const editing = createEditing(store, () => undefined)
  const add = (added: Annotation[], run?: string) => editing.commit(diffOf({ annotations: { added } }), run)
  editing.commit(diffOf({ labels: { added: [labelOf('bird', 2)] } }), 'run')
  for (let image = 1; image <= IMAGES; image += 1)
    add([annotationOf(`a-${image}`, image, 'bird'), annotationOf(`b-${image}`, image, 'cat')], 'run')
  const ids = () =>
    store.images.ids().flatMap((image) => store.annotations.ofImage(image).map(({ id }) => id))
  return { store, editing, add, ids, undoAll: () => moveWholeRun(() => editing, 'run', 'undo') }
}

test('all of it goes, the classes that it made too, and what others made stays', async () => {
  const { store, add, ids, undoAll } = setUp()
  add([annotationOf('mine', 3)])
  add([annotationOf('other run', 4)], 'other')
  expect(await undoAll()).toEqual({ moved: 2 * IMAGES, kept: 0 })
  expect(ids()).toEqual(['mine', 'other run'])
  expect(store.labels.list().map(({ id }) => id)).toEqual(['cat', 'dog'])
  expect(await undoAll()).toEqual({ moved: 0, kept: 0 })
})

test('what was changed or locked since stays, the rest of its image goes, and the image can redo', async () => {
  const { store, editing, ids, undoAll } = setUp()
  const [moved, held] = [store.annotations.get('a-7')!, store.annotations.get('b-9')!]
  const shape: Annotation['shape'] = { type: 'rectangle', x: 1, y: 1, width: 2, height: 2 }
  editing.commit(diffOf({ annotations: { updated: [[moved, { ...moved, shape }]] } }))
  editing.commit(diffOf({ annotations: { updated: [[held, { ...held, locked: true }]] } }))
  expect(await undoAll()).toEqual({ moved: 2 * IMAGES - 2, kept: 2 })
  expect(ids()).toEqual(['a-7', 'b-9'])
  expect(editing.undo(7)).toBe(true)
  expect(store.annotations.ofImage(7)).toHaveLength(2)
})

test('objects of a class that was locked since stay', async () => {
  const { store, editing, ids, undoAll } = setUp()
  const bird = store.labels.get('bird')!
  editing.commit(diffOf({ labels: { updated: [[bird, { ...bird, locked: true }]] } }))
  expect(await undoAll()).toEqual({ moved: IMAGES, kept: IMAGES })
  expect(ids().every((id) => id.startsWith('a-'))).toBe(true)
})

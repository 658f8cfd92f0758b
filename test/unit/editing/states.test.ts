/** What is said of images, proposals and attributes: stored by edits, undone, and taken back where long work changes an image. */
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { diffOf, imagesDiff } from '../../../common/diff.ts'
import type { Annotation, ImageRecord } from '../../../common/model.ts'
import { createEditing } from '../../../core/editing/editing.ts'
import { openStore } from '../../../core/store/store.ts'
import { annotationOf, storeOf, temporaryFolder } from '../store/records.ts'

const setUp = () => {
  const file = join(temporaryFolder(), 'project.sqlite')
  const store = storeOf(file)
  const editing = createEditing(
    store,
    () => undefined,
    () => 'Ada',
  )
  const item = (id = 1) => store.images.get(id)!
  const say = (change: Partial<ImageRecord>, id = 1) => editing.commit(imagesDiff([[item(id), change]]))
  const add = (object: Annotation, run?: string) =>
    editing.commit(diffOf({ annotations: { added: [object] } }), run)
  const images = (text: string) => store.images.ids({ text, show: 'all' })
  return { file, store, editing, item, say, add, images }
}
const proposal = (id: string, imageId = 1): Annotation => ({ ...annotationOf(id, imageId), proposed: true })
const reviewed = { by: '', at: 1_700_000_000_000 }

test('a flag with its note, a review and tags are there after the file was closed, and undo takes each back', () => {
  const { file, store, item, say } = setUp()
  say({ flag: 'blurred' })
  say({ reviewed })
  say({ tags: ['night', 'rain'] })
  const told = { flag: 'blurred', reviewed: { by: 'Ada', at: reviewed.at }, tags: ['night', 'rain'] }
  expect(item()).toMatchObject(told)
  store.close()
  const again = openStore(file)
  onTestFinished(() => again.close())
  const later = createEditing(again, () => undefined)
  expect(again.images.get(1)).toMatchObject(told)
  later.undo(1)
  expect(again.images.get(1)?.tags).toEqual([])
  later.undo(1)
  expect(again.images.get(1)?.reviewed).toBeNull()
  later.undo(1)
  expect(again.images.get(1)).toMatchObject({ flag: null, reviewed: null, tags: [] })
})

test('images are found and counted by what is said of them', () => {
  const { store, say, add, images } = setUp()
  say({ flag: '', tags: ['Night shift', 'rain'] })
  say({ reviewed, tags: ['rain'] }, 2)
  add(proposal('a', 3))
  expect(images('status:flagged')).toEqual([1])
  expect(images('status:reviewed')).toEqual([2])
  expect(images('status:proposed')).toEqual([3])
  expect(images('status:working')).toEqual([3])
  expect(images('tag:RAIN')).toEqual([1, 2])
  expect(images('tag:night*')).toEqual([1])
  expect(images('-tag:rain')).toEqual([3])
  expect(store.images.tags()).toEqual([
    { name: 'Night shift', images: 1 },
    { name: 'rain', images: 2 },
  ])
  expect(store.images.counts()).toMatchObject({
    flagged: 1,
    reviewed: 1,
    proposed: 1,
    working: 1,
    labelled: 0,
  })
  expect(store.images.next(-1, 'flagged', { text: '', show: 'all' })).toBe(0)
})

test('long work takes a review back from the image that it changes, and its undo brings it back', () => {
  const { editing, item, say, add } = setUp()
  for (const id of [1, 2]) say({ reviewed }, id)
  add(annotationOf('by-hand', 2))
  expect(item(2).reviewed?.by).toBe('Ada')
  add(annotationOf('a'), 'boxes-1')
  expect(item(1).reviewed).toBeNull()
  expect(item(2).reviewed).not.toBeNull()
  editing.moveRun('boxes-1', 'undo', Infinity, 20)
  expect(item(1)).toMatchObject({ reviewed: { by: 'Ada', at: reviewed.at }, annotationCount: 0 })
})

test('a proposal is no object before it is accepted: not counted, and found by no filter of objects', () => {
  const { store, editing, item, add, images } = setUp()
  add(proposal('a'))
  add(annotationOf('b', 2))
  expect(item()).toMatchObject({ annotationCount: 0, proposedCount: 1 })
  expect(images('class:*cat')).toEqual([2])
  expect(images('objects:0')).toEqual([1, 3])
  expect(images('score:>0.5')).toEqual([2])
  expect(images('status:labelled')).toEqual([2])
  const from = store.annotations.get('a')!
  editing.commit(diffOf({ annotations: { updated: [[from, { ...from, proposed: false }]] } }))
  expect(item()).toMatchObject({ annotationCount: 1, proposedCount: 0 })
  expect(images('class:*cat')).toEqual([1, 2])
  editing.undo(1)
  expect(item()).toMatchObject({ annotationCount: 0, proposedCount: 1 })
})

test('a proposal of a locked class can be accepted and dropped: the class has no such object yet', () => {
  const { store, editing, add, item } = setUp()
  add(proposal('a'))
  add(proposal('b'))
  const cat = store.labels.get('cat')!
  editing.commit(diffOf({ labels: { updated: [[cat, { ...cat, locked: true }]] } }))
  editing.commit(diffOf({ annotations: { removed: [store.annotations.get('b')!] } }))
  const from = store.annotations.get('a')!
  editing.commit(diffOf({ annotations: { updated: [[from, { ...from, proposed: false }]] } }))
  expect(item()).toMatchObject({ annotationCount: 1, proposedCount: 0 })
})

test('attributes, group and track of an object are stored and undone; what is locked keeps them', () => {
  const { store, editing, add } = setUp()
  add(annotationOf('a'))
  const told = { attributes: { parked: true, colour: 'red', age: 3.5 }, groupId: 1, trackId: 7 }
  const change = (to: Partial<Annotation>) => {
    const from = store.annotations.get('a')!
    editing.commit(diffOf({ annotations: { updated: [[from, { ...from, ...to }]] } }))
  }
  change(told)
  expect(store.annotations.get('a')).toMatchObject(told)
  editing.undo(1)
  expect(store.annotations.get('a')).toMatchObject({ attributes: {}, groupId: null, trackId: null })
  editing.redo(1)
  change({ locked: true })
  expect(() => change({ attributes: {} })).toThrow('locked')
})

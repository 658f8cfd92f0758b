/** When an image was changed last, as it is kept, is what the undo log says: whatever is done, undone and merged. */
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { diffOf, type Diff } from '../../../common/diff.ts'
import { hasCode } from '../../../common/errors.ts'
import { createEditing } from '../../../core/editing/editing.ts'
import { moveWholeRun } from '../../../core/editing/undo-run.ts'
import type { Store } from '../../../core/store/store.ts'
import { createRandom } from '../../support/random.ts'
import { merge, personOf } from '../merge/people.ts'
import { annotationOf, storeOf, temporaryFolder } from './records.ts'

const LOGGED = `SELECT image_id, max(created_at) AS changed_at FROM edit_images JOIN edits ON edits.id = edit_id
  WHERE undone = 0 GROUP BY image_id ORDER BY image_id`
const KEPT = 'SELECT image_id, changed_at FROM image_changes WHERE changed_at IS NOT NULL ORDER BY image_id'

const rowsOf = (store: Store) => {
  const db = new SqliteDatabase(store.file, { readonly: true })
  try {
    return { logged: db.prepare(LOGGED).all(), kept: db.prepare(KEPT).all() }
  } finally {
    db.close()
  }
}

const newestFirst = (store: Store, text = '') =>
  store.images.ids({ text, show: 'all', sort: { by: 'change', descending: true } })

const at = (minute: number) => vi.setSystemTime(Date.UTC(2026, 0, 1, 0, minute))

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }))
afterEach(() => void vi.useRealTimers())

it('an undo takes an image back to the change before, a redo forth again, and a new edit forgets what was undone', () => {
  const store = storeOf(join(temporaryFolder(), 'project.sqlite'))
  const editing = createEditing(store, () => undefined)
  const add = (id: string, imageId: number, minute: number) => {
    at(minute)
    editing.commit(diffOf({ annotations: { added: [annotationOf(id, imageId)] } }))
  }
  add('a', 1, 1)
  add('b', 2, 2)
  add('c', 1, 3)
  // The third has no change, and comes last in both directions.
  expect(newestFirst(store)).toEqual([1, 2, 3])
  at(4)
  editing.undo(1)
  expect(newestFirst(store)).toEqual([2, 1, 3])
  editing.undo(1)
  expect(newestFirst(store, 'changed:<1h')).toEqual([2])
  editing.redo(1)
  editing.redo(1)
  expect(newestFirst(store)).toEqual([1, 2, 3])
  editing.undo(1)
  add('d', 3, 5)
  add('e', 1, 6)
  expect(newestFirst(store)).toEqual([1, 3, 2])
  const { logged, kept } = rowsOf(store)
  expect(kept).toEqual(logged)
  store.close()
})

it('an edit of several images moves them all, and so does the undo of its run', async () => {
  const store = storeOf(join(temporaryFolder(), 'project.sqlite'))
  const editing = createEditing(store, () => undefined)
  at(1)
  editing.commit(diffOf({ annotations: { added: [annotationOf('a', 2)] } }))
  at(2)
  const added = [1, 2, 3].map((imageId) => annotationOf(`run-${imageId}`, imageId))
  editing.commitSoon(diffOf({ annotations: { added } }), 'boxes.1')
  editing.settle()
  expect(newestFirst(store)).toEqual([3, 2, 1])
  await moveWholeRun(() => editing, 'boxes.1', 'undo')
  expect(newestFirst(store)).toEqual([2, 3, 1])
  await moveWholeRun(() => editing, 'boxes.1', 'redo')
  expect(newestFirst(store)).toEqual([3, 2, 1])
  const { logged, kept } = rowsOf(store)
  expect(kept).toEqual(logged)
  store.close()
})

it('after any edits, undo and redo, by a clock that is set back now and then', () => {
  const store = storeOf(join(temporaryFolder(), 'project.sqlite'))
  const editing = createEditing(store, () => undefined)
  const random = createRandom(11)
  const pick = (count: number) => Math.floor(random() * count)
  let ids = 0
  const change = (): Diff => {
    const stored = [1, 2, 3].flatMap((id) => store.annotations.ofImage(id))
    const from = stored[pick(stored.length)]
    if (from !== undefined && pick(3) === 0) return diffOf({ annotations: { removed: [from] } })
    const added = Array.from({ length: 1 + pick(3) }, () => annotationOf(`${ids++}`, 1 + pick(3)))
    return diffOf({ annotations: { added } })
  }
  for (let step = 0; step < 150; step++) {
    at(step - (pick(4) === 0 ? 20 : 0))
    const way = pick(5)
    try {
      if (way === 0) editing.undo(1 + pick(3))
      else if (way === 1) editing.redo(1 + pick(3))
      else editing.commit(change())
    } catch (thrown) {
      if (!hasCode(thrown, 'conflict')) throw thrown
    }
    const { logged, kept } = rowsOf(store)
    expect(kept).toEqual(logged)
  }
  store.close()
})

it('what a merge brings is changed when it is merged, and no longer when that is undone', async () => {
  at(1)
  const here = personOf('anna', {
    classes: [{ name: 'cat' }],
    objects: [{ id: 'a', image: 1, label: 'cat', at: [0, 0] }],
  })
  at(2)
  const there = personOf('ben', {
    classes: [{ name: 'cat' }],
    objects: [{ id: 'b', image: 3, label: 'cat', at: [40, 40] }],
  })
  expect(newestFirst(here.store)).toEqual([1, 3, 2])
  at(3)
  const merged = await merge(here, there)
  expect(newestFirst(here.store)).toEqual([3, 1, 2])
  expect(rowsOf(here.store).kept).toEqual(rowsOf(here.store).logged)
  await merged.undo()
  expect(newestFirst(here.store)).toEqual([1, 3, 2])
  expect(rowsOf(here.store).kept).toEqual(rowsOf(here.store).logged)
})

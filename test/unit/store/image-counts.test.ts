/** The kept counts of an image's objects are what a recount gives, whatever was done. */
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { expect, it } from 'vitest'
import { diffOf, type Diff } from '../../../common/diff.ts'
import { hasCode } from '../../../common/errors.ts'
import type { Annotation } from '../../../common/model.ts'
import { createEditing } from '../../../core/editing/editing.ts'
import { createRandom } from '../../support/random.ts'
import { annotationOf, storeOf, temporaryFolder } from './records.ts'

const RECOUNT = `SELECT image_id, sum(proposed = 0) AS objects, sum(proposed = 1) AS proposals,
  min(CASE WHEN proposed = 0 THEN score END) AS lowest, max(CASE WHEN proposed = 0 THEN score END) AS highest
  FROM annotations GROUP BY image_id ORDER BY image_id`
const KEPT = `SELECT image_id, objects, proposals, lowest, highest FROM image_counts
  WHERE objects + proposals > 0 ORDER BY image_id`

it('after any edits, undo and redo', () => {
  const file = join(temporaryFolder(), 'project.sqlite')
  const store = storeOf(file)
  const editing = createEditing(store, () => undefined)
  const db = new SqliteDatabase(file, { readonly: true })
  const random = createRandom(7)
  const pick = (count: number) => Math.floor(random() * count)
  const any = (): Pick<Annotation, 'imageId' | 'proposed' | 'score'> => ({
    imageId: 1 + pick(2),
    proposed: pick(3) === 0,
    score: pick(3) === 0 ? null : pick(10) / 10,
  })
  let ids = 0
  const change = (): Diff => {
    const stored = [...store.annotations.ofImage(1), ...store.annotations.ofImage(2)]
    const from = stored[pick(stored.length)]
    const what = pick(3)
    if (from === undefined || what === 0) {
      const added = Array.from({ length: 1 + pick(3) }, () => ({ ...annotationOf(`${ids++}`), ...any() }))
      return diffOf({ annotations: { added } })
    }
    return diffOf({
      annotations: what === 1 ? { removed: [from] } : { updated: [[from, { ...from, ...any() }]] },
    })
  }
  for (let step = 0; step < 120; step++) {
    const way = pick(5)
    try {
      if (way === 0) editing.undo(1 + pick(2))
      else if (way === 1) editing.redo(1 + pick(2))
      else editing.commit(change())
    } catch (thrown) {
      // An object that has gone to the other image since.
      if (!hasCode(thrown, 'conflict')) throw thrown
    }
    expect(db.prepare(KEPT).all()).toEqual(db.prepare(RECOUNT).all())
  }
  db.close()
  store.close()
})

it('after an edit of very many objects, which stay in their order; one whose id is taken stores none of them', () => {
  const file = join(temporaryFolder(), 'project.sqlite')
  const store = storeOf(file)
  const editing = createEditing(store, () => undefined)
  const db = new SqliteDatabase(file, { readonly: true })
  const added = Array.from({ length: 253 }, (_, index) => ({
    ...annotationOf(`m${index}`),
    imageId: 1 + (index % 2),
    proposed: index % 5 === 0,
    score: index / 253,
  }))
  editing.commit(diffOf({ annotations: { added } }))
  expect(store.annotations.ofImage(1).map(({ id }) => id)).toEqual(
    added.filter(({ imageId }) => imageId === 1).map(({ id }) => id),
  )
  const counts = db.prepare(RECOUNT).all()
  expect(db.prepare(KEPT).all()).toEqual(counts)
  const twice = added.map((one, index) => (index === 77 ? one : { ...one, id: `n${index}` }))
  expect(() => editing.commit(diffOf({ annotations: { added: twice } }))).toThrow(/exists already/)
  expect(db.prepare(RECOUNT).all()).toEqual(counts)
  expect(db.prepare(KEPT).all()).toEqual(counts)
  db.close()
  store.close()
})

/** A list of images that an edit was mended into is the one that would be made anew; what may be about any image makes it anew. */
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { ImageFilter, ImageSort } from '../../../common/contract/images.ts'
import { diffOf, type Diff } from '../../../common/diff.ts'
import { hasCode } from '../../../common/errors.ts'
import { createEditing } from '../../../core/editing/editing.ts'
import { createKeptLists } from '../../../core/store/kept-lists.ts'
import { openStore } from '../../../core/store/store.ts'
import { imageRecordOf } from '../../../common/new-records.ts'
import { createRandom } from '../../support/random.ts'
import { annotationOf, labelOf, storeOf, temporaryFolder } from './records.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }))
afterEach(() => void vi.useRealTimers())

it('is made once while it is told what changes, and anew when it is not', () => {
  const db = new SqliteDatabase(':memory:')
  db.exec('CREATE TABLE things (id INTEGER PRIMARY KEY)')
  const lists = createKeptLists<number>(db, 2)
  let made = 0
  const ids = () =>
    lists.get(
      'all',
      () => ((made += 1), db.prepare<[], number>('SELECT id FROM things').pluck().all()),
      (list, touched) => [...list, ...touched],
    )
  const add = db.prepare('INSERT INTO things (id) VALUES (?)')
  expect(ids()).toEqual([])
  for (const id of [1, 2])
    lists.note(
      () => void add.run(id),
      () => [id],
    )
  expect([ids(), made]).toEqual([[1, 2], 1])
  lists.note(
    () => void add.run(3),
    () => null,
  )
  expect([ids(), made]).toEqual([[1, 2, 3], 2])
  add.run(4)
  lists.note(
    () => void add.run(5),
    () => [5],
  )
  expect([ids(), made]).toEqual([[1, 2, 3, 4, 5], 3])
  db.close()
})

const IMAGES = 12
const bys: readonly ImageSort['by'][] = ['name', 'date', 'objects', 'score', 'change', 'status', 'split']
const texts = [
  '',
  'class:cat',
  '-class:dog',
  'objects:>1',
  'score:<0.5',
  'status:done',
  'tag:night',
  'changed:<1h',
]

it.each(bys)('by %s: after any edits, undo and redo, facts and classes among them', (by) => {
  const file = join(temporaryFolder(), 'project.sqlite')
  const store = storeOf(file, IMAGES)
  const fresh = openStore(file, true)
  const editing = createEditing(store, () => undefined)
  const random = createRandom(by.length * 7 + by.charCodeAt(0))
  const pick = (count: number) => Math.floor(random() * count)
  let ids = 0
  const change = (): Diff => {
    const imageId = 1 + pick(IMAGES)
    const stored = store.annotations.ofImage(imageId)
    const record = imageRecordOf(store.images.get(imageId)!)
    switch (pick(5)) {
      case 0:
        return diffOf({ annotations: { removed: stored } })
      case 1: {
        const side = ([null, 'train', 'val', 'test'] as const)[pick(4)]!
        const status = pick(2) === 0 ? ('done' as const) : ('todo' as const)
        return diffOf({ images: { updated: [[record, { ...record, status, side, tags: ['night'] }]] } })
      }
      case 2:
        return diffOf({ labels: { added: [labelOf(`class-${ids++}`, 9)] } })
      default: {
        const added = Array.from({ length: 1 + pick(3) }, () => ({
          ...annotationOf(
            `${ids++}`,
            pick(3) === 0 ? 1 + pick(IMAGES) : imageId,
            pick(2) === 0 ? 'cat' : 'dog',
          ),
          score: pick(4) === 0 ? null : pick(10) / 10,
          proposed: pick(5) === 0,
        }))
        return diffOf({ annotations: { added } })
      }
    }
  }
  for (let step = 0; step < 60; step++) {
    vi.setSystemTime(Date.UTC(2026, 0, 1, 0, step * 3))
    try {
      const way = pick(6)
      if (way === 0) editing.undo(1 + pick(IMAGES))
      else if (way === 1) editing.redo(1 + pick(IMAGES))
      else if (way === 2)
        store.images.setContentHash(1 + pick(IMAGES), `hash-${step}`, { bytes: 10, modifiedAt: 20 })
      else editing.commit(change())
    } catch (thrown) {
      if (!hasCode(thrown, 'conflict')) throw thrown
    }
    // Several lists are kept at once; each is asked now and then, so that edits gather.
    for (let asked = 0; asked < 3; asked++) {
      const filter: ImageFilter = {
        text: texts[pick(3) + (pick(2) === 0 ? 0 : 5 * pick(2))]!,
        show: pick(4) === 0 ? 'labelled' : 'all',
        sort: { by, descending: pick(2) === 0 },
      }
      expect(store.images.ids(filter)).toEqual(fresh.images.ids(filter))
    }
  }
  fresh.close()
  store.close()
})

/** An edit of very many new objects leaves them to their rows: nobody can tell it from one that holds their text. */
import SqliteDatabase from 'better-sqlite3'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { diffOf } from '../../../common/diff.ts'
import type { Annotation, ImageId } from '../../../common/model.ts'
import { createEditing, type Editing } from '../../../core/editing/editing.ts'
import { moveWholeRun } from '../../../core/editing/undo-run.ts'
import { newBeginning, numberedId } from '../../../core/store/numbered-ids.ts'
import type { Store } from '../../../core/store/store.ts'
import { createRandom } from '../../support/random.ts'
import { annotationOf, storeOf, temporaryFolder } from '../store/records.ts'

const OBJECTS = 80

interface Opened {
  store: Store
  editing: Editing
}

const open = (file = join(temporaryFolder(), 'project.sqlite')): Opened => {
  const store = storeOf(file)
  return {
    store,
    editing: createEditing(
      store,
      () => undefined,
      () => 'me',
    ),
  }
}

const manyOf = (idOf: (index: number) => string): Annotation[] =>
  Array.from({ length: OBJECTS }, (_, index) => ({
    ...annotationOf(idOf(index), 1 + (index % 3), index % 2 === 0 ? 'cat' : 'dog'),
    attributes: index % 5 === 0 ? { colour: 'red', size: index / 7 } : {},
  }))

const numbered = (): Annotation[] => {
  const beginning = newBeginning()
  return manyOf((index) => numberedId(beginning, index))
}

const rowsOf = ({ store }: Opened): Record<string, unknown>[] => {
  const db = new SqliteDatabase(store.file, { readonly: true })
  const rows = db.prepare('SELECT * FROM annotations ORDER BY sequence').all()
  db.close()
  return rows as Record<string, unknown>[]
}
const columnOf = ({ store }: Opened, column: string) => {
  const db = new SqliteDatabase(store.file, { readonly: true })
  const values = db.prepare<[]>(`SELECT ${column} FROM edits ORDER BY id`).pluck().all()
  db.close()
  return values
}

test('the log holds no text of the objects until one of them changes; undo and redo are exact', () => {
  const opened = open()
  const added = numbered()
  opened.editing.commit(diffOf({ annotations: { added } }), 'run')
  const before = rowsOf(opened)
  expect(columnOf(opened, 'length(diff) < 1000 AND added_ids IS NOT NULL')).toEqual([1])
  expect(opened.editing.undo(1)).toBe(true)
  expect(rowsOf(opened)).toEqual([])
  expect(columnOf(opened, 'added_ids')).toEqual([null])
  expect(opened.editing.redo(1)).toBe(true)
  expect(rowsOf(opened)).toEqual(before)
  expect(opened.editing.undo(2)).toBe(true)
  expect(rowsOf(opened)).toEqual([])
})

test('what was changed and removed since comes back as it was added', async () => {
  const opened = open()
  const { store, editing } = opened
  const added = numbered()
  editing.commit(diffOf({ annotations: { added } }), 'run')
  const before = rowsOf(opened)
  const [first, second, third] = added as [Annotation, Annotation, Annotation]
  editing.commit(diffOf({ annotations: { updated: [[first, { ...first, labelId: 'dog' }]] } }))
  editing.commit(diffOf({ annotations: { removed: [second] } }))
  expect(await moveWholeRun(() => editing, 'run', 'undo')).toEqual({ moved: OBJECTS - 2, kept: 2 })
  expect(store.annotations.count()).toBe(1)
  expect(editing.undo(first.imageId)).toBe(true)
  expect(store.annotations.count()).toBe(OBJECTS - 1)
  expect(editing.undo(second.imageId)).toBe(true)
  expect(editing.undo(first.imageId)).toBe(true)
  const byId = (rows: Record<string, unknown>[]) =>
    new Map(rows.map((row) => [row.id, { ...row, sequence: null }]))
  expect(byId(rowsOf(opened))).toEqual(byId(before))
  expect(store.annotations.get(third.id)).toEqual(third)
  expect(editing.undo(third.imageId)).toBe(true)
  expect(rowsOf(opened)).toEqual([])
})

test('runs, authors and steps know the objects', () => {
  const opened = open()
  const { store, editing } = opened
  const added = numbered()
  editing.commit(diffOf({ annotations: { added } }), 'import-1', [], 'she')
  editing.commit(diffOf({ annotations: { added: [annotationOf('other', 1)] } }))
  expect(editing.runs(5)).toMatchObject([{ run: 'import-1', objects: OBJECTS, images: 3, isUndone: false }])
  const authorOf = store.authors.ofImage(1)
  expect([added[0]!.id, 'other'].map(authorOf)).toEqual(['she', 'me'])
  expect(editing.steps(2, 5).undo).toEqual([expect.stringContaining(`${OBJECTS}`)])
})

test('a row that is damaged keeps nothing of the others from being taken back', async () => {
  const { store, editing } = open()
  const added = numbered()
  editing.commit(diffOf({ annotations: { added } }), 'run')
  const raw = new SqliteDatabase(store.file)
  raw.prepare(`UPDATE annotations SET shape = '{"type' WHERE id = ?`).run(added[5]!.id)
  raw.close()
  expect(await moveWholeRun(() => editing, 'run', 'undo')).toEqual({ moved: OBJECTS - 1, kept: 0 })
  expect(store.annotations.count()).toBe(1)
  expect(await moveWholeRun(() => editing, 'run', 'redo')).toEqual({ moved: OBJECTS - 1, kept: 0 })
})

test('fewer objects, and ids that are not numbered, stay in the log', () => {
  const opened = open()
  const few = numbered().slice(0, 10)
  opened.editing.commit(diffOf({ annotations: { added: few } }))
  opened.editing.commit(diffOf({ annotations: { added: manyOf((index) => `free-${index}-of-them-all`) } }))
  expect(columnOf(opened, 'added_ids')).toEqual([null, null])
})

/** Does the same at random to both, and says what both hold by the place of each object in what was added. */
test.each([2, 3, 4])('seed %i: as a log that holds every text, over undo, redo and opening anew', (seed) => {
  const random = createRandom(seed)
  let [named, whole] = [open(), open()]
  const idsOf = new Map<string, number>()
  let made = 0
  const add = ({ editing }: Opened, added: Annotation[], number: number) => {
    added.forEach(({ id }, index) => idsOf.set(id, number * 1000 + index))
    editing.commit(diffOf({ annotations: { added } }), 'run')
  }
  const stateOf = ({ store }: Opened) => {
    const all = [1, 2, 3].map((imageId) =>
      store.annotations.ofImage(imageId).map(({ id, ...rest }) => ({ ...rest, number: idsOf.get(id) })),
    )
    return JSON.stringify(all)
  }
  const change = ({ store, editing }: Opened, imageId: ImageId, place: number, isRemoval: boolean) => {
    const objects = store.annotations.ofImage(imageId)
    const one = objects[Math.floor(place * objects.length)]
    if (one === undefined) return
    const to: Annotation = { ...one, labelId: one.labelId === 'cat' ? 'dog' : 'cat' }
    editing.commit(diffOf({ annotations: isRemoval ? { removed: [one] } : { updated: [[one, to]] } }))
  }
  const move = ({ editing }: Opened, imageId: ImageId, kind: 'undo' | 'redo') => {
    try {
      return String(editing[kind](imageId))
    } catch (thrown) {
      return String(thrown)
    }
  }
  for (let step = 0; step < 40; step++) {
    const [what, place] = [random(), random()]
    const imageId = 1 + Math.floor(random() * 3)
    if (what < 0.12) {
      const number = made++
      const beginning = newBeginning()
      add(
        named,
        manyOf((index) => numberedId(beginning, index)),
        number,
      )
      add(
        whole,
        manyOf((index) => `${beginning}-${index}`),
        number,
      )
    } else if (what < 0.4) for (const opened of [named, whole]) change(opened, imageId, place, what < 0.25)
    else if (what < 0.92) {
      const kind = what < 0.7 ? 'undo' : 'redo'
      expect(move(named, imageId, kind)).toBe(move(whole, imageId, kind))
    } else {
      const files = [named, whole].map(({ store }) => {
        store.close()
        return store.file
      })
      ;[named, whole] = [open(files[0]), open(files[1])]
    }
    expect(stateOf(named)).toBe(stateOf(whole))
  }
  expect(made).toBeGreaterThan(0)
})

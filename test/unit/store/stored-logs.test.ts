/** Project files of earlier versions, kept as rows in test/fixtures/edits: each opens, and all of its log is undone. */
import SqliteDatabase from 'better-sqlite3'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createEditing } from '../../../core/editing/editing.ts'
import { NEWEST_FORMAT, upcasters } from '../../../core/store/edit-formats.ts'
import { migrate, migrations } from '../../../core/store/migrations.ts'
import { openStore } from '../../../core/store/store.ts'
import { annotationOf, labelOf, temporaryFolder } from './records.ts'

const fixtures = join(import.meta.dirname, '../../fixtures/edits')
type Rows = Record<string, Record<string, string | number | null>[]>
const readFixture = (name: string) => JSON.parse(readFileSync(join(fixtures, name), 'utf8')) as unknown

/** A file as that version left it. */
const fileOfVersion = (version: number): string => {
  const file = join(temporaryFolder(), 'project.sqlite')
  const db = new SqliteDatabase(file)
  migrate(db, migrations.slice(0, version))
  for (const [table, rows] of Object.entries(readFixture(`version-${version}.json`) as Rows))
    for (const row of rows) {
      const columns = Object.keys(row)
      const values = columns.map((column) => `@${column}`)
      db.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${values.join(', ')})`).run(row)
    }
  db.close()
  return file
}
const versions = readdirSync(fixtures).flatMap((name) => /^version-(\d+)\.json$/.exec(name)?.slice(1) ?? [])

test('there is a log of every version that changed the format, the newest among them', () => {
  expect(versions.length).toBeGreaterThanOrEqual(NEWEST_FORMAT)
  const { edits } = readFixture(`version-${Math.max(...versions.map(Number))}.json`) as Rows
  expect(edits?.at(-1)?.format).toBe(NEWEST_FORMAT)
})

test.each(versions)('a file of version %s: every edit of its log is undone and done again', (version) => {
  const store = openStore(fileOfVersion(Number(version)))
  const editing = createEditing(store, () => undefined)
  const stored = () => ({
    labels: store.labels.list(),
    annotations: [1, 2, 3].map((id) => store.annotations.ofImage(id)),
    status: [1, 2, 3].map((id) => store.images.get(id)?.status),
  })
  const start = stored()
  expect(start.annotations.flat()).toHaveLength(2)
  // Where the edit that is next in time is seen from: one of its images, or none.
  const log = new SqliteDatabase(store.file, { readonly: true })
  const next = log.prepare<[0 | 1], { image: number | null }>(
    `SELECT (SELECT min(image_id) FROM edit_images WHERE edit_id = edits.id) AS image
     FROM edits WHERE undone = ? ORDER BY sequence DESC LIMIT 1`,
  )
  const all = (kind: 'undo' | 'redo') => {
    let count = 0
    for (let edit = next.get(kind === 'undo' ? 0 : 1); edit; edit = next.get(kind === 'undo' ? 0 : 1)) {
      expect(editing[kind](edit.image)).toBe(true)
      count += 1
    }
    return count
  }
  expect(editing.redo(3)).toBe(true)
  expect(store.annotations.ofImage(3)).toHaveLength(2)
  const undone = all('undo')
  expect(undone).toBe(log.prepare('SELECT count(*) FROM edits').pluck().get())
  expect(stored()).toEqual({ labels: [], annotations: [[], [], []], status: ['todo', 'todo', 'todo'] })
  expect(all('redo')).toBe(undone)
  expect(editing.undo(3)).toBe(true)
  expect(stored()).toEqual(start)
  log.close()
  store.close()
})

test.each(versions)(
  'migration 16: a file of version %s knows when its images were changed last',
  (version) => {
    const store = openStore(fileOfVersion(Number(version)))
    const log = new SqliteDatabase(store.file, { readonly: true })
    const kept = log.prepare('SELECT * FROM image_changes ORDER BY image_id').all()
    expect(kept).not.toHaveLength(0)
    expect(kept).toEqual(
      log
        .prepare(
          `SELECT image_id, max(created_at) FILTER (WHERE undone = 0) AS changed_at
         FROM edit_images JOIN edits ON edits.id = edit_id GROUP BY image_id ORDER BY image_id`,
        )
        .all(),
    )
    log.close()
    store.close()
  },
)

test('migration 2: the edits of version 1 get a uid each, no author and format 1, and the old file is kept', () => {
  const file = fileOfVersion(1)
  const store = openStore(file)
  expect(store.copy).toBe(`${file}.before-${migrations.length}`)
  const editing = createEditing(
    store,
    () => undefined,
    () => 'Ada',
  )
  editing.commit({
    labels: { added: [labelOf('new', 7)], updated: [], removed: [] },
    annotations: { added: [annotationOf('new', 1, 'new')], updated: [], removed: [] },
    images: { updated: [] },
    pictures: { updated: [] },
  })
  store.close()
  const db = new SqliteDatabase(file, { readonly: true })
  const edits = db
    .prepare<[], { uid: string; author: string | null; format: number }>('SELECT * FROM edits ORDER BY id')
    .all()
  const old = edits.slice(0, -1)
  expect(old).toHaveLength((readFixture('version-1.json') as Rows).edits!.length)
  expect(old.every(({ author, format }) => author === null && format === 1)).toBe(true)
  expect(edits.at(-1)).toMatchObject({ author: 'Ada', format: NEWEST_FORMAT })
  expect(new Set(edits.map(({ uid }) => uid)).size).toBe(edits.length)
  for (const { uid } of edits)
    expect(uid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(db.pragma('foreign_key_check')).toEqual([])
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  db.close()
})

test.each(upcasters.map((upcast, index) => [index + 1, upcast] as const))(
  'upcaster %i gives what is kept beside it',
  (number, upcast) => {
    expect(existsSync(join(fixtures, `upcaster-${number}.json`))).toBe(true)
    const { before, after } = readFixture(`upcaster-${number}.json`) as { before: object; after: object }
    const kept = structuredClone(before)
    expect(upcast(before)).toEqual(after)
    expect(before).toEqual(kept)
  },
)

/**
 * kill -9 in the middle of an import, whose objects the undo log names by their ids, and in the middle of the first change
 * after it, which writes them into the log: nothing that was stored is lost, and undo works as ever.
 */
import { spawn } from 'node:child_process'
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { expect, test } from 'vitest'
import { createEditing } from '../../../core/editing/editing.ts'
import { moveWholeRun } from '../../../core/editing/undo-run.ts'
import { openStore } from '../../../core/store/store.ts'
import { storeOf, temporaryFolder } from '../store/records.ts'

const RUN = 'import.killed'

/** When it is killed: some ms after it has said so much, or within the transaction of this edit. */
type End = { readonly lines: number; readonly ms: number } | { readonly within: number }

/** @returns the lines that it has printed whole */
const killed = (file: string, mode: 'import' | 'change', end: End) =>
  new Promise<string[]>((resolve, reject) => {
    const own = 'within' in end ? [String(end.within)] : []
    const child = spawn(process.execPath, [join(import.meta.dirname, 'import-loop.ts'), file, mode, ...own])
    let [out, errors] = ['', '']
    child.stdout.on('data', (data: Buffer) => {
      out += data.toString()
      if ('ms' in end && out.split('\n').length > end.lines) setTimeout(() => child.kill('SIGKILL'), end.ms)
    })
    child.stderr.on('data', (data: Buffer) => (errors += data.toString()))
    child.on('close', (_code, signal) => {
      if (signal === null) reject(new Error(`It ended by itself: ${errors}`))
      else resolve(out.split('\n').slice(0, -1))
    })
  })

const lookInto = <T>(file: string, look: (db: SqliteDatabase.Database) => T): T => {
  const db = new SqliteDatabase(file)
  try {
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
    return look(db)
  } finally {
    db.close()
  }
}

/** Objects, those that edits name, edits with a run, and whether the counts of images are those of a recount. */
const stateOf = (file: string) =>
  lookInto(file, (db) => {
    const one = (sql: string) => db.prepare<[], number>(sql).pluck().get()!
    return {
      objects: one('SELECT count(*) FROM annotations'),
      named: one(
        `SELECT count(*) FROM annotations JOIN edits ON substr(annotations.id, 1, 28) = edits.added_ids`,
      ),
      edits: one(`SELECT count(*) FROM edits WHERE run = '${RUN}'`),
      changed: one(`SELECT count(*) FROM edits WHERE run IS NULL`),
      counted: one('SELECT coalesce(sum(objects), 0) FROM image_counts'),
    }
  })

const textsOf = (file: string) =>
  lookInto(file, (db) =>
    db
      .prepare<[], string>(`SELECT id || shape || coalesce(score, '') FROM annotations ORDER BY id`)
      .pluck()
      .all(),
  )

/** Takes back all that the run has stored, and does it again. */
const undoAndRedo = async (file: string) => {
  const before = textsOf(file)
  const store = openStore(file)
  const editing = createEditing(store, () => undefined)
  try {
    await moveWholeRun(() => editing, RUN, 'undo')
    expect(store.annotations.count()).toBe(0)
    await moveWholeRun(() => editing, RUN, 'redo')
  } finally {
    store.close()
  }
  expect(textsOf(file)).toEqual(before)
}

test('in the middle of an import: what was told is there, and is taken back and done again', async () => {
  const ends: readonly End[] = [{ within: 1 }, { within: 2 }, { lines: 1, ms: 0 }, { lines: 1, ms: 25 }]
  for (const end of ends) {
    const file = join(temporaryFolder(), 'project.sqlite')
    storeOf(file).close()
    const told = Number((await killed(file, 'import', end)).at(-1) ?? 0)
    const { objects, named, edits, counted } = stateOf(file)
    if ('within' in end) expect(objects).toBe(4000 * (end.within - 1))
    expect(objects).toBeGreaterThanOrEqual(told)
    // Edits of 4,000, each whole or not at all, and named in the log.
    expect([objects % 4000, named, edits, counted]).toEqual([0, objects, objects / 4000, objects])
    await undoAndRedo(file)
  }
}, 120_000)

test('in the middle of the first change after it: the log has the objects by name or by text, never neither', async () => {
  const imported = join(temporaryFolder(), 'project.sqlite')
  storeOf(imported).close()
  await killed(imported, 'import', { lines: 2, ms: 0 })
  lookInto(imported, (db) => db.pragma('wal_checkpoint(TRUNCATE)'))
  const ends: readonly (readonly [End, changed: number | null])[] = [
    [{ within: 1 }, 0],
    [{ lines: 1, ms: 10 }, null],
    [{ lines: 2, ms: 0 }, 1],
  ]
  for (const [end, expected] of ends) {
    const file = join(temporaryFolder(), 'project.sqlite')
    copyFileSync(imported, file)
    await killed(file, 'change', end)
    const { objects, named, changed, counted } = stateOf(file)
    if (expected !== null) expect(changed).toBe(expected)
    expect([objects, counted]).toEqual([8000, 8000])
    // The change and the text of the others of its edit are there together.
    expect(named).toBe(changed === 0 ? 8000 : 4000)
    if (changed === 1) {
      const store = openStore(file)
      expect(createEditing(store, () => undefined).undo(1)).toBe(true)
      store.close()
    }
    await undoAndRedo(file)
  }
}, 120_000)

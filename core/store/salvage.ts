/**
 * Saves what can be read of a damaged project file into a new one: the project's facts, images, classes and objects.
 * The undo log is left behind. Only tables that are exactly ours are read, from a view, so that the damaged file stays
 * as it is; what is no row of ours any more is left out and counted.
 */
import SqliteDatabase, { type Database } from 'better-sqlite3'
import { existsSync } from 'node:fs'
import { limits } from '../../common/limits.ts'
import { palette } from '../../common/palette.ts'
import { writeEmpty } from './create.ts'
import { APPLICATION_ID, harden, isReadableSchema } from './look.ts'
import { migrations, type Migration } from './migrations.ts'
import { partsOf } from './parts.ts'
import { readRows } from './readable-rows.ts'
import { ownTables } from './schema.ts'
import { makeView } from './view.ts'

export interface Salvaged {
  readonly images: number
  readonly objects: number
  /** Places in the file where rows could not be read. */
  readonly gaps: number
  /** Rows that could be read and are no rows of a project. */
  readonly leftOut: number
  /** Classes whose rows are lost and that have objects: they have new names. */
  readonly madeUp: number
}

/** In this order, so that what refers to others comes after them; other tables of ours follow. */
const first = ['project', 'images', 'labels', 'annotations']
/**
 * The undo log and what is kept of it: it is of no use without every record that it changed. Kept counts: each object is
 * counted as it comes.
 */
const leftBehind = ['edits', 'edit_images', 'image_changes', 'image_counts']

interface Readable {
  readonly db: Database
  readonly version: number
  readonly tables: readonly string[]
}

/** Answers what `work` makes of the damaged file; null when nothing in it can be read. */
const withReadable = <T>(
  file: string,
  list: readonly Migration[],
  work: (readable: Readable) => T,
): T | null => {
  const there = partsOf(file)
  // SQLite throws the log of an empty file away.
  const parts = { ...there, main: (there.main?.bytes ?? 0) < 512 ? null : there.main }
  if (parts.main === null && parts.wal === null) return null
  const view = makeView(file, parts, true)
  let readable: Readable | null = null
  try {
    if (!view.isPrivate || !existsSync(view.file) || !isReadableSchema(view.file, parts.wal !== null))
      return null
    readable = openReadable(view.file, list)
    return readable === null ? null : work(readable)
  } finally {
    readable?.db.close()
    view.remove()
  }
}

/** Null when SQLite can't make sense of the file at all. */
const openReadable = (file: string, list: readonly Migration[]): Readable | null => {
  const db = new SqliteDatabase(file, { readonly: true, fileMustExist: true })
  try {
    harden(db)
    // A file that was cut, and a schema with one bad line, are read as far as they go; the connection can't write.
    db.unsafeMode()
    db.pragma('writable_schema = ON')
    const version = db.pragma('user_version', { simple: true }) as number
    if (db.pragma('application_id', { simple: true }) === APPLICATION_ID && version <= list.length) {
      const tables = ownTables(db, version, list).filter((name) => !leftBehind.includes(name))
      if (tables.includes('images')) return { db, version, tables }
    }
  } catch {
    // Nothing of it is to be had.
  }
  db.close()
  return null
}

/** Something of the file can be read. */
export const canSalvage = (file: string, list: readonly Migration[] = migrations): boolean =>
  withReadable(file, list, ({ db, tables }) =>
    ['images', 'labels', 'annotations'].some((table) => {
      let isThere = false
      if (tables.includes(table)) readRows(db, table, ['rowid'], () => ((isThere = true), false))
      return isThere
    }),
  ) ?? false

const columnsOf = (db: Database, table: string): string[] =>
  db.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(table)

const copyTable = (from: Database, to: Database, table: string) => {
  const columns = columnsOf(to, table)
  const insert = to.prepare(
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
  )
  let leftOut = 0
  const gaps = readRows(from, table, columns, (row) => {
    try {
      insert.run(...row)
    } catch {
      // A row of noise: it is no text where text must be, or has an id that is there already.
      leftOut += 1
    }
    return true
  })
  return { gaps, leftOut }
}

/** Makes whole what refers to rows that are lost. @returns objects that had to go, and classes that were made up */
const mend = (db: Database, tables: readonly string[]) => {
  db.exec(`
    UPDATE labels SET name = substr(name, 1, ${limits.className}) WHERE length(name) > ${limits.className};
    DELETE FROM images WHERE octet_length(path) > ${limits.pathBytes};`)
  const lostImages = db.prepare('DELETE FROM annotations WHERE image_id NOT IN (SELECT id FROM images)').run()
  if (tables.includes('pictures'))
    db.exec('DELETE FROM pictures WHERE image_id NOT IN (SELECT id FROM images)')
  const lostLabels = db
    .prepare<[], string>(
      'SELECT DISTINCT label_id FROM annotations WHERE label_id NOT IN (SELECT id FROM labels)',
    )
    .pluck()
    .all()
  const insert = db.prepare('INSERT INTO labels (id, name, color, position) VALUES (?, ?, ?, 1000000)')
  lostLabels.forEach((id, index) =>
    insert.run(id, `lost class ${index + 1}`, palette[index % palette.length]),
  )
  // Both lists are numbered without gaps.
  for (const table of ['images', 'labels'])
    db.exec(`UPDATE ${table} SET position = ranked.place
      FROM (SELECT rowid AS row, row_number() OVER (ORDER BY position, rowid) - 1 AS place FROM ${table}) AS ranked
      WHERE ranked.row = ${table}.rowid`)
  db.prepare("INSERT OR IGNORE INTO project (key, value) VALUES ('created-at', ?)").run(
    new Date().toISOString(),
  )
  return { lostObjects: lostImages.changes, madeUp: lostLabels.length }
}

/**
 * Writes what can be read of `file` to `to`, a new file.
 * @returns null when nothing can be read: `to` is not made then
 * @throws errors of SQLite and of the file system while `to` is written
 */
export const salvage = (
  file: string,
  to: string,
  list: readonly Migration[] = migrations,
): Salvaged | null => {
  return withReadable(file, list, ({ db: from, version, tables }) => {
    writeEmpty(to, list.slice(0, version))
    return fill(from, to, tables)
  })
}

const fill = (from: Database, to: string, tables: readonly string[]): Salvaged => {
  const db = new SqliteDatabase(to)
  try {
    db.pragma('foreign_keys = OFF')
    db.pragma('synchronous = FULL')
    return db.transaction(() => {
      const order = [...first, ...tables.filter((name) => !first.includes(name))]
      const copied = order.filter((name) => tables.includes(name)).map((table) => copyTable(from, db, table))
      const { lostObjects, madeUp } = mend(db, tables)
      const count = (table: string) =>
        db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0
      return {
        images: count('images'),
        objects: count('annotations'),
        gaps:
          copied.reduce((sum, { gaps }) => sum + gaps, 0) +
          first.filter((name) => !tables.includes(name)).length,
        leftOut: copied.reduce((sum, { leftOut }) => sum + leftOut, lostObjects),
        madeUp,
      }
    })()
  } finally {
    db.close()
  }
}

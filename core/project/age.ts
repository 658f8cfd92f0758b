/** Tells which of two files of one project holds the later work. Only reads them. */
import SqliteDatabase from 'better-sqlite3'
import { existsSync, statSync } from 'node:fs'

export interface ProjectAge {
  /** When the newest edit was made, ms since 1970; 0 without one. */
  readonly editedAt: number
  /** Grows with every edit, undo and redo; a copy counts on from where it was made. */
  readonly sequence: number
  /** The sum of the ids of finished images: status is no edit, but a later status is later work. */
  readonly done: number
  /** When the file or its WAL was written, ms since 1970. */
  readonly writtenAt: number
}

const writtenAt = (file: string): number =>
  Math.max(...[file, `${file}-wal`].filter((path) => existsSync(path)).map((path) => statSync(path).mtimeMs))

/** Its folder must be writable: SQLite puts the index of the WAL beside it. Null when it can't be read. */
export const ageOf = (file: string): ProjectAge | null => {
  let db: SqliteDatabase.Database | undefined
  try {
    const written = writtenAt(file)
    db = new SqliteDatabase(file, { readonly: true, fileMustExist: true })
    const row = db
      .prepare<[], Omit<ProjectAge, 'writtenAt'>>(
        `SELECT (SELECT coalesce(max(created_at), 0) FROM edits) AS editedAt,
           (SELECT coalesce(max(sequence), 0) FROM edits) AS sequence,
           (SELECT coalesce(sum(id), 0) FROM images WHERE status = 'done') AS done`,
      )
      .get()
    return row === undefined ? null : { ...row, writtenAt: written }
  } catch {
    return null
  } finally {
    db?.close()
  }
}

/** True when `a` holds work that is later than all of `b`; two files with the same work are equally new. */
export const isNewer = (a: ProjectAge, b: ProjectAge): boolean => {
  if (a.editedAt !== b.editedAt) return a.editedAt > b.editedAt
  if (a.sequence !== b.sequence) return a.sequence > b.sequence
  return a.done !== b.done && a.writtenAt > b.writtenAt
}

/** Tells which of two files of one project holds the later work. Only reads them. */
import { existsSync, statSync } from 'node:fs'
import { lookAt } from '../store/look.ts'

export interface ProjectAge {
  /** When the newest edit was made, ms since 1970; 0 without one. */
  readonly editedAt: number
  /** Grows with every edit, undo and redo; a copy counts on from where it was made. */
  readonly sequence: number
  /** The sum of the ids of finished images: in files of version 1 a status is no edit, but it is later work. */
  readonly done: number
  /** When the file or its WAL was written, ms since 1970. */
  readonly writtenAt: number
}

/** When the file or its WAL was written, ms since 1970; -Infinity when there is neither. */
export const writtenAt = (file: string): number =>
  Math.max(...[file, `${file}-wal`].filter((path) => existsSync(path)).map((path) => statSync(path).mtimeMs))

const AGE_QUERY = `
  SELECT (SELECT coalesce(max(created_at), 0) FROM edits) AS editedAt,
    (SELECT coalesce(max(sequence), 0) FROM edits) AS sequence,
    (SELECT coalesce(sum(id), 0) FROM images WHERE status = 'done') AS done`

/** Null when it can't be opened. The file must not be open in this process. */
export const ageOf = (file: string): ProjectAge | null => {
  try {
    const written = writtenAt(file)
    const row = lookAt(file, (db) => db.prepare<[], Omit<ProjectAge, 'writtenAt'>>(AGE_QUERY).get())
    return row === undefined ? null : { ...row, writtenAt: written }
  } catch {
    return null
  }
}

/** True when `a` holds work that is later than all of `b`; two files with the same work are equally new. */
export const isNewer = (a: ProjectAge, b: ProjectAge): boolean => {
  if (a.editedAt !== b.editedAt) return a.editedAt > b.editedAt
  if (a.sequence !== b.sequence) return a.sequence > b.sequence
  return a.done !== b.done && a.writtenAt > b.writtenAt
}

/** Makes a new project file: whole under a private name, then in its place, so that nobody ever sees half of one. */
import SqliteDatabase from 'better-sqlite3'
import { existsSync, linkSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { syncFolder } from '../files/sync.ts'
import { migrate, type Migration } from './migrations.ts'
import { makePrivateFolder } from './private-folder.ts'

/** Another process may make the same one: the first to be in place is taken. */
const putInPlace = (draft: string, file: string): void => {
  try {
    linkSync(draft, file)
  } catch {
    // In place already, or a drive without hard links.
    if (!existsSync(file)) renameSync(draft, file)
  }
}

/** An empty project at `file`, which does not exist: WAL, closed, nothing beside it. */
export const writeEmpty = (file: string, list: readonly Migration[]): void => {
  const db = new SqliteDatabase(file)
  try {
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = FULL')
    migrate(db, list)
  } finally {
    db.close()
  }
}

/** Its folder must exist. @throws errors of SQLite and of the file system */
export const createDatabase = (file: string, list: readonly Migration[]): void => {
  const folder = makePrivateFolder(dirname(file))
  try {
    const draft = join(folder, basename(file))
    writeEmpty(draft, list)
    putInPlace(draft, file)
    syncFolder(dirname(file))
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

/** Opens a project file that was looked at (`look.ts`), or makes one. Owns the pragmas. */
import SqliteDatabase, { type Database } from 'better-sqlite3'
import { existsSync, lstatSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { CodedError } from '../../common/errors.ts'
import { said } from '../../common/said.ts'
import { createDatabase } from './create.ts'
import { toStoreError } from './errors.ts'
import { harden, lookAt } from './look.ts'
import { migrate, migrations, type Migration } from './migrations.ts'
import { isAnything, partsOf } from './parts.ts'
import { finishReplacing } from './put-aside.ts'

/** How long another process's write is waited for, ms. A commit takes milliseconds; this is for a slow drive. */
const BUSY_TIMEOUT = 5000

const prepare = (db: Database, list: readonly Migration[]): string | null => {
  harden(db)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.pragma('foreign_keys = ON')
  return migrate(db, list)
}

export interface OpenDatabase {
  readonly db: Database
  /** Where the old version was copied when this opening migrated the file. */
  readonly copy: string | null
}

/** What lies at the path: another file has another. */
const inodeOf = (file: string): bigint | null =>
  lstatSync(file, { bigint: true, throwIfNoEntry: false })?.ino ?? null

/** Who has taken an empty project away took its folder along. One above that is gone is not made anew. */
const bringFolder = (file: string): void => {
  const folder = dirname(file)
  if (!existsSync(folder) && existsSync(dirname(folder))) mkdirSync(folder, { recursive: true })
}

/** @returns null when the file was taken away while it was opened, as an empty project is (`remove.ts`) */
const openOnce = (file: string, list: readonly Migration[], isOpen: boolean): OpenDatabase | null => {
  if (!isOpen) finishReplacing(file)
  if (!isOpen && isAnything(partsOf(file))) lookAt(file, () => undefined, list)
  else if (!isOpen) createDatabase(file, list)
  const inode = inodeOf(file)
  if (inode === null && !isOpen) return null
  const db = new SqliteDatabase(file, { fileMustExist: true, timeout: BUSY_TIMEOUT })
  try {
    const copy = prepare(db, list)
    // From its first read on nobody takes the file away.
    if (inodeOf(file) === inode) return { db, copy }
  } catch (thrown) {
    db.close()
    throw thrown
  }
  db.close()
  return null
}

const TRIES = 5

const gone = (file: string) =>
  new CodedError(
    'project-gone',
    said('Nothing can be stored: {why}.', { why: said('the project file {file} is gone', { file }) }),
  )

/**
 * Opens or makes the project file; its folder must exist. A commit is on the disk when it returns (WAL,
 * synchronous=FULL). What is refused is left byte for byte.
 * @param isOpen This process has the file open already: it was looked at then, and must not be now.
 * @throws CodedError damaged-project, newer-project, not-writable, disk-full
 */
export const openDatabase = (
  file: string,
  list: readonly Migration[] = migrations,
  isOpen = false,
): OpenDatabase => {
  const tries = isOpen || !existsSync(dirname(file)) ? 1 : TRIES
  for (let attempt = 1; ; attempt++) {
    if (attempt > 1) bringFolder(file)
    const wasThere = isAnything(partsOf(file))
    try {
      const opened = openOnce(file, list, isOpen)
      if (opened !== null) return opened
      if (attempt === tries) throw gone(file)
    } catch (thrown) {
      const isTakenAway = wasThere ? !isAnything(partsOf(file)) : !existsSync(dirname(file))
      if (attempt === tries || !isTakenAway) throw toStoreError(thrown, file)
    }
  }
}

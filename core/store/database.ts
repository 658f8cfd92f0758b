/** Opens a project file that was looked at (`look.ts`), or makes one. Owns the pragmas. */
import SqliteDatabase, { type Database } from 'better-sqlite3'
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
  let db: Database | undefined
  try {
    if (!isOpen) finishReplacing(file)
    if (!isOpen && isAnything(partsOf(file))) lookAt(file, () => undefined, list)
    else if (!isOpen) createDatabase(file, list)
    db = new SqliteDatabase(file, { fileMustExist: true, timeout: BUSY_TIMEOUT })
    return { db, copy: prepare(db, list) }
  } catch (thrown) {
    db?.close()
    throw toStoreError(thrown, file)
  }
}

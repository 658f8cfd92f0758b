/**
 * Opens a project file. Owns the pragmas and the checks before anything is written: a file that is damaged, newer or
 * not ours is refused and left as it is.
 */
import SqliteDatabase, { type Database } from 'better-sqlite3'
import { CodedError } from '../../common/errors.ts'
import { damaged, toStoreError } from './errors.ts'
import { migrate, migrations, type Migration } from './migrations.ts'

/** What migration 1 writes into the header to mark a Maskwright project. */
const applicationId = 0x4d577274

/** How long another process's write is waited for, ms. A commit takes milliseconds; this is for a slow drive. */
const busyTimeout = 5000

/** Up to this size the whole file is checked at each opening; SQLite reads some 500 MB/s, so it isn't noticed. */
const quickCheckBytes = 32 * 1024 * 1024

const checkOurs = (db: Database, file: string): void => {
  const id = db.pragma('application_id', { simple: true }) as number
  if (id === applicationId) return
  const tables = db.prepare('SELECT count(*) FROM sqlite_master').pluck().get() as number
  if (id === 0 && tables === 0) return
  throw new CodedError(
    'damaged-project',
    `${file} is not a Maskwright project file. Move it away to start a project in this folder.`,
  )
}

const checkWhole = (db: Database, file: string): void => {
  const pages = db.pragma('page_count', { simple: true }) as number
  const pageSize = db.pragma('page_size', { simple: true }) as number
  if (pages * pageSize > quickCheckBytes) return
  const answer = db.pragma('quick_check(1)', { simple: true }) as string
  if (answer !== 'ok') throw new CodedError('damaged-project', `${damaged(file)} (${answer})`)
}

const prepare = (db: Database, file: string, list: readonly Migration[]): string | null => {
  db.pragma(`busy_timeout = ${busyTimeout}`)
  checkOurs(db, file)
  checkWhole(db, file)
  // Refuses a newer file before WAL mode would write to it.
  const version = db.pragma('user_version', { simple: true }) as number
  if (version <= list.length) db.pragma('journal_mode = WAL')
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
 * synchronous=FULL).
 * @throws CodedError damaged-project, newer-project, not-writable, disk-full
 */
export const openDatabase = (file: string, list: readonly Migration[] = migrations): OpenDatabase => {
  let db: Database | undefined
  try {
    db = new SqliteDatabase(file)
    return { db, copy: prepare(db, file, list) }
  } catch (thrown) {
    db?.close()
    throw toStoreError(thrown, file)
  }
}

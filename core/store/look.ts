/**
 * Looks at a project file before it is opened. Owns that nothing is written into what is refused, not even by SQLite
 * for itself: what is looked at is a view (`view.ts`). First the sizes of what is there, then how much the schema holds,
 * then the schema itself, then the pages, then the contents: each is asked only when the one before is ours.
 */
import SqliteDatabase, { type Database } from 'better-sqlite3'
import { CodedError } from '../../common/errors.ts'
import { said } from '../../common/said.ts'
import { findExcess } from './contents.ts'
import { damaged, toStoreError } from './errors.ts'
import { migrations, newerProject, type Migration } from './migrations.ts'
import { measureSchema, type SchemaSize } from './pages.ts'
import { partsOf, type Parts } from './parts.ts'
import { findForeign } from './schema.ts'
import { makeView } from './view.ts'

/** What migration 1 writes into the header to mark a Maskwright project. */
export const APPLICATION_ID = 0x4d577274

/** Up to this size the whole file is checked at each opening; 32 MB take some 0.1 s. */
const CHECKED_BYTES = 32 * 1024 * 1024

/** SQLite's smallest page: a file that is shorter holds nothing. */
const SMALLEST_FILE = 512

/** Ours has some twenty entries of 4 kB together. */
const MOST_ENTRIES = 500
const MOST_SCHEMA_BYTES = 1 << 20

const isSmall = ({ entries, bytes, hasStatistics }: SchemaSize): boolean =>
  entries <= MOST_ENTRIES && bytes <= MOST_SCHEMA_BYTES && !hasStatistics

/** SQLite can read the schema of `file` at once, whatever it holds. As `measureSchema`, it must not be open here. */
export const isReadableSchema = (file: string, hasWal: boolean): boolean => {
  const schema = measureSchema(file, hasWal ? `${file}-wal` : null)
  return schema !== null && isSmall(schema)
}

const refusal = (file: string, reason: string) => new CodedError('damaged-project', damaged(file, reason))

/** Before SQLite reads anything. @throws CodedError damaged-project */
const checkParts = (file: string, { main, wal, journal }: Parts): void => {
  if (main === null) throw refusal(file, said('it is gone, and only its log (-wal) is left'))
  if (main.bytes === 0) throw refusal(file, said('it is empty'))
  if (main.bytes < SMALLEST_FILE)
    throw refusal(file, said('it has {bytes, number} bytes only', { bytes: main.bytes }))
  if ((journal?.bytes ?? 0) > 0)
    throw refusal(file, said('a journal lies beside it, which Maskwright never makes'))
  const schema = measureSchema(file, wal === null ? null : `${file}-wal`)
  if (schema === null) throw refusal(file, said('its first pages are damaged, or it is no project file'))
  if (!isSmall(schema)) throw refusal(file, said('it holds tables which Maskwright never makes'))
}

const checkOurs = (db: Database, file: string, list: readonly Migration[]): void => {
  const version = db.pragma('user_version', { simple: true }) as number
  if (db.pragma('application_id', { simple: true }) !== APPLICATION_ID)
    throw new CodedError(
      'damaged-project',
      said(
        '{file} is not a Maskwright project file. It was left as it is: move it away to start a project in this folder.',
        { file },
      ),
    )
  if (version > list.length) throw newerProject(file, version, list.length)
  const foreign = findForeign(db, version, list)
  if (foreign !== null) throw refusal(file, foreign)
}

const checkWhole = (db: Database, file: string): void => {
  const pages = db.pragma('page_count', { simple: true }) as number
  const pageSize = db.pragma('page_size', { simple: true }) as number
  if (pages * pageSize > CHECKED_BYTES) return
  const answer = String(db.pragma('integrity_check(1)', { simple: true }))
  if (answer !== 'ok') throw refusal(file, said('its pages are damaged'))
}

/** Trusts nothing that the file brings along. */
export const harden = (db: Database): void => {
  db.pragma('trusted_schema = OFF')
  db.pragma('cell_size_check = ON')
}

const lookOnce = <T>(
  file: string,
  parts: Parts,
  read: (db: Database) => T,
  list: readonly Migration[],
): T => {
  checkParts(file, parts)
  const view = makeView(file, parts)
  let db: Database | undefined
  try {
    db = new SqliteDatabase(view.file, { readonly: view.isPrivate, fileMustExist: true })
    harden(db)
    checkOurs(db, file, list)
    checkWhole(db, file)
    const excess = findExcess(db)
    if (excess !== null) throw refusal(file, said('{reason}: more than Maskwright opens', { reason: excess }))
    return read(db)
  } finally {
    db?.close()
    view.remove()
  }
}

/** Another process may write while we look: its newest pages beside an older log are damaged for us alone. */
const isSame = (a: Parts, b: Parts): boolean => JSON.stringify(a) === JSON.stringify(b)

/** What SQLite can't do with a file that it may read (a format or an encoding that it does not know) is damage. */
const reasonOf = (thrown: unknown, file: string): unknown => {
  const told = toStoreError(thrown, file)
  return told instanceof SqliteDatabase.SqliteError
    ? new CodedError('damaged-project', damaged(file), { cause: told })
    : told
}

const TRIES = 5
const PAUSE = 30

const wait = (ms: number): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)

/**
 * Checks the project file and answers what `read` reads of it. Takes some 5 ms, and as long as reading the whole file
 * up to 32 MB. The file must not be open in this process: see `measureSchema`.
 * @throws CodedError damaged-project, newer-project, not-writable; what `read` throws
 */
export const lookAt = <T>(
  file: string,
  read: (db: Database) => T,
  list: readonly Migration[] = migrations,
): T => {
  for (let attempt = 1; ; attempt += 1) {
    const parts = partsOf(file)
    try {
      return lookOnce(file, parts, read, list)
    } catch (thrown) {
      if (attempt === TRIES || isSame(parts, partsOf(file))) throw reasonOf(thrown, file)
      wait(PAUSE)
    }
  }
}

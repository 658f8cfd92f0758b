import SqliteDatabase, { type Database } from 'better-sqlite3'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDatabase } from '../../../core/store/database.ts'
import { checkNumbers, migrations } from '../../../core/store/migrations.ts'
import { removeUnlessOpen } from '../../../core/store/remove.ts'
import { createStore, openStore } from '../../../core/store/store.ts'
import { annotationOf, storeOf, temporaryFolder } from './records.ts'

const newest = migrations.length
const next = {
  version: newest + 1,
  migrate: (db: Database) => void db.exec('CREATE TABLE later (id TEXT) STRICT'),
}
const oneThatFails = {
  version: newest + 2,
  migrate: (db: Database) => void db.exec('CREATE TABLE half (id TEXT) STRICT; SELECT * FROM nowhere'),
}
const versionOf = (db: Database) => db.pragma('user_version', { simple: true })
const tablesOf = (db: Database) =>
  db.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").pluck().all()

test('a new file is WAL, fully synchronous, with foreign keys and STRICT tables', () => {
  const { db, copy } = openDatabase(join(temporaryFolder(), 'project.sqlite'))
  expect(copy).toBeNull()
  expect(db.pragma('journal_mode', { simple: true })).toBe('wal')
  expect(db.pragma('synchronous', { simple: true })).toBe(2)
  expect(db.pragma('foreign_keys', { simple: true })).toBe(1)
  const loose = db
    .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict = 0")
    .pluck()
    .all()
  expect(loose.filter((name) => !String(name).startsWith('sqlite_'))).toEqual([])
  db.close()
})

test('the migrations start from nothing and make every table', () => {
  const file = join(temporaryFolder(), 'project.sqlite')
  const { db } = openDatabase(file)
  expect(versionOf(db)).toBe(newest)
  expect(tablesOf(db)).toEqual(
    expect.arrayContaining(['project', 'images', 'labels', 'annotations', 'edits', 'edit_images']),
  )
  expect(db.pragma('foreign_key_check')).toEqual([])
  db.close()
})

test('numbers with a gap, doubled or out of order are refused', () => {
  expect(() => checkNumbers(migrations)).not.toThrow()
  const nothing = () => undefined
  for (const numbers of [[2], [1, 3], [1, 1], [2, 1]])
    expect(() => checkNumbers(numbers.map((version) => ({ version, migrate: nothing })))).toThrow(/gaps/)
})

test('an existing file is copied, WAL included, before it is migrated', () => {
  const folder = temporaryFolder()
  const file = join(folder, 'project.sqlite')
  const store = storeOf(file)
  store.transact(() => store.annotations.insert([annotationOf('a')]))
  // Not closed: what was written lies in the WAL alone.
  const { db, copy } = openDatabase(file, [...migrations, next])
  expect(versionOf(db)).toBe(newest + 1)
  expect(tablesOf(db)).toContain('later')
  expect(copy).toBe(`${file}.before-${newest + 1}`)
  db.close()
  store.close()
  const old = new SqliteDatabase(copy!, { readonly: true })
  expect(versionOf(old)).toBe(newest)
  expect(old.prepare('SELECT count(*) FROM annotations').pluck().get()).toBe(1)
  expect(old.pragma('integrity_check', { simple: true })).toBe('ok')
  old.close()
})

test('all pending migrations are one transaction: the last one fails and none is applied', () => {
  const file = join(temporaryFolder(), 'project.sqlite')
  storeOf(file).close()
  expect(() => openDatabase(file, [...migrations, next, oneThatFails])).toThrow(/nowhere/)
  const { db } = openDatabase(file)
  expect(versionOf(db)).toBe(newest)
  expect(tablesOf(db)).not.toContain('later')
  expect(tablesOf(db)).not.toContain('half')
  db.close()
})

test('an earlier copy is never overwritten', () => {
  const folder = temporaryFolder()
  const file = join(folder, 'project.sqlite')
  storeOf(file).close()
  writeFileSync(`${file}.before-${newest + 1}`, 'kept')
  const { db, copy } = openDatabase(file, [...migrations, next])
  db.close()
  expect(copy).toBe(`${file}.before-${newest + 1}.2`)
  expect(readFileSync(`${file}.before-${newest + 1}`, 'utf8')).toBe('kept')
})

test('a newer file is refused and left byte for byte', () => {
  const file = join(temporaryFolder(), 'project.sqlite')
  storeOf(file).close()
  const raw = new SqliteDatabase(file)
  raw.pragma('user_version = 99')
  raw.close()
  const before = readFileSync(file)
  expect(() => openStore(file)).toThrow(expect.objectContaining({ code: 'newer-project' }))
  expect(readFileSync(file).equals(before)).toBe(true)
})

test.each([
  ['text', Buffer.from('this is no database, but long enough to look at: '.repeat(50))],
  ['a header alone', Buffer.from('SQLite format 3\0broken')],
])('a file that is %s is damaged, is said to be, and stays', (_name, bytes) => {
  const folder = temporaryFolder()
  const file = join(folder, 'project.sqlite')
  writeFileSync(file, bytes)
  expect(() => openStore(file)).toThrow(expect.objectContaining({ code: 'damaged-project' }))
  expect(() => openStore(file)).toThrow(/was left as it is|is not a Maskwright/)
  expect(readFileSync(file).equals(bytes)).toBe(true)
})

test('torn pages are found at opening and the file stays', () => {
  const file = join(temporaryFolder(), 'project.sqlite')
  storeOf(file, 2000).close()
  const bytes = readFileSync(file)
  bytes.fill(0xa5, 4096 * 3, 4096 * 20)
  writeFileSync(file, bytes)
  expect(() => openStore(file)).toThrow(expect.objectContaining({ code: 'damaged-project' }))
  expect(readFileSync(file).equals(bytes)).toBe(true)
})

test("another program's database is refused", () => {
  const folder = temporaryFolder()
  const file = join(folder, 'project.sqlite')
  const other = new SqliteDatabase(file)
  other.exec('CREATE TABLE theirs (id TEXT)')
  other.close()
  expect(() => openStore(file)).toThrow(/not a Maskwright project/)
  expect(readdirSync(folder)).toEqual(['project.sqlite'])
})

test('a full disk is said to be one, and nothing of the transaction is kept', () => {
  const file = join(temporaryFolder(), 'project.sqlite')
  storeOf(file).close()
  const opened = openDatabase(file)
  const store = createStore(opened)
  const pages = opened.db.pragma('page_count', { simple: true }) as number
  opened.db.pragma(`max_page_count = ${pages + 2}`)
  const fill = () =>
    store.transact(() => {
      for (let index = 0; index < 500; index += 1) store.annotations.insert([annotationOf(`a${index}`)])
    })
  expect(fill).toThrow(expect.objectContaining({ code: 'disk-full' }))
  expect(store.annotations.count()).toBe(0)
  opened.db.pragma('max_page_count = 100000')
  fill()
  expect(store.annotations.count()).toBe(500)
  store.close()
})

test('a file that another process holds is said to be in use', () => {
  const file = join(temporaryFolder(), 'project.sqlite')
  storeOf(file).close()
  const holder = new SqliteDatabase(file)
  holder.exec('BEGIN IMMEDIATE')
  const store = openStore(file)
  expect(() => store.transact(() => store.labels.remove('cat'))).toThrow(
    expect.objectContaining({ code: 'not-writable', message: expect.stringContaining('in use') as string }),
  )
  holder.exec('ROLLBACK')
  holder.close()
  store.transact(() => store.labels.remove('cat'))
  store.close()
})

test('a folder that is not there is not made', () => {
  const file = join(temporaryFolder(), 'absent', 'project.sqlite')
  expect(() => openStore(file)).toThrow()
  expect(existsSync(file)).toBe(false)
})

test('an empty project is taken away only where nobody has it open', () => {
  const file = join(temporaryFolder(), 'project.sqlite')
  const store = storeOf(file)
  expect(removeUnlessOpen(file)).toBe(false)
  store.transact(() => store.annotations.insert([annotationOf('a')]))
  store.close()
  const again = openStore(file)
  expect(again.annotations.get('a')?.id).toBe('a')
  again.close()
  expect(removeUnlessOpen(file)).toBe(true)
  expect(existsSync(file)).toBe(false)
  expect(removeUnlessOpen(file)).toBe(false)
})

test('a project that is taken away while it is opened is made anew, and never written to where it no longer lies', () => {
  const folder = join(temporaryFolder(), '.maskwright')
  const file = join(folder, 'project.sqlite')
  mkdirSync(folder)
  openDatabase(file).db.close()
  let isTaken = false
  const takingAway = {
    version: newest + 1,
    migrate(db: Database) {
      next.migrate(db)
      if (!isTaken) rmSync(folder, { recursive: true })
      isTaken = true
    },
  }
  const { db } = openDatabase(file, [...migrations, takingAway])
  expect(isTaken).toBe(true)
  expect(versionOf(db)).toBe(newest + 1)
  db.close()
  const { db: found } = openDatabase(file, [...migrations, takingAway])
  expect(tablesOf(found)).toContain('later')
  found.close()
})

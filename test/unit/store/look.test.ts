/** What is refused at opening stays byte for byte, and what is not ours is refused before it can do anything. */
import type { Database } from 'better-sqlite3'
import {
  linkSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { limits } from '../../../common/limits.ts'
import { openStore } from '../../../core/store/store.ts'
import { closedProject, cutTo, hashesOf, killedProject, overwrite, tamper } from './damage.ts'
import { temporaryFolder } from './records.ts'

const damagedError = (message = /was left as it is/i) =>
  expect.objectContaining({
    code: 'damaged-project',
    message: expect.stringMatching(message) as string,
  }) as Error

/** Nothing in the folder is changed, and nothing is left behind. */
const expectRefused = (file: string, message?: RegExp): void => {
  const names = readdirSync(dirname(file))
  const before = hashesOf(file)
  expect(() => openStore(file)).toThrow(damagedError(message))
  expect(hashesOf(file)).toEqual(before)
  expect(readdirSync(dirname(file))).toEqual(names)
}

test.each([0, 1, 100, 511])('a file of %i bytes is no new project', (bytes) => {
  const file = killedProject()
  truncateSync(file, bytes)
  expectRefused(file)
  for (const end of ['-wal', '-shm']) rmSync(file + end)
  expectRefused(file)
})

test('a log without its file is no new project', () => {
  const file = killedProject()
  rmSync(file)
  expectRefused(file, /only its log/)
  rmSync(`${file}-shm`)
  expectRefused(file, /only its log/)
})

test('an empty log alone holds nothing: a new project begins', () => {
  const file = join(temporaryFolder(), 'project.sqlite')
  writeFileSync(`${file}-wal`, '')
  writeFileSync(`${file}-shm`, '')
  const store = openStore(file)
  expect(store.images.count()).toBe(0)
  store.close()
  expect(readdirSync(dirname(file))).toEqual(['project.sqlite'])
})

const damages: [name: string, damage: (file: string) => void, isInLog: boolean][] = [
  ['the file is cut', (file) => cutTo(file, 0.6), false],
  ['its header is gone', (file) => overwrite(file, 0, Buffer.alloc(100)), true],
  ['its first page ends in noise', (file) => overwrite(file, 4096 - 300, Buffer.alloc(300, 0xa5)), true],
  ['its pages are noise', (file) => overwrite(file, 4096 * 6, Buffer.alloc(4096 * 12, 0xa5)), false],
  // There is no page 0: the last pointer of the first page's tree.
  ['its schema goes on in page 0', (file) => overwrite(file, 108, Buffer.alloc(4)), true],
  ['its format is one of the future', (file) => overwrite(file, 47, Buffer.of(9)), true],
  ['its end is zeros', (file) => overwrite(file, -4096 * 3, Buffer.alloc(4096 * 3)), false],
]

test.each(damages)('%s: refused, byte for byte the same', (_name, damage, isInLog) => {
  const closed = closedProject()
  damage(closed)
  expectRefused(closed)
  const killed = killedProject()
  damage(killed)
  if (!isInLog) {
    expectRefused(killed)
    return
  }
  // The log has that page whole: nothing is lost.
  const store = openStore(killed)
  expect(store.annotations.count()).toBe(220)
  store.close()
})

test('a log that is damaged is read up to where it is whole', () => {
  const file = killedProject()
  overwrite(`${file}-wal`, -2000, Buffer.alloc(1000, 0xa5))
  const store = openStore(file)
  expect(store.annotations.count()).toBe(200)
  store.close()
})

test('a killed process’s log is taken, and what it left of a look is cleared away when it is old', () => {
  const file = killedProject()
  const store = openStore(file)
  expect(store.annotations.count()).toBe(220)
  store.close()
  expect(readdirSync(dirname(file))).toEqual(['project.sqlite'])
})

const strangers: [name: string, change: (db: Database) => void, message: RegExp][] = [
  ['a table', (db) => db.exec('CREATE TABLE theirs (id TEXT)'), /table “theirs”/],
  ['a view', (db) => db.exec('CREATE VIEW theirs AS SELECT 1'), /view “theirs”/],
  [
    'a trigger',
    (db) => db.exec('CREATE TRIGGER theirs AFTER INSERT ON images BEGIN DELETE FROM labels; END'),
    /trigger “theirs”/,
  ],
  ['an index', (db) => db.exec('CREATE INDEX theirs ON labels (upper(name))'), /index “theirs”/],
  ['a virtual table', (db) => db.exec('CREATE VIRTUAL TABLE theirs USING fts5(a)'), /“theirs/],
  [
    'a column',
    (db) => db.exec('ALTER TABLE labels ADD COLUMN theirs TEXT AS (upper(name))'),
    /table “labels”/,
  ],
  ['statistics', (db) => db.exec('ANALYZE'), /never makes/],
  ['no table of labels', (db) => db.exec('DROP TABLE labels'), /table “labels” is missing/],
  [
    'a view without end in place of a table',
    (db) =>
      db.exec(
        `DROP TABLE edits; CREATE VIEW edits AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)
         SELECT x AS id, x AS sequence, x AS created_at FROM n`,
      ),
    /view “edits”/,
  ],
]

test.each(strangers)('%s that we never make is refused', (_name, change, message) => {
  const file = closedProject(1)
  tamper(file, change)
  expectRefused(file, message)
})

test('a schema of a hundred thousand tables is refused before SQLite reads it', () => {
  const file = closedProject(1)
  tamper(file, (db) => {
    db.pragma('synchronous = OFF')
    db.pragma('writable_schema = ON')
    const insert = db.prepare("INSERT INTO sqlite_master VALUES ('table', ?, ?, 2, ?)")
    db.transaction(() => {
      for (let index = 0; index < 100_000; index += 1)
        insert.run(`t${index}`, `t${index}`, `CREATE TABLE t${index} (a)`)
    })()
  })
  expectRefused(file, /tables which Maskwright never makes/)
})

test('in the log alone, a stranger’s table is found too', () => {
  const file = killedProject()
  const source = closedProject(1)
  // The log is made to belong to the file: both are copied while the writer is at work.
  tamper(source, (db) => {
    db.pragma('wal_autocheckpoint = 0')
    db.exec('CREATE TABLE theirs (id TEXT)')
    for (const end of ['', '-wal']) {
      rmSync(file + end)
      linkSync(source + end, file + end)
    }
    rmSync(`${file}-shm`)
    expect(() => openStore(file)).toThrow(damagedError(/table “theirs”/))
  })
})

const storeEdit = (db: Database) =>
  db.exec(`INSERT INTO edits (sequence, kind, everywhere, created_at, diff) VALUES (1, 'commit', 1, 0, '{}')`)

const excesses: [name: string, change: (db: Database) => void, message: RegExp][] = [
  [
    'more classes than there may be',
    (db) =>
      db.exec(
        `WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x <= ${limits.classes})
         INSERT INTO labels (id, name, color, position) SELECT 'l' || x, 'n' || x, '#000000', x FROM n`,
      ),
    /classes: more than/,
  ],
  [
    'a path of ten megabytes',
    (db) => db.exec(`UPDATE images SET path = printf('%.10000000c', 'x') WHERE id = 1`),
    /name or a size that no image has/,
  ],
  [
    'a class name of ten megabytes',
    (db) => db.exec(`UPDATE labels SET name = printf('%.10000000c', 'x') WHERE id = 'cat'`),
    /name that is too long/,
  ],
  [
    'an image of nine quintillion pixels',
    (db) => db.exec(`UPDATE images SET width = 9000000000000000000 WHERE id = 1`),
    /name or a size that no image has/,
  ],
  [
    'a fact of ten megabytes',
    (db) => db.exec(`INSERT INTO project VALUES ('x', printf('%.10000000c', 'x'))`),
    /too long/,
  ],
  ...(['edits SET sequence', 'edits SET id', 'sqlite_sequence SET seq', 'images SET id'] as const).map(
    (what): (typeof excesses)[number] => [
      `${what}: a number that loses its last digit on the way`,
      (db) => {
        db.pragma('foreign_keys = OFF')
        storeEdit(db)
        db.exec(`UPDATE ${what} = 9223372036854775807 - rowid`)
      },
      /counts further/,
    ],
  ),
]

test.each(excesses)('%s: refused', (_name, change, message) => {
  const file = closedProject(1)
  tamper(file, change)
  expectRefused(file, message)
})

test('a journal, which may name any file to be deleted, is refused and not played back', () => {
  const file = closedProject(1)
  writeFileSync(`${file}-journal`, Buffer.alloc(4096, 1))
  expectRefused(file, /journal/)
})

test.each(['', '-wal', '-shm', '-journal'])('a link at project.sqlite%s is not followed', (end) => {
  const file = closedProject(1)
  const away = join(temporaryFolder(), 'theirs')
  if (end === '') renameSync(file, away)
  else writeFileSync(away, 'theirs')
  symlinkSync(away, file + end)
  expect(() => openStore(file)).toThrow(damagedError(/is a link/))
  const nowhere = join(temporaryFolder(), 'nowhere')
  rmSync(file + end)
  symlinkSync(nowhere, file + end)
  expect(() => openStore(file)).toThrow(damagedError(/is a link/))
  expect(readdirSync(dirname(nowhere))).toEqual([])
})

test('a folder in the place of the file is refused', () => {
  const file = join(temporaryFolder(), 'project.sqlite')
  mkdirSync(file)
  expect(() => openStore(file)).toThrow(damagedError(/no file/))
})

/** Makes project files and damages them, in the ways that drives, other programs and strangers do. */
import SqliteDatabase, { type Database } from 'better-sqlite3'
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { annotationOf, storeOf, temporaryFolder } from './records.ts'

const ends = ['', '-wal', '-shm', '-journal']

/** What lies at the project file's place, byte for byte. */
export const hashesOf = (file: string): Record<string, string> =>
  Object.fromEntries(
    ends
      .filter((end) => existsSync(file + end))
      .map((end) => [
        end,
        createHash('sha256')
          .update(readFileSync(file + end))
          .digest('hex'),
      ]),
  )

/** A project of some pages, closed: no log beside it. */
export const closedProject = (objects = 200): string => {
  const file = join(temporaryFolder(), 'project.sqlite')
  const store = storeOf(file, 50)
  store.transact(() => {
    for (let index = 0; index < objects; index += 1)
      store.annotations.insert([annotationOf(`a${index}`, (index % 50) + 1)])
  })
  store.close()
  return file
}

/** As a killed process leaves it: the last objects are in the log alone, and its index lies beside it. */
export const killedProject = (objects = 200): string => {
  const source = closedProject(objects)
  const store = storeOf(source)
  store.transact(() => {
    for (let index = 0; index < 20; index += 1) store.annotations.insert([annotationOf(`late${index}`)])
  })
  const file = join(temporaryFolder(), 'project.sqlite')
  for (const end of ['', '-wal', '-shm']) copyFileSync(source + end, file + end)
  store.close()
  return file
}

/** Changes bytes; a negative place counts from the end. */
export const overwrite = (file: string, at: number, bytes: Buffer): void => {
  const all = readFileSync(file)
  bytes.copy(all, at < 0 ? all.length + at : at)
  writeFileSync(file, all)
}

export const cutTo = (file: string, share: number): void =>
  truncateSync(file, Math.floor(readFileSync(file).length * share))

/** Writes as a stranger does: without our checks, with the right to change the schema. */
export const tamper = (file: string, change: (db: Database) => void): void => {
  const db = new SqliteDatabase(file)
  try {
    db.unsafeMode()
    db.pragma('ignore_check_constraints = ON')
    db.pragma('foreign_keys = OFF')
    change(db)
  } finally {
    db.close()
  }
}

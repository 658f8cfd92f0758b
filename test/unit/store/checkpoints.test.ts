/** While very many edits follow each other their log waits for a quiet moment; what it holds is as safe and as visible. */
import SqliteDatabase from 'better-sqlite3'
import { copyFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createCheckpoints } from '../../../core/store/checkpoints.ts'
import { temporaryFolder } from './records.ts'

/** Longer than SQLite's usual 1000 pages, bytes. */
const LONG = 8 * 1024 * 1024

const open = (after: number) => {
  const file = join(temporaryFolder(), 'a.sqlite')
  const db = new SqliteDatabase(file)
  onTestFinished(() => void db.close())
  db.pragma('journal_mode = WAL')
  db.exec('CREATE TABLE a (text TEXT)')
  db.pragma('wal_checkpoint(TRUNCATE)')
  const checkpoints = createCheckpoints(db, after)
  onTestFinished(() => checkpoints.end())
  const write = (wait: boolean) => {
    if (wait) checkpoints.wait()
    db.prepare('INSERT INTO a VALUES (?)').run('x'.repeat(100_000))
  }
  const sizes = () => ({ file: statSync(file).size, log: statSync(`${file}-wal`).size })
  const usual = () => db.pragma('wal_autocheckpoint', { simple: true })
  return { file, db, write, sizes, usual }
}

test('very many edits stay in the log, and are put into the file when they have ended', async () => {
  const { write, sizes, usual } = open(50)
  for (let k = 0; k < 100; k++) write(true)
  expect(sizes().log).toBeGreaterThan(LONG)
  expect(sizes().file).toBeLessThan(LONG)
  await expect.poll(() => sizes().file).toBeGreaterThan(LONG)
  expect(usual()).toBe(1000)
})

test('a usual edit among them does not wait for their log to be put away', () => {
  const { write, sizes } = open(60_000)
  for (let k = 0; k < 100; k++) write(true)
  write(false)
  expect(sizes().file).toBeLessThan(LONG)
})

test('usual edits are put away as ever, by SQLite itself', () => {
  const { write, sizes } = open(60_000)
  for (let k = 0; k < 100; k++) write(false)
  expect(sizes().file).toBeGreaterThan(LONG / 2)
})

test('a program that dies before leaves all of it in the log', () => {
  const { file, write } = open(60_000)
  for (let k = 0; k < 100; k++) write(true)
  const left = join(temporaryFolder(), 'left.sqlite')
  for (const end of ['', '-wal']) copyFileSync(file + end, left + end)
  const db = new SqliteDatabase(left)
  onTestFinished(() => void db.close())
  expect(db.prepare('SELECT count(*) FROM a').pluck().get()).toBe(100)
})

import SqliteDatabase from 'better-sqlite3'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { storeOf, temporaryFolder } from '../store/records.ts'

/** Kills the loop some moments after its first commit, and returns the ids that it had acknowledged. */
const killLoop = (file: string, after: number) =>
  new Promise<string[]>((resolve, reject) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'commit-loop.ts'), file])
    let out = ''
    let errors = ''
    child.stdout.on('data', (data: Buffer) => {
      if (out === '') setTimeout(() => child.kill('SIGKILL'), after)
      out += data.toString()
    })
    child.stderr.on('data', (data: Buffer) => (errors += data.toString()))
    child.on('close', (_code, signal) => {
      if (signal === null) reject(new Error(`The loop ended by itself: ${errors}`))
      // A line without its end was cut by the kill: its commit had returned, but was not acknowledged whole.
      else resolve(out.split('\n').slice(0, -1))
    })
  })

test('50 kills in mid-loop: no acknowledged commit is missing, the file is whole', async () => {
  const file = join(temporaryFolder(), 'project.sqlite')
  storeOf(file).close()
  const acknowledged: string[] = []
  for (let kill = 0; kill < 50; kill += 1) {
    const ids = await killLoop(file, (kill * 7) % 40)
    expect(ids.length).toBeGreaterThan(0)
    acknowledged.push(...ids)
    const db = new SqliteDatabase(file)
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
    const stored = new Set(db.prepare('SELECT id FROM annotations').pluck().all())
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([])
    // An annotation and its entry in the undo log are there together or not at all.
    expect(db.prepare('SELECT count(*) FROM edits').pluck().get()).toBe(stored.size)
    expect(db.prepare('SELECT count(*) FROM edit_images').pluck().get()).toBe(stored.size)
    db.close()
  }
  expect(acknowledged.length).toBeGreaterThan(50)
}, 300_000)

/** A merge that is killed in the middle: nothing is lost, the next opening says so, and merging again gives the end. */
import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { expect, test } from 'vitest'
import { createEditing } from '../../../core/editing/editing.ts'
import { moveWholeRun } from '../../../core/editing/undo-run.ts'
import { tellUnfinished } from '../../../core/project/unfinished.ts'
import { openStore } from '../../../core/store/store.ts'
import { merge, meaningOf, personOf, stateOf, type Words } from './people.ts'

/** More than one edit of a merge holds, nowhere one on another. */
const many = (name: string, count: number, from: number): Words => ({
  classes: [{ name: 'cat' }],
  objects: Array.from({ length: count }, (_, index) => ({
    id: `${name}-${index}`,
    image: 1 + (index % 3),
    label: 'cat',
    at: [from + (index % 100) * 30, Math.floor(index / 100) * 30] as const,
  })),
})

/** Kills it when the first edit is stored. @returns how many objects it said were stored */
const killMerge = (file: string, folder: string) =>
  new Promise<number>((resolve, reject) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'merge-loop.ts'), file, folder])
    let out = ''
    let errors = ''
    child.stdout.on('data', (data: Buffer) => {
      out += data.toString()
      child.kill('SIGKILL')
    })
    child.stderr.on('data', (data: Buffer) => (errors += data.toString()))
    child.on('close', (_code, signal) => {
      if (signal === null) reject(new Error(`The merge ended by itself: ${errors}`))
      else resolve(Number(out.split('\n')[0]))
    })
  })

test('kill -9 in the middle of a merge', async () => {
  const anna = personOf('anna', many('anna', 50, 0))
  const ben = personOf('ben', many('ben', 9000, 3100))
  const whole = personOf('anna', many('anna', 50, 0))
  await merge(whole, ben)
  mkdirSync(join(ben.folder, '.maskwright'))
  await ben.store.backup(join(ben.folder, '.maskwright', 'project.sqlite'))
  const before = stateOf(anna)
  anna.store.close()

  const stored = await killMerge(anna.store.file, ben.folder)
  const db = new SqliteDatabase(anna.store.file)
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  const count = db.prepare<[], number>('SELECT count(*) FROM annotations').pluck().get()
  db.close()
  expect(count).toBe(50 + stored)
  expect(stored).toBeLessThan(9000)

  const store = openStore(anna.store.file)
  const note = {
    get: () => store.project.get('unfinished'),
    set: (text: string) => store.transact(() => store.project.set('unfinished', text)),
  }
  expect(tellUnfinished(note)).toContain('The merge was cut off before its end.')
  expect(tellUnfinished(note)).toBeNull()
  const again = { ...anna, store }
  const { undo } = await merge(again, ben)
  expect(meaningOf(again)).toEqual(meaningOf(whole))
  await undo()
  const editing = createEditing(store, () => undefined)
  await moveWholeRun(() => editing, 'merge.killed', 'undo')
  expect(stateOf(again)).toEqual(before)
  store.close()
}, 120_000)

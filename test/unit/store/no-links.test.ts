/** On drives without hard links (FAT, some network drives): the same refusals, the same openings. */
import type * as Fs from 'node:fs'
import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { openStore } from '../../../core/store/store.ts'
import { closedProject, cutTo, hashesOf, killedProject, tamper } from './damage.ts'
import { storeOf, temporaryFolder } from './records.ts'

vi.mock('node:fs', async (original) => ({
  ...(await original<typeof Fs>()),
  linkSync: () => {
    throw Object.assign(new Error('EPERM: operation not permitted, link'), { code: 'EPERM' })
  },
}))

test('a new project is made and found again, a killed one goes on', () => {
  const file = join(temporaryFolder(), 'project.sqlite')
  storeOf(file).close()
  expect(readdirSync(dirname(file))).toEqual(['project.sqlite'])
  for (const [path, objects] of [
    [closedProject(), 200],
    [killedProject(), 220],
  ] as const) {
    const store = openStore(path)
    expect(store.annotations.count()).toBe(objects)
    store.close()
    expect(readdirSync(dirname(path))).toEqual(['project.sqlite'])
  }
})

test('what is refused stays byte for byte', () => {
  for (const file of [closedProject(), killedProject()]) {
    cutTo(file, 0.6)
    const [before, names] = [hashesOf(file), readdirSync(dirname(file))]
    expect(() => openStore(file)).toThrow(expect.objectContaining({ code: 'damaged-project' }))
    expect(hashesOf(file)).toEqual(before)
    expect(readdirSync(dirname(file))).toEqual(names)
  }
  const file = closedProject()
  tamper(file, (db) => db.exec('CREATE TABLE theirs (id TEXT)'))
  const before = hashesOf(file)
  expect(() => openStore(file)).toThrow(/theirs/)
  expect(hashesOf(file)).toEqual(before)
  expect(readdirSync(dirname(file))).toEqual(['project.sqlite'])
})

/** Hundreds of small damages, made by a generator: each file opens, or is refused in our words, byte for byte the same. */
import { copyFileSync, existsSync, readFileSync, readdirSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { CodedError } from '../../../common/errors.ts'
import { canSalvage } from '../../../core/store/salvage.ts'
import { openStore } from '../../../core/store/store.ts'
import { hashesOf, killedProject } from './damage.ts'
import { temporaryFolder } from './records.ts'
import { createRandom } from '../../support/random.ts'

const damage = (file: string, random: () => number): void => {
  const target = random() < 0.5 && existsSync(`${file}-wal`) ? `${file}-wal` : file
  const bytes = readFileSync(target)
  const at = () => Math.floor(random() * (random() < 0.3 ? 200 : bytes.length))
  if (random() < 0.15) {
    truncateSync(target, at())
    return
  }
  for (let count = 1 + Math.floor(random() * 8); count > 0; count -= 1) {
    const start = at()
    const length = random() < 0.5 ? 1 : Math.floor(random() * 3000)
    for (let index = start; index < Math.min(bytes.length, start + length); index += 1)
      bytes[index] = Math.floor(random() * 256)
  }
  writeFileSync(target, bytes)
}

test.each([1, 2, 3, 4])('60 damaged files of seed %i', (seed) => {
  const source = killedProject(60)
  const random = createRandom(seed)
  const counts = { opened: 0, refused: 0, readable: 0 }
  for (let number = 0; number < 60; number += 1) {
    const file = join(temporaryFolder(), 'project.sqlite')
    for (const end of random() < 0.5 ? ['', '-wal', '-shm'] : ['']) copyFileSync(source + end, file + end)
    damage(file, random)
    const [before, names] = [hashesOf(file), readdirSync(dirname(file))]
    try {
      const store = openStore(file)
      counts.opened += 1
      for (const id of store.images.ids()) store.annotations.readImage(id)
      store.close()
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(CodedError)
      expect((thrown as CodedError).message).not.toMatch(/sqlite_|SQLITE|malformed|undefined/)
      if (!['damaged-project', 'newer-project'].includes((thrown as CodedError).code)) throw thrown
      expect(hashesOf(file)).toEqual(before)
      counts.refused += 1
      if (canSalvage(file)) counts.readable += 1
      expect(hashesOf(file)).toEqual(before)
      expect(readdirSync(dirname(file))).toEqual(names)
    }
  }
  expect(counts.opened + counts.refused).toBe(60)
  expect(counts.refused).toBeGreaterThan(10)
  expect(counts.readable).toBeGreaterThan(0)
})

/** `maskwright stats` as a process of its own: a project that an import has filled, and a folder without one. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Statistics } from '../../../common/contract/statistics.ts'
import { createBench, type Bench } from './run-cli.ts'

let bench: Bench
beforeAll(() => void (bench = createBench()))
afterAll(() => bench.remove())

it('counts nothing of a folder without a project, and leaves none there; then what an import made', async () => {
  const photos = bench.photos()
  const empty = await bench.run(['stats', photos])
  expect(empty.code).toBe(0)
  expect(empty.out).toContain('6 images: 6 todo')
  expect(existsSync(join(photos, '.maskwright'))).toBe(false)

  const labels = join(bench.top, 'labels')
  mkdirSync(labels)
  writeFileSync(join(labels, 'coffee.txt'), '0 .5 .5 .2 .2\n0 .2 .2 .1 .1\n')
  writeFileSync(join(labels, 'classes.txt'), 'cup\n')
  await bench.run(['import', photos, labels])
  const { code, out } = await bench.run(['stats', photos, '--json'])
  const found = JSON.parse(out) as Statistics
  expect(code).toBe(0)
  expect(found).toMatchObject({ objects: 2, images: { all: 6, labelled: 1 }, pace: null })
  expect(found.classes.find(({ name }) => name === 'cup')?.objects).toBe(2)
  expect(found.days).toEqual([expect.objectContaining({ import: 2, hand: 0 })])
  const words = (await bench.run(['stats', photos])).out
  expect(words).toMatch(/Objects by class\n +class +objects\n(.*\n)*? +cup +2\n/)
  expect(words).toContain('Left: 5 images')
})

/** Parts of a folder: disjoint, whole, the same for everyone; and two jobs whose work is joined. */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { shardOption } from '../../../cli/command.ts'
import { isInShard } from '../../../common/shard.ts'
import { tinyDetector } from '../../support/tiny-detectors.ts'
import { writeTwoFields } from '../../support/two-fields.ts'
import { createBench, type Bench } from './run-cli.ts'

vi.setConfig({ testTimeout: 300_000 })

let bench: Bench
beforeAll(() => void (bench = createBench()))
afterAll(() => bench.remove())

test('each image is in one part, and the parts are about as large', () => {
  const paths = Array.from({ length: 4000 }, (_, at) => `walk/frame_${String(at).padStart(6, '0')}.jpg`)
  const sizes = Array.from({ length: 16 }, () => 0)
  for (const path of paths) {
    const parts = sizes.flatMap((_, at) => (isInShard(path, { part: at + 1, of: 16 }) ? [at] : []))
    expect(parts).toHaveLength(1)
    sizes[parts[0]!]!++
  }
  for (const size of sizes) expect(Math.abs(size - 250)).toBeLessThan(75)
})

test('two jobs label a folder, and merge joins what they made', async () => {
  const model = join(bench.top, 'fields.onnx')
  writeFileSync(model, tinyDetector('v8'))
  const names = ['a.png', 'b.png', 'c.png', 'd.png']
  const [one, two] = ['one', 'two'].map((name) => join(bench.top, name)) as [string, string]
  mkdirSync(one)
  // Pictures that are not the same: a merge pairs them by their content.
  for (const [at, name] of names.entries()) writeTwoFields(join(one, name), at)
  cpSync(one, two, { recursive: true })
  const wanted = names.filter((name) => isInShard(name, { part: 1, of: 2 }))
  expect(wanted.length).toBeGreaterThan(0)
  expect(wanted.length).toBeLessThan(names.length)

  const first = await bench.run(['detect', model, one, '--shard', '1/2', '--json'])
  expect(first, first.err).toMatchObject({ code: 0 })
  expect(JSON.parse(first.out)).toMatchObject({ images: wanted.length, objects: 2 * wanted.length })
  const second = await bench.run(['detect', model, two, '--shard', '2/2', '--json'])
  expect(JSON.parse(second.out)).toMatchObject({ objects: 2 * (names.length - wanted.length) })
  expect(await bench.run(['merge', one, two, '--into', one])).toMatchObject({ code: 0 })
  const listed = await bench.run(['list', one, '--json'])
  expect((JSON.parse(listed.out) as { objects: number }[]).map(({ objects }) => objects)).toEqual([
    2, 2, 2, 2,
  ])
})

test('what is no part is refused', () => {
  expect(shardOption('3/16')).toEqual({ shard: { part: 3, of: 16 } })
  for (const part of ['0/4', '5/4', '3', '1/2/3', 'a/b', '1/0'])
    expect(() => shardOption(part)).toThrow(/--shard takes a part of how many, such as 3\/16/)
})

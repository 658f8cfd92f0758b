/** `maskwright check` as a process of its own: what it says, its exit codes, JSON, and repairs. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createBench, type Bench } from './run-cli.ts'

let bench: Bench
beforeAll(() => void (bench = createBench()))
afterAll(() => bench.remove())

it('finds, says and mends what is wrong, with an exit code for scripts', async () => {
  const photos = bench.photos()
  const check = (...args: string[]) => bench.run(['check', photos, ...args])
  const empty = await check('--only', 'tiny,duplicate')
  expect(empty).toMatchObject({ code: 0, out: 'Nothing is wrong.\n' })
  expect(existsSync(join(photos, '.maskwright'))).toBe(false)

  const labels = join(bench.top, 'labels')
  mkdirSync(labels)
  writeFileSync(join(labels, 'coffee.txt'), '0 .5 .5 .2 .2\n0 .5 .5 .2 .201\n0 .2 .2 .001 .001\n')
  writeFileSync(join(labels, 'classes.txt'), 'cup\n')
  await bench.run(['import', photos, labels])

  const found = await check('--only', 'tiny,duplicate')
  expect(found.code).toBe(1)
  expect(found.out).toMatch(
    /^Tiny objects: 1\n {2}coffee\.jpg: .+\nObjects that are there twice: 1\n {2}coffee\.jpg: /,
  )
  expect(found.err).toContain('2 things are wrong.')

  const { code, out } = await check('--only', 'tiny,duplicate', '--json')
  expect(code).toBe(1)
  expect(JSON.parse(out)).toMatchObject({
    total: 2,
    counts: { tiny: 1, duplicate: 1 },
    findings: [
      { kind: 'tiny', image: 'coffee.jpg' },
      { kind: 'duplicate', image: 'coffee.jpg' },
    ],
  })
  expect((await check('--only', 'tiny', '--filter', 'name:cat*')).code).toBe(0)

  // A repair that leaves something else wrong still says so.
  const half = await check('--only', 'tiny,duplicate', '--repair', 'duplicate')
  expect(half).toMatchObject({ code: 1, out: expect.stringMatching(/^Tiny objects: 1\n/) as string })
  expect(half.out).not.toContain('twice')
  expect((await check('--only', 'tiny,duplicate', '--repair', 'tiny')).code).toBe(0)
  const { objects } = JSON.parse((await bench.run(['stats', photos, '--json'])).out) as { objects: number }
  expect(objects).toBe(1)
})

it('refuses kinds and folders that there are not', async () => {
  expect(await bench.run(['check', 'nowhere'])).toMatchObject({ code: 1, out: '' })
  const wrong = await bench.run(['check', '.', '--repair', 'everything'])
  expect(wrong.code).toBe(2)
  expect(wrong.err).toContain('--repair takes tiny, duplicate, outside')
})

/** `maskwright agreement` as a process of its own, on two folders that imports have filled; one file was renamed. */
import { cpSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Agreement } from '../../../core/agreement/agreement.ts'
import { createBench, type Bench } from './run-cli.ts'

let bench: Bench
beforeAll(() => void (bench = createBench()))
afterAll(() => bench.remove())

it('compares what both have labelled, wherever the picture lies now', async () => {
  const anna = bench.photos()
  const ben = join(bench.top, 'ben')
  cpSync(anna, ben, { recursive: true })
  renameSync(join(ben, 'coffee.jpg'), join(ben, 'renamed.jpg'))
  const label = async (photos: string, name: string, files: Readonly<Record<string, string>>) => {
    const labels = join(bench.top, name)
    mkdirSync(labels)
    writeFileSync(join(labels, 'classes.txt'), 'cup\nspoon\n')
    for (const [file, text] of Object.entries(files)) writeFileSync(join(labels, file), text)
    expect((await bench.run(['import', photos, labels])).code).toBe(0)
  }
  await label(anna, 'labels-anna', {
    'coffee.txt': '0 .5 .5 .4 .4\n1 .2 .2 .1 .1\n',
    'cat.txt': '0 .5 .5 .2 .2\n',
  })
  await label(ben, 'labels-ben', { 'renamed.txt': '0 .5 .5 .4 .4\n0 .2 .2 .1 .1\n0 .8 .8 .1 .1\n' })

  const { code, out } = await bench.run(['agreement', anna, ben, '--json'])
  expect(code).toBe(0)
  const found = JSON.parse(out) as Agreement & { onlyInA: number; notLabelledByBoth: number }
  expect(found).toMatchObject({
    images: 1,
    one: 2,
    other: 3,
    matched: 2,
    sameClass: 0.5,
    onlyInA: 0,
    notLabelledByBoth: 5,
  })
  const [mine, theirs] = found.people
  expect(mine).toMatchObject({ side: 'one', objects: 2, matched: 2, share: 1, sameClass: 0.5 })
  expect(theirs).toMatchObject({ side: 'other', objects: 3, matched: 2 })
  expect(mine!.name).not.toBeNull()
  expect(found.confusion).toEqual({
    names: ['cup', 'spoon'],
    counts: [
      [1, 0, 0],
      [1, 0, 0],
      [1, 0, 0],
    ],
  })
  expect((await bench.run(['agreement', anna, ben])).out).toMatch(
    /2 found by both: 80\.0 %[^]*annotator.*found by the other/,
  )
  expect(await bench.run(['agreement', anna])).toMatchObject({ code: 2 })
})

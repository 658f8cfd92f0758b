/** `maskwright merge` as a process of its own: asked, by a rule, into one of the two and into a new folder. */
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { MergeReport } from '../../../common/contract/merge.ts'
import { readStoredObjects } from '../../support/project-file.ts'
import { createBench, type Bench } from './run-cli.ts'

let bench: Bench
beforeAll(() => void (bench = createBench()))
afterAll(() => bench.remove())

it('lists what differs and stops, takes a rule, and makes a new folder of both', async () => {
  const anna = bench.photos()
  const ben = join(bench.top, 'ben')
  cpSync(anna, ben, { recursive: true })
  renameSync(join(ben, 'coffee.jpg'), join(ben, 'renamed.jpg'))
  cpSync(join(ben, 'cat.jpg'), join(ben, 'new.jpg'))
  writeFileSync(join(ben, 'new.jpg'), Buffer.concat([readFileSync(join(ben, 'cat.jpg')), Buffer.from('x')]))
  rmSync(join(anna, 'cat.jpg'))
  const label = async (photos: string, name: string, files: Readonly<Record<string, string>>) => {
    const labels = join(bench.top, name)
    mkdirSync(labels)
    writeFileSync(join(labels, 'classes.txt'), 'cup\nspoon\n')
    for (const [file, text] of Object.entries(files)) writeFileSync(join(labels, file), text)
    expect((await bench.run(['import', photos, labels])).code).toBe(0)
  }
  await label(anna, 'labels-anna', { 'coffee.txt': '0 .5 .5 .4 .4\n1 .2 .2 .1 .1\n' })
  await label(ben, 'labels-ben', {
    'renamed.txt': '0 .5 .5 .4 .4\n0 .2 .2 .1 .1\n0 .8 .8 .1 .1\n',
    'new.txt': '1 .5 .5 .2 .2\n',
  })
  const before = readStoredObjects(anna)
  const asked = await bench.run(['merge', anna, ben, '--into', anna])
  expect(asked.code).toBe(1)
  expect(asked.out).toContain('1 the same, 0 only in')
  expect(asked.out).toContain('class differs, outlines share 100 %: not decided')
  expect(asked.err).toContain('--rule first, second or both')
  expect(readStoredObjects(anna)).toEqual(before)

  const c = join(bench.top, 'c')
  // What a merge that was killed has left.
  mkdirSync(join(bench.top, 'c.merging'))
  writeFileSync(join(bench.top, 'c.merging', '.maskwright-merging'), '')
  const fresh = await bench.run(['merge', anna, ben, '--into', c, '--rule', 'second', '--json'])
  expect(fresh.code).toBe(0)
  const report = JSON.parse(fresh.out) as MergeReport
  expect(report.objects).toMatchObject({ same: 1, conflicts: 1, byThere: 1, onlyThere: 2, leftThere: 0 })
  expect(report.conflicts).toMatchObject([{ image: 'coffee.jpg', reasons: ['class'], choice: 'there' }])
  expect(
    readStoredObjects(c)
      .map(({ image, label: name }) => `${image} ${name}`)
      .sort(),
  ).toEqual(['coffee.jpg cup', 'coffee.jpg cup', 'coffee.jpg cup', 'new.jpg spoon'])
  expect(existsSync(join(c, 'cat.jpg'))).toBe(true)
  expect(existsSync(join(bench.top, 'c.merging'))).toBe(false)
  expect(readStoredObjects(anna)).toEqual(before)
  expect((await bench.run(['merge', anna, ben, '--into', c])).err).toContain('is not empty')

  expect((await bench.run(['merge', anna, ben, '--into', anna, '--rule', 'first'])).code).toBe(0)
  expect(readStoredObjects(anna).map(({ label: name }) => name)).toEqual(['cup', 'spoon', 'cup'])
  expect((await bench.run(['merge', anna, ben])).code).toBe(2)
}, 180_000)

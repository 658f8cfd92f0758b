/** Classes of one export: order, merging, leaving out, and what is said of their numbers. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { ExportRequest } from '../../../common/contract/export.ts'
import { readInstances } from '../../support/readers/coco-reader.ts'
import { createFolder, exportFrom, labelsOf, type TestFolder, type TestImage } from './folder.ts'
import { disc, rectangle } from './shapes.ts'

const made: TestFolder[] = []
afterEach(() => made.splice(0).forEach((folder) => folder.remove()))

const box = rectangle(10, 10, 20, 20)
const images: TestImage[] = [
  {
    path: 'a.png',
    shapes: [
      { label: 0, shape: disc },
      { label: 1, shape: box },
      { label: 2, shape: box },
    ],
  },
  { path: 'b.png', shapes: [{ label: 2, shape: disc }] },
  { path: 'c.png', shapes: [{ label: 1, shape: disc }] },
]
const [cat, dog, puppy] = ['label-0', 'label-1', 'label-2']
const merged = [
  { name: 'dog', labels: [dog, puppy] },
  { name: 'cat', labels: [cat] },
]

const open = () => {
  const project = createFolder(images, labelsOf('cat', 'dog', 'puppy'))
  made.push(project)
  const out = join(project.top, 'out')
  return { out, run: (request: Partial<ExportRequest>) => exportFrom(project.source, { out, ...request }) }
}

describe('classes of an export', () => {
  it('have the asked order, and one takes the objects of several', async () => {
    const { out, run } = open()
    const report = await run({
      format: 'coco',
      copyImages: false,
      classes: merged,
    })
    const data = readInstances(join(out, 'annotations/instances.json'))
    expect(data.categories.map(({ id, name }) => [id, name])).toEqual([
      [1, 'dog'],
      [2, 'cat'],
    ])
    expect(data.annotations.map((one) => one.category_id)).toEqual([2, 1, 1, 1, 1])
    expect(report.classes).toEqual([
      { name: 'dog', objects: 4, sides: null },
      { name: 'cat', objects: 1, sides: null },
    ])
  })

  it('that are not asked for are left out, counted, and no image without others teaches that nothing is there', async () => {
    const { out, run } = open()
    const report = await run({
      format: 'yolo-det',
      classes: [
        { name: 'cat', labels: [cat] },
        { name: 'dog', labels: [dog] },
      ],
    })
    expect([report.images, report.annotations]).toEqual([2, 3])
    expect(readFileSync(join(out, 'classes.txt'), 'utf8')).toBe('cat\ndog\n')
    const messages = report.leftOut.map(({ message }) => message)
    expect(messages).toContain('An object of the class "puppy": it was not asked for.')
    expect(messages.some((message) => message.includes('not marked done'))).toBe(true)
    const [one, two] = report.classes
    expect([one!.objects, two!.objects]).toEqual([1, 2])
    for (const { objects, sides } of report.classes)
      expect(sides!.train + sides!.val + sides!.test).toBe(objects)
  })

  it('with other numbers than in the export before are said', async () => {
    const { run } = open()
    const asked = { format: 'coco', copyImages: false }
    expect((await run(asked)).notes.join(' ')).not.toContain('Numbers of classes')
    expect((await run(asked)).notes.join(' ')).not.toContain('Numbers of classes')
    const { notes } = await run({ ...asked, classes: merged })
    expect(notes.at(-1)).toBe(
      'Numbers of classes are others than in the last export into this folder: "cat" was 1 and is 2, ' +
        '"dog" was 2 and is 1, "puppy" was 3 and is gone.',
    )
  })

  it('are refused when one is said twice or is not there', async () => {
    const { run } = open()
    const twice = [
      { name: 'a', labels: [cat] },
      { name: 'b', labels: [cat] },
    ]
    await expect(run({ classes: twice })).rejects.toMatchObject({ code: 'bad-input' })
    await expect(run({ classes: [{ name: 'a', labels: ['gone'] }] })).rejects.toMatchObject({
      code: 'bad-input',
    })
  })
})

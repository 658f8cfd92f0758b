/** Classes of one export: order, merging, leaving out, and what is said of their numbers. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { ExportRequest } from '../../../common/contract/export.ts'
import type { Label } from '../../../common/model.ts'
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
  let labels = project.source.labels()
  const source = { ...project.source, labels: () => labels }
  return {
    out,
    run: (request: Partial<ExportRequest>) => exportFrom(source, { out, ...request }),
    change: (now: readonly Label[]) => void (labels = now),
  }
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
    const { notes } = await run({ ...asked, classes: merged, renumber: true })
    expect(notes[0]).toBe(
      'Numbers of classes are others than in the last export into this folder: "cat" was 1 and is 2, ' +
        '"dog" was 2 and is 1, "puppy" was 3 and is gone.',
    )
  })

  it('keep the numbers of the last export into the folder, new ones come after, and no number is given again', async () => {
    const { out, run, change } = open()
    const asked = { format: 'yolo-det', copyImages: false }
    expect((await run(asked)).keepsNumbers).toBe(false)
    const [first, second, third] = labelsOf('cat', 'dog', 'puppy')
    // Another order, a new name for the second, the third gone, and a fourth in front.
    const bird = { ...first!, id: 'label-9', name: 'bird' }
    change([bird, { ...second!, name: 'hound' }, first!])
    const report = await run({ ...asked, classes: undefined })
    expect(readFileSync(join(out, 'classes.txt'), 'utf8')).toBe('cat\nhound\npuppy\nbird\n')
    expect(readFileSync(join(out, 'labels/a.txt'), 'utf8')).toMatch(/^0 .*\n1 .*\n$/)
    expect(report.keepsNumbers).toBe(true)
    expect(report.notes).toContain(
      'Classes keep the numbers of the last export into this folder: "cat" has 0 (anew it would have 2), ' +
        '"bird" has 3 (anew it would have 0).',
    )
    expect(report.notes.join(' ')).toContain('so that no other gets their numbers: "puppy" (2).')
    change([bird, third!, first!])
    await run(asked)
    expect(readFileSync(join(out, 'classes.txt'), 'utf8')).toBe('cat\nhound\npuppy\nbird\n')
    const anew = await run({ ...asked, renumber: true })
    expect(readFileSync(join(out, 'classes.txt'), 'utf8')).toBe('bird\npuppy\ncat\n')
    expect(anew.notes.join(' ')).toContain('"cat" was 0 and is 2')
    expect(anew.keepsNumbers).toBe(false)
  })

  it('are numbered anew in a folder of other classes, and where the marker lists what no project has', async () => {
    const { out, run, change } = open()
    const asked = { format: 'yolo-det', copyImages: false }
    await run(asked)
    change(labelsOf('hen', 'cat', 'ox'))
    const marker = join(out, '.maskwright-export')
    const stored = JSON.parse(readFileSync(marker, 'utf8')) as { classes: string[] }
    for (const classes of [
      ['cat', 'cat'],
      ['', 'cat'],
      ['x'.repeat(500), 'cat'],
    ]) {
      writeFileSync(marker, JSON.stringify({ ...stored, classes }))
      await run(asked)
      expect(readFileSync(join(out, 'classes.txt'), 'utf8')).toBe('hen\ncat\nox\n')
    }
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

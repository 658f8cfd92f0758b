/** A file of nine megabytes, with objects of every kind of fault. */
import { afterEach, expect, test } from 'vitest'
import { startWork } from '../../../common/work-client.ts'
import { compressCounts, rleOfShape } from '../../../common/geometry/rle.ts'
import { openImportProject, type ImportProject } from './project.ts'

let project: ImportProject | null = null
afterEach(async () => {
  await project?.close()
  project = null
})

/** Many times what is read in one piece. */
const padding = { description: 'x'.repeat(9e6) }

const mask = rleOfShape({ type: 'rectangle', x: 5, y: 6, width: 20, height: 11 }, 100, 80)

const records = (image: number) => [
  { image_id: image, category_id: 2, segmentation: [[10, 10, 40.25, 12, 30, 44.5]] },
  { image_id: image, category_id: 1, bbox: [1, 2, 30, 40] },
  {
    image_id: image,
    category_id: 1,
    segmentation: { size: mask.size, counts: compressCounts(mask.counts) },
  },
  // It crosses itself, sticks out, encloses nothing, and is no record.
  { image_id: image, category_id: 1, segmentation: [[50, 10, 70, 30, 70, 10, 50, 30]] },
  { image_id: image, category_id: 1, segmentation: [[80, 60, 180, 60, 180, 70, 80, 70]] },
  { image_id: image, category_id: 1, segmentation: [[5, 5, 6, 6, 7, 7]] },
  { image_id: image, category_id: 'cat', bbox: [1, 2, 3, 4] },
]

const file = (images: number) => ({
  info: padding,
  images: Array.from({ length: images }, (_, index) => ({
    id: index + 1,
    file_name: `${index + 1}.png`,
    width: 100,
    height: 80,
  })),
  categories: [
    { id: 1, name: 'cat' },
    { id: 2, name: 'dog' },
  ],
  annotations: Array.from({ length: images }, (_, index) => records(index + 1)).flat(),
})

test('a large import is stored, undone as one, and leaves nothing when it is cancelled', async () => {
  const sides = Object.fromEntries(
    Array.from({ length: 12 }, (_, index) => [`${index + 1}.png`, [100, 80] as const]),
  )
  project = await openImportProject(sides)
  const { write, take, look, objects, client } = project
  const path = write('instances.json', file(12))
  const ended = new Promise<string>((resolve) => {
    const stop = client.on('work.changed', ({ work }) => {
      if (work.kind !== 'import') return
      if (work.state === 'running') void client.call('work.cancel', { id: work.id })
      if (!['cancelled', 'done', 'failed'].includes(work.state)) return
      stop()
      resolve(work.state)
    })
  })
  await startWork(client, 'import', { source: { path }, existing: 'keep', boxes: 'rectangles' })
  expect(await ended).toBe('cancelled')
  expect(await objects()).toEqual({})

  expect(await look(path)).toMatchObject({ added: 60, leftOut: 24 })
  const { run, report } = await take(path)
  expect(report).toMatchObject({ added: 60, leftOut: 24, newClasses: 2 })
  expect(Object.values(await objects()).flat()).toHaveLength(60)
  expect((await take(path)).report).toMatchObject({ added: 0, already: 60 })
  await client.call('edit.undoRun', { run })
  expect(await objects()).toEqual({})
  await client.call('edit.redoRun', { run })
  expect(Object.values(await objects()).flat()).toHaveLength(60)
})

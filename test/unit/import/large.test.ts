/** A large file is read by a thread of its own: what comes of it is the same, and so is what it refuses. */
import { Buffer } from 'node:buffer'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'
import { CodedError, toErrorReply } from '../../../common/errors.ts'
import { startWork } from '../../../common/work-client.ts'
import { compressCounts, rleOfShape } from '../../../common/geometry/rle.ts'
import { allFormats } from '../../../core/formats/all-formats.ts'
import { fitObjects } from '../../../core/import/fit-objects.ts'
import { openLabels } from '../../../core/import/read-labels.ts'
import { openApart } from '../../../core/work/import/thread/open-apart.ts'
import { openImportProject, type ImportProject } from './project.ts'

const top = mkdtempSync(join(tmpdir(), 'maskwright-large-'))
afterAll(() => rmSync(top, { recursive: true, force: true }))

let project: ImportProject | null = null
afterEach(async () => {
  await project?.close()
  project = null
})

/** Past the size from which a thread is worth its start. */
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

test('the thread reads and fits as it is done without one', async () => {
  const path = join(top, 'instances.json')
  writeFileSync(path, JSON.stringify(file(3)))
  const [here, apart] = [await openLabels(allFormats, { path }), (await openApart({ path }, []))!]
  const frame = { width: 100, height: 80, orientation: 1 }
  expect({ ...apart, images: 0, close: 0 }).toEqual({ ...here, images: 0, close: 0 })
  const read = await Promise.all(apart.images.map((image) => image.read(frame)))
  const loaded = await Promise.all(here.images.map(async (image) => fitObjects(await image.load(), frame)))
  expect(
    read.map(({ objects, ...rest }) => ({
      ...rest,
      objects: objects.map(({ fitted, ...object }) => {
        if ('problem' in fitted) return { ...object, fitted }
        const { text, ...rest } = fitted
        expect(text).toBe(JSON.stringify(fitted.shape))
        return { ...object, fitted: rest }
      }),
    })),
  ).toEqual(loaded)
  expect((await apart.images[0]!.read(null)).objects[0]!.fitted).toHaveProperty('problem')
  here.close()
  apart.close()
  await expect(apart.images[0]!.read(frame)).rejects.toThrow('broken off')
})

test('it refuses in the same words, with how the texts read in other encodings', async () => {
  const path = join(top, 'objects.csv')
  writeFileSync(
    path,
    Buffer.from('filename,width,height,class,xmin,ymin,xmax,ymax\n1.png,9,9,Bär,1,1,5,5\n', 'latin1'),
  )
  const refusalOf = (opened: Promise<unknown>) => opened.catch((thrown: unknown) => thrown)
  for (const place of [{ path }, { path: join(top, 'none') }]) {
    const refusal = await refusalOf(openLabels(allFormats, place))
    expect(refusal).toBeInstanceOf(CodedError)
    expect(toErrorReply(await refusalOf(openApart(place, [])))).toEqual(toErrorReply(refusal))
  }
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

/** Labels of other programs become objects: what comes in, what is there already, what can't, and how it is undone. */
import { dirname } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { rleOfShape, compressCounts } from '../../../common/geometry/rle.ts'
import type { Shape } from '../../../common/model.ts'
import { startWork } from '../../../common/work-client.ts'
import { openImportProject, type ImportProject } from './project.ts'

let project: ImportProject | null = null
const open = async (images: Parameters<typeof openImportProject>[0]) =>
  (project = await openImportProject(images))
afterEach(async () => {
  await project?.close()
  project = null
})

const rectangle = (x: number, y: number, width: number, height: number): Shape => ({
  type: 'rectangle',
  x,
  y,
  width,
  height,
})

const instances = (annotations: object[], image: object = {}) => ({
  images: [{ id: 1, file_name: 'a.png', width: 100, height: 80, ...image }],
  categories: [
    { id: 1, name: 'cat' },
    { id: 7, name: 'dog' },
  ],
  annotations: annotations.map((one, index) => ({ id: index + 1, image_id: 1, category_id: 7, ...one })),
})

test('COCO: polygons, masks, boxes and crowds; all classes in their order; importing twice adds nothing', async () => {
  const { write, take, objects, client } = await open({ 'a.png': [100, 80], 'b.png': [10, 10] })
  const ringed: Shape = {
    type: 'polygon',
    parts: [
      {
        outer: [
          [10, 10],
          [50, 10],
          [50, 40],
          [10, 40],
        ],
        holes: [
          [
            [20, 20],
            [30, 20],
            [30, 30],
            [20, 30],
          ],
        ],
      },
    ],
  }
  const rle = rleOfShape(ringed, 100, 80)
  const file = write(
    'i.json',
    instances([
      { bbox: [1, 2, 30, 40] },
      { bbox: [0, 0, 5, 5], segmentation: [[10, 10, 20, 10, 20, 30]], iscrowd: 0.0 },
      { bbox: [10, 10, 40, 30], segmentation: { size: [80, 100], counts: compressCounts(rle.counts) } },
      { bbox: [0, 0, 9, 9], segmentation: { size: [80, 100], counts: rle.counts }, iscrowd: 1 },
    ]),
  )
  const first = await take(file)
  expect(first.report).toMatchObject({
    format: 'COCO instances',
    added: 3,
    images: 1,
    untouched: 1,
    newClasses: 2,
  })
  expect(first.leftOut).toEqual([expect.stringContaining('record 4 is a crowd')])
  const stored = (await objects())['a.png']!
  expect(stored.map(({ label }) => label)).toEqual(['dog', 'dog', 'dog'])
  expect(stored[0]!.shape).toEqual(rectangle(1, 2, 30, 40))
  expect(rleOfShape(stored[2]!.shape, 100, 80)).toEqual(rle)
  expect((await client.call('labels.list', {})).labels.map(({ name }) => name)).toEqual(['cat', 'dog'])

  const second = await take(file)
  expect(second.report).toMatchObject({ added: 0, already: 3 })
  expect((await objects())['a.png']).toEqual(stored)

  expect(await client.call('edit.undoRun', { run: first.run })).toEqual({ moved: 3, kept: 0 })
  expect(await objects()).toEqual({})
  expect((await client.call('labels.list', {})).labels.map(({ name }) => name)).toEqual(['object'])
})

test('COCO files of one folder are read together; instances go before captions and key points', async () => {
  const { write, take, objects } = await open({ 'a.png': [100, 80], 'b.png': [100, 80] })
  const folder = dirname(write('coco/train.json', instances([{ bbox: [1, 2, 30, 40] }])))
  write('coco/val.json', instances([{ bbox: [5, 6, 7, 8], category_id: 1 }], { file_name: 'b.png' }))
  const both = await take(folder)
  expect(both.report).toMatchObject({ added: 2, images: 2 })
  expect(both.report.notes).toContain('Read together: train.json, val.json.')
  expect((await objects())['b.png']).toMatchObject([{ label: 'cat', shape: rectangle(5, 6, 7, 8) }])

  write('coco/instances_val.json', instances([{ bbox: [50, 6, 7, 8] }]))
  const one = await take(folder)
  expect(one.report).toMatchObject({ added: 1, images: 1 })
  expect(one.report.notes).toContain('Read together: instances_val.json. Left out: train.json, val.json.')
})

test('a look tells all of it and writes nothing', async () => {
  const { write, look, objects } = await open({ 'a.png': [100, 80] })
  const file = write(
    'i.json',
    instances([{ bbox: [1, 2, 30, 40] }, { bbox: [300, 2, 30, 40] }, { bbox: [1] }]),
  )
  expect(await look(file)).toMatchObject({
    added: 1,
    leftOut: 2,
    classes: [
      { name: 'dog', objects: 1, isNew: true },
      { name: 'cat', objects: 0, isNew: true },
    ],
    problems: [
      { image: 'a.png', message: 'i.json, record 3 is no object (bbox is too short); it is left out.' },
      { image: 'a.png', message: 'i.json, record 2: It lies outside the image; it is left out.' },
    ],
  })
  expect(await objects()).toEqual({})
})

test('replace takes the objects of the images that have labels, and keeps what is locked', async () => {
  const { write, take, objects, client } = await open({ 'a.png': [100, 80], 'b.png': [100, 80] })
  const yolo = (name: string, line: string) => write(`labels/${name}.txt`, line)
  yolo('a', '0 .5 .5 .2 .2\n0 .2 .2 .1 .1')
  yolo('b', '0 .5 .5 .2 .2')
  write('labels/classes.txt', 'cup')
  const labels = write('labels/a.txt', '0 .5 .5 .2 .2\n0 .2 .2 .1 .1').replace(/\/a\.txt$/, '')
  await take(labels)
  const file = write('i.json', instances([{ bbox: [1, 2, 30, 40] }]))
  const { items } = await client.call('images.list', {
    offset: 0,
    limit: 9,
    filter: { text: '', show: 'all' },
  })
  const { annotations } = await client.call('images.open', { imageId: items[0]!.id })
  await client.call('edit.commit', {
    diff: {
      labels: { added: [], updated: [], removed: [] },
      annotations: {
        added: [],
        updated: [[annotations[0]!, { ...annotations[0]!, locked: true }]],
        removed: [],
      },
      images: { updated: [] },
      pictures: { updated: [] },
    },
  })
  const { report, run } = await take(file, { existing: 'replace' })
  expect(report).toMatchObject({ added: 1, replaced: 1, untouched: 1 })
  expect((await objects())['a.png']!.map(({ label }) => label)).toEqual(['cup', 'dog'])
  expect((await objects())['b.png']).toHaveLength(1)
  await client.call('edit.undoRun', { run })
  expect((await objects())['a.png']!.map(({ label }) => label).sort()).toEqual(['cup', 'cup'])
})

test('a size of the file scales where the ratio fits, else the record is said; none at all is none', async () => {
  const { write, take, objects } = await open({ 'a.png': [100, 80] })
  const at = async (image: object) => {
    const { report, leftOut } = await take(write('i.json', instances([{ bbox: [20, 20, 40, 40] }], image)), {
      existing: 'replace',
    })
    return {
      changes: report.changes.map(({ message }) => message),
      leftOut,
      stored: (await objects())['a.png'],
    }
  }
  expect(await at({ width: 200, height: 160 })).toEqual({
    changes: ['Scaled: the labels are of 200 x 160, the image has 100 x 80.'],
    leftOut: [],
    stored: [{ label: 'dog', shape: rectangle(10, 10, 20, 20) }],
  })
  expect((await at({ width: 80, height: 100 })).leftOut).toEqual([expect.stringContaining('another shape')])
  for (const side of [0, null, 'wide', -5])
    expect((await at({ width: side, height: side })).stored).toEqual([
      { label: 'dog', shape: rectangle(20, 20, 40, 40) },
    ])
})

test('what is broken is a problem with its place, and the rest goes on', async () => {
  const { write, take } = await open({ 'a.png': [100, 80] })
  const polygon = (numbers: number[]) => ({ bbox: [0, 0, 9, 9], segmentation: [numbers] })
  const text = JSON.stringify(
    instances([
      { bbox: [1, 2, 30, 40] },
      polygon([10, 10, 30, 30, 30, 10, 10, 30]),
      polygon([1, 1, 5, 5, 9, 9]),
      polygon(Array.from({ length: 600_000 }, (_, n) => n % 90)),
      { bbox: [0, 0, 9, 9], segmentation: { size: [80, 100], counts: [10, 10] } },
      { bbox: [0, 0, 9, 9], segmentation: { size: [60_000, 60_000], counts: [0, 3.6e9] } },
      { bbox: [1e308, 0, 9, 9] },
      { image_id: 99, bbox: [1, 2, 30, 40] },
      { category_id: 1e9, bbox: [5, 2, 30, 40] },
      { bbox: [3, 2, 30, 40], note: 'NaN stays "NaN"' },
    ]),
  )
  const file = write('i.json', text.replace('[5,2,30,40]', '[NaN,2,30,40]'))
  const { report, leftOut } = await take(file)
  expect(report.changes.map(({ message }) => message)).toContain(
    'Its outline crossed itself: it was made anew from the pixels that it covers.',
  )
  expect(leftOut).toEqual([
    expect.stringContaining('record 8 is of an image 99'),
    expect.stringContaining('record 9 is no object (bbox.0 must be a number)'),
    expect.stringContaining('record 3: Its outline covers nothing'),
    expect.stringContaining('record 5: The RLE covers 20 pixels'),
    expect.stringContaining('record 6: Its mask has 60000 x 60000 pixels'),
    expect.stringContaining('record 7: It has numbers that are none'),
  ])
  expect(report.changes.map(({ message }) => message)).toContain(
    'Its segmentation can’t be read; its box is taken.',
  )
  expect(report.added).toBe(4)
})

test('a truncated file gives what stands before its end', async () => {
  const { write, take } = await open({ 'a.png': [100, 80] })
  const text = JSON.stringify(instances([{ bbox: [1, 2, 30, 40] }, { bbox: [5, 5, 20, 20] }]))
  const { report, leftOut } = await take(write('i.json', text.slice(0, -20)))
  expect(report.added).toBe(1)
  expect(leftOut).toEqual([expect.stringContaining('ends too early')])
})

test('an empty label file marks its image done; numbers without names mean the same the second time', async () => {
  const { write, take, client } = await open({ 'a.png': [100, 80], 'b.png': [100, 80] })
  write('labels/b.txt', '\n')
  const labels = write('labels/a.txt', '3 .5 .5 .2 .2\n0 .2 .2 .1 .1').replace(/\/a\.txt$/, '')
  const first = await take(labels)
  expect(first.report).toMatchObject({ added: 2, markedDone: 1, format: 'YOLO detection' })
  const shown = { text: '', show: 'done' } as const
  const { items } = await client.call('images.list', { offset: 0, limit: 9, filter: shown })
  expect(items.map(({ path }) => path)).toEqual(['b.png'])
  expect((await take(labels)).report).toMatchObject({ added: 0, already: 2, newClasses: 0 })
  await client.call('edit.undoRun', { run: first.run })
  expect((await client.call('images.list', { offset: 0, limit: 9, filter: shown })).items).toEqual([])
})

test('a run that is cancelled leaves nothing behind', async () => {
  // Enough to last for several of the messages that tell how far it is.
  const names = Array.from({ length: 80 }, (_, n) => `${n}.png`)
  const { write, client, objects } = await open(
    Object.fromEntries(names.map((name) => [name, [300, 300] as const])),
  )
  const line = (n: number) => `0 ${(n % 90) / 100 + 0.05} ${(n % 77) / 100 + 0.05} .01 .02`
  const lines = Array.from({ length: 1500 }, (_, n) => line(n)).join('\n')
  for (const name of names) write(`labels/${name.replace('png', 'txt')}`, lines)
  const path = write('labels/classes.txt', 'cup').replace(/\/classes\.txt$/, '')
  const request = { source: { path }, existing: 'keep', boxes: 'rectangles' } as const
  const ended = new Promise<string>((resolve) => {
    client.on('work.changed', ({ work }) => {
      if (work.kind !== 'import') return
      if (work.state === 'running' && work.done > 8) void client.call('work.cancel', { id: work.id })
      if (['cancelled', 'done', 'failed'].includes(work.state)) resolve(work.state)
    })
  })
  await startWork(client, 'import', request)
  expect(await ended).toBe('cancelled')
  expect(await objects()).toEqual({})
  expect((await client.call('labels.list', {})).labels.map(({ name }) => name)).toEqual(['object'])
})

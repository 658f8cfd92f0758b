/** Labels that a thread reads: the same objects as without one, whatever becomes of the thread. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'
import { diffOf } from '../../../common/diff.ts'
import type { Polygon, Shape } from '../../../common/model.ts'
import { allFormats } from '../../../core/formats/all-formats.ts'
import { fitObjects, type ImportedObjects } from '../../../core/import/fit-objects.ts'
import type { LabelSet } from '../../../core/import/objects.ts'
import { textOfApplied } from '../../../core/store/applied-text.ts'
import { openLabels } from '../../../core/import/read-labels.ts'
import { createShapeJson } from '../../../core/store/shape-json.ts'
import { createShapeTexts } from '../../../core/store/shape-texts.ts'
import { TextPolygon } from '../../../core/store/text-polygon.ts'
import { packObjects, unpackObjects } from '../../../core/work/import/apart/packed-objects.ts'
import { objectByHand } from '../../support/objects.ts'
import type { ToOpen } from '../../../core/work/import/apart/messages.ts'
import { createFittedReader } from '../../../core/work/import/read-fitted.ts'

const top = mkdtempSync(join(tmpdir(), 'maskwright-apart-'))
const file = join(top, 'instances.json')
const frame = { width: 100, height: 80, orientation: 1 }

const images = ['one.png', 'two.png']
const content = (names: readonly string[]) =>
  JSON.stringify({
    images: names.map((name, id) => ({ id, file_name: name, width: 100, height: 80, tags: ['night'] })),
    categories: [{ id: 1, name: 'cat' }],
    annotations: names.flatMap((_, id) => [
      { image_id: id, category_id: 1, segmentation: [[10, 10, 40.25, 12, 30, 44.5]], score: 0.5 },
      { image_id: id, category_id: 1, bbox: [1, 2, 30, 40], attributes: { wet: true }, track_id: 7 },
      // It crosses itself, sticks out, encloses nothing, and is no record.
      { image_id: id, category_id: 1, segmentation: [[50, 10, 70, 30, 70, 10, 50, 30]] },
      { image_id: id, category_id: 1, segmentation: [[80, 60, 180, 60, 180, 70, 80, 70]] },
      { image_id: id, category_id: 1, segmentation: [[5, 5, 6, 6, 7, 7]] },
      { image_id: id, category_id: 'cat', bbox: [1, 2, 3, 4] },
    ]),
  })

const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
})
afterAll(() => rmSync(top, { recursive: true, force: true }))

const open = async (names: readonly string[] = images): Promise<LabelSet> => {
  writeFileSync(file, content(names))
  const set = await openLabels(allFormats, { path: file })
  ends.push(() => set.close())
  return set
}
const labels = { place: { path: file }, order: [], current: null }

/** The labels of a folder, and a thread that reads them. */
const openFolder = async (folder: string) => {
  const place = { path: folder }
  const set = await openLabels(allFormats, place)
  ends.push(() => set.close())
  const reader = await readerOf(set, new AbortController().signal, { ...labels, place })
  return { set, reader }
}

const readerOf = async (set: LabelSet, signal = new AbortController().signal, given: ToOpen = labels) => {
  const reader = createFittedReader(given, signal, 1)
  reader.begin(set)
  ends.push(() => reader.end())
  await expect.poll(() => reader.isApart(), { timeout: 30_000 }).toBe(true)
  return reader
}

/** Outlines that were made of something else come as text from the thread alone. */
const isFromThread = ({ objects }: ImportedObjects): boolean =>
  objects.every(
    ({ fitted }) =>
      'problem' in fitted || fitted.shape.type !== 'polygon' || TextPolygon.textOf(fitted.shape) !== null,
  )

/** Without what only says where its text is. */
const plain = (read: ImportedObjects): unknown => JSON.parse(JSON.stringify(read))

test('a thread reads what is read without it', async () => {
  const set = await open()
  const reader = await readerOf(set)
  for (const image of set.images) {
    const read = await reader.read(image, frame)
    const own = fitObjects(await image.load(), frame)
    expect(own.objects).toHaveLength(5)
    expect(plain(read)).toEqual(plain(own))
    expect([isFromThread(read), isFromThread(own)]).toEqual([true, false])
  }
})

test('labels that were changed since, a thread that is ended, a run that is cancelled: it is read all the same', async () => {
  const set = await open()
  const own = fitObjects(await set.images[0]!.load(), frame)
  const abort = new AbortController()
  writeFileSync(file, content(['another.png']))
  const changed = await readerOf(set, abort.signal)
  const other = await changed.read(set.images[1]!, frame)
  expect(isFromThread(other)).toBe(false)
  const waiting = changed.read(set.images[0]!, frame)
  abort.abort()
  await waiting
  expect(changed.isApart()).toBe(false)
  writeFileSync(file, content(images))
  expect(plain(await changed.read(set.images[0]!, frame))).toEqual(plain(own))
})

test('what has to be opened there as well is read by a thread too: one file an image', async () => {
  const folder = join(top, 'yolo')
  mkdirSync(folder, { recursive: true })
  for (const name of ['one', 'two']) writeFileSync(join(folder, `${name}.txt`), '0 .1 .1 .4 .12 .3 .44\n')
  writeFileSync(join(folder, 'classes.txt'), 'cat\n')
  const { set, reader } = await openFolder(folder)
  expect(set.images.some(({ apart }) => apart !== undefined)).toBe(false)
  const read = await reader.read(set.images[1]!, frame)
  expect(plain(read)).toEqual(plain(fitObjects(await set.images[1]!.load(), frame)))
  expect([read.objects.length, isFromThread(read)]).toEqual([1, true])
})

test('files of several splits are read by one thread', async () => {
  const folder = join(top, 'splits')
  mkdirSync(folder, { recursive: true })
  for (const name of ['train', 'val'])
    writeFileSync(join(folder, `instances_${name}.json`), content([`${name}1.png`, `${name}2.png`]))
  const { set, reader } = await openFolder(folder)
  expect(set.images).toHaveLength(4)
  for (const image of set.images) {
    const read = await reader.read(image, frame)
    expect(isFromThread(read)).toBe(true)
    expect(plain(read)).toEqual(plain(fitObjects(await image.load(), frame)))
  }
})

test('few images are read without a thread', async () => {
  const set = await open()
  const reader = createFittedReader(labels, new AbortController().signal)
  reader.begin(set)
  expect((await reader.read(set.images[0]!, frame)).objects).toHaveLength(5)
  expect(reader.isApart()).toBe(false)
})

test('for a large file a thread starts while the core looks through it', async () => {
  // Blanks behind the JSON make it large, and mean nothing.
  writeFileSync(file, content(images) + ' '.repeat(4 * 1024 * 1024))
  const reader = createFittedReader(labels, new AbortController().signal, 1)
  ends.push(() => reader.end())
  await expect.poll(() => reader.isApart(), { timeout: 30_000 }).toBe(true)
  const set = await openLabels(allFormats, { path: file })
  ends.push(() => set.close())
  reader.begin(set)
  const read = await reader.read(set.images[1]!, frame)
  expect(plain(read)).toEqual(plain(fitObjects(await set.images[1]!.load(), frame)))
  expect(isFromThread(read)).toBe(true)
})

const shapes: readonly Shape[] = [
  { type: 'rectangle', x: 1, y: 2, width: 3.5, height: 4 },
  { type: 'rotated', x: 10, y: 20, width: 30, height: 4, angle: 0.25 } as unknown as Shape,
  { type: 'point', x: 1.125, y: 2 },
  {
    type: 'polyline',
    points: [
      [1, 2],
      [3, 4],
    ],
  },
]

test('every kind of shape goes from thread to thread as it is', () => {
  const read: ImportedObjects = {
    problems: [],
    marks: null,
    objects: shapes.map((shape, index) => ({
      label: `l${index}`,
      score: index === 0 ? null : 0.1,
      where: `line ${index}`,
      isBox: index === 0,
      points: index,
      fitted: { shape, changes: index === 1 ? ['Clipped to the image.'] : [] },
    })),
  }
  expect(unpackObjects(structuredClone(packObjects(read, createShapeJson().of)))).toEqual(read)
})

test('an edit goes to the page as the JSON that it is, outlines that came as text among it', () => {
  const parts = [
    {
      outer: [
        [0, 0],
        [4.5, 0],
        [4, 4],
      ] as [number, number][],
      holes: [],
    },
  ]
  const polygon: Polygon = { type: 'polygon', parts }
  const made = (shape: Shape, index: number) => objectByHand(`a${index}`, shape)
  const all: readonly Shape[] = [new TextPolygon(createShapeJson().of(polygon)), polygon, ...shapes]
  const payload = {
    diff: diffOf({ annotations: { added: all.map(made), removed: [made(polygon, 99)] } }),
    kind: 'commit' as const,
    histories: [{ imageId: 1, canUndo: true, canRedo: false }],
    everywhere: false,
  }
  const event: unknown = JSON.parse(textOfApplied(payload))
  expect(event).toEqual({ name: 'edit.applied', payload: JSON.parse(JSON.stringify(payload)) as unknown })
})

test('a polygon that came as text is stored as that text, and is a polygon to everyone else', () => {
  const polygon: Polygon = {
    type: 'polygon',
    parts: [
      {
        outer: [
          [0, 0],
          [4.5, 0],
          [4, 4],
        ],
        holes: [],
      },
    ],
  }
  const text = createShapeJson().of(polygon)
  const made: Polygon = new TextPolygon(text)
  expect(createShapeTexts().of(made)).toBe(text)
  expect(made.parts).toEqual(polygon.parts)
  expect(structuredClone(made)).toEqual(polygon)
  expect({ ...made }).toEqual(polygon)
  expect(JSON.stringify(made)).toBe(text)
  // A copy with other points has none of its text.
  expect(TextPolygon.textOf({ ...made, parts: [] })).toBeNull()
})

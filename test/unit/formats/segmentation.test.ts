/** What a file says of outlines: kept by the readers, reduced aloud by Boxes to masks. */
import { expect, it } from 'vitest'
import type { ImageItem } from '../../../common/model.ts'
import { objectOfRecord, readRecord } from '../../../core/formats/coco/record.ts'
import { readYoloLines } from '../../../core/formats/yolo/read-lines.ts'
import { countLost, lostNotes, type ReadLabels, type ReadObject } from '../../../core/import/objects.ts'
import { planBoxes } from '../../../core/work/boxes/plan.ts'

const objectsOf = (...segmentations: unknown[]): ReadObject[] =>
  segmentations.map((segmentation) => {
    const read = readRecord({ image_id: 'a', category_id: 1, bbox: [0, 0, 9, 9], segmentation })
    if ('fault' in read) throw new Error(read.fault)
    return objectOfRecord(read.data, 'cat', null, 'r.json') as ReadObject
  })

const recordsOf = (...segmentations: unknown[]): ReadLabels => ({
  images: [{ name: 'a', isNumber: false, objects: objectsOf(...segmentations) }],
  problems: [],
  notes: [],
  namesFrom: null,
})

const shapesOf = (...segmentations: unknown[]) => objectsOf(...segmentations).map(({ shape }) => shape)

it('polygons and run-length masks are kept as they are in the file', () => {
  const { objects } = readYoloLines('0 .1 .2 .5 .2 .5 .9\n0 .5 .5 .2 .2 .9', [], 'a.txt')
  expect(objects.map(({ shape }) => shape)).toEqual([
    {
      type: 'polygon',
      rings: [
        [
          [0.1, 0.2],
          [0.5, 0.2],
          [0.5, 0.9],
        ],
      ],
    },
    { type: 'box' },
  ])
  const square = [0, 0, 9, 0, 9, 9, 0, 9]
  expect(
    shapesOf(
      [square, square],
      { size: [8, 10], counts: 'abc' },
      { size: [8, 10], counts: [3, 77] },
      undefined,
      [],
    ),
  ).toEqual([
    { type: 'flat', rings: [square, square] },
    { type: 'mask', width: 10, height: 8, counts: 'abc' },
    { type: 'mask', width: 10, height: 8, counts: [3, 77] },
    { type: 'box' },
    { type: 'box' },
  ])
})

it('a segmentation that can’t be read leaves the box, and is counted', () => {
  const bad = [
    [[1, 2, 3, 4]],
    [[1, 2, 3, 4, 5, 6, 7]],
    [['a']],
    'x',
    { size: [0, 1], counts: '' },
    { size: [1, 1] },
  ]
  expect(objectsOf(...bad).map(({ shape }) => shape.type)).toEqual(bad.map(() => 'box'))
  expect(lostNotes(countLost(objectsOf(...bad)))).toEqual([
    '6 objects: Its segmentation can’t be read; its box is taken.',
  ])
})

it('Boxes to masks says how many outlines it reduced to boxes', () => {
  const image = {
    id: 1,
    path: 'a.png',
    bytes: 1,
    modifiedAt: 1,
    contentHash: null,
    width: 10,
    height: 10,
    orientation: 1,
    status: 'todo',
    problem: null,
    annotationCount: 0,
    proposedCount: 0,
    madeOn: null,
    bands: null,
    shownBands: null,
    stretch: null,
    side: null,
    flag: null,
    reviewed: null,
    tags: [],
  } satisfies ImageItem
  const notesOf = (...segmentations: unknown[]) =>
    planBoxes(recordsOf(...segmentations), [image], new Set([1]), 0).notes
  const triangle = [[0, 0, 9, 0, 9, 9]]
  expect(notesOf(undefined)).toEqual([])
  expect(notesOf(triangle, undefined)).toEqual(['1 polygon was reduced to its box.'])
  expect(notesOf(triangle, triangle, { size: [8, 10], counts: 'abc' })).toEqual([
    '2 polygons and 1 mask were reduced to their boxes.',
  ])
})

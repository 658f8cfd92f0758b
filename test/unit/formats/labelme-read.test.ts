/** What is read of labelme's JSON, and of what AnyLabeling and X-AnyLabeling add to it. */
import { expect, test } from 'vitest'
import { areaOf } from '../../../common/geometry/measure.ts'
import { rleArea, rleOfShape } from '../../../common/geometry/rle.ts'
import { encodePng } from '../../../core/export/png.ts'
import { objectsOfShapes } from '../../../core/formats/labelme/shapes.ts'
import { fitObject } from '../../../core/import/fit-object.ts'

const size = { width: 100, height: 80 }
const read = (...shapes: unknown[]) => objectsOfShapes({ shapes, imageWidth: 100, imageHeight: 80 }, 'a.json')
const fitted = (...shapes: unknown[]) =>
  read(...shapes).objects.map((object) => {
    const one = fitObject(object, size)
    if ('problem' in one) throw new Error(one.problem)
    return one.shape
  })
const square = [
  [10, 10],
  [30, 10],
  [30, 30],
  [10, 30],
]

test('polygons, rectangles of two and of four corners, circles and turned rectangles', () => {
  const shapes = fitted(
    { label: 'a', points: square, shape_type: 'polygon' },
    { label: 'a', points: [square[2], square[0]], shape_type: 'rectangle' },
    { label: 'a', points: square, shape_type: 'rectangle' },
    {
      label: 'a',
      points: [
        [50, 40],
        [50, 60],
      ],
      shape_type: 'circle',
    },
    {
      label: 'a',
      points: [
        [50, 20],
        [70, 40],
        [50, 60],
        [30, 40],
      ],
      shape_type: 'rotation',
      direction: 0.7,
    },
  )
  const rectangle = { type: 'rectangle', x: 10, y: 10, width: 20, height: 20 }
  expect(shapes.slice(1, 3)).toEqual([rectangle, rectangle])
  expect(shapes[0]).toEqual({ type: 'polygon', parts: [{ outer: square, holes: [] }] })
  expect(areaOf(shapes[3]!)).toBeCloseTo(Math.PI * 400, 3)
  expect(areaOf(shapes[4]!)).toBeCloseTo(800, 9)
  expect(shapes[4]).toMatchObject({ type: 'rotated-rectangle', cx: 50, cy: 40, angle: Math.PI / 4 })
})

test('points and lines are shapes of their own; a rotation that is no rectangle is a polygon', () => {
  const line: [number, number][] = [
    [10, 10],
    [30, 12],
    [40, 30],
  ]
  const kite: [number, number][] = [
    [50, 20],
    [70, 40],
    [50, 55],
    [30, 40],
  ]
  const shapes = fitted(
    { label: 'a', points: [[12.25, 7.5]], shape_type: 'point' },
    { label: 'a', points: line, shape_type: 'linestrip' },
    { label: 'a', points: line.slice(0, 2), shape_type: 'line' },
    { label: 'a', points: kite, shape_type: 'rotation' },
  )
  expect(shapes).toEqual([
    { type: 'point', x: 12.25, y: 7.5 },
    { type: 'polyline', points: line },
    { type: 'polyline', points: line.slice(0, 2) },
    { type: 'polygon', parts: [{ outer: kite, holes: [] }] },
  ])
})

test('shapes of one class and one group are parts of one object', () => {
  const moved = square.map(([x, y]) => [x! + 40, y])
  const shapes = [
    { label: 'a', points: square, group_id: 1 },
    { label: 'b', points: square, group_id: 1 },
    { label: 'a', points: moved, group_id: 1 },
    { label: 'a', points: square, group_id: null },
  ]
  expect(fitted(...shapes).map((shape) => (shape.type === 'polygon' ? shape.parts.length : 0))).toEqual([
    2, 1, 1,
  ])
})

test('a mask is a PNG in base64 from the corner of its box', async () => {
  const mask = await encodePng(Uint8Array.from([0, 1, 1, 0, 1, 0]), { width: 3, height: 2 })
  const [shape] = fitted({
    label: 'a',
    points: [
      [20, 30],
      [22, 31],
    ],
    shape_type: 'mask',
    mask: mask.toString('base64'),
  })
  expect(rleArea(rleOfShape(shape!, 100, 80))).toBe(3)
})

test('what is no object is said with its place; the rest goes on', () => {
  const { objects, problems } = read(
    { label: 'a', points: square },
    { label: 'a', points: [[1, 2]], shape_type: 'arrow' },
    {
      label: 'a',
      points: [
        [1, 2],
        [3, 4],
      ],
      shape_type: 'polygon',
    },
    { label: 'a', points: [[1, 'x']] },
    {
      label: 'a',
      points: [
        [0, 0],
        [3, 3],
      ],
      shape_type: 'mask',
      mask: 'AAAA',
    },
    7,
    { label: 3, points: square, score: 0.5 },
  )
  expect(objects.map(({ label, score }) => [label, score])).toEqual([
    ['a', null],
    ['3', 0.5],
  ])
  expect(problems.map(({ message }) => message)).toEqual([
    'a.json, shape 2 is of the kind arrow, which is not known; it is left out.',
    'a.json, shape 3 has 2 points; it is left out.',
    expect.stringContaining('a.json, shape 4 is no object (points.0.1 must be a number)'),
    expect.stringContaining('a.json, shape 5 has a mask that can’t be read'.replace('’', "'")),
    expect.stringContaining('a.json, shape 6 is no object'),
  ])
})

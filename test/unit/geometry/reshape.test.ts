import { expect, test } from 'vitest'
import { areaOf, bboxOf, partsOf, ringsOfPart } from '../../../common/geometry/measure.ts'
import { polygonOfMask } from '../../../common/geometry/mask-to-polygon.ts'
import {
  dropSmallParts,
  fillHoles,
  growShape,
  partsAsShapes,
  smoothShape,
} from '../../../common/geometry/reshape.ts'
import { entangledRings } from '../../../common/geometry/validity.ts'
import type { Polygon, Rectangle, Shape } from '../../../common/model.ts'
import { disc, paint, polygonOf, square } from './pictures.ts'

const size = { width: 100, height: 80 }
const rectangle: Rectangle = { type: 'rectangle', x: 10, y: 20, width: 30, height: 40 }
const plain = polygonOf(square(10, 10, 20))

test('holes are filled, and what lay in one is a part no more', () => {
  const island: Polygon = {
    type: 'polygon',
    parts: [
      { outer: square(0, 0, 30), holes: [square(5, 5, 20)] },
      { outer: square(10, 10, 5), holes: [] },
    ],
  }
  expect(fillHoles(island)).toEqual(polygonOf(square(0, 0, 30)))
  expect(fillHoles(polygonOf(square(0, 0, 30), square(5, 5, 5)))).toEqual(polygonOf(square(0, 0, 30)))
  expect(fillHoles(plain)).toBe(plain)
  expect(fillHoles(rectangle)).toBe(rectangle)
})

test('small parts go, measured by the largest; parts become shapes', () => {
  const parts: Polygon = {
    type: 'polygon',
    parts: [square(0, 0, 20), square(30, 0, 4), square(40, 0, 5)].map((outer) => ({ outer, holes: [] })),
  }
  expect(dropSmallParts(parts)).toMatchObject({
    parts: [{ outer: square(0, 0, 20) }, { outer: square(40, 0, 5) }],
  })
  expect(dropSmallParts(plain)).toBe(plain)
  expect(partsAsShapes(parts).map(areaOf)).toEqual([400, 16, 25])
  expect(partsAsShapes(rectangle)).toEqual([rectangle])
})

test('grown and shrunk by a pixel, with its holes, no further than the image', () => {
  expect(bboxOf(growShape(plain, 1, size)!)).toEqual({ x: 9, y: 9, width: 22, height: 22 })
  expect(areaOf(growShape(plain, 1, size)!)).toBe(22 * 22)
  const holed = growShape(polygonOf(square(10, 10, 20), square(15, 15, 6)), -1, size)!
  expect(areaOf(holed)).toBe(18 * 18 - 8 * 8)
  expect(growShape(rectangle, 1, size)).toEqual({ ...rectangle, x: 9, y: 19, width: 32, height: 42 })
  expect(bboxOf(growShape(polygonOf(square(0, 0, 20)), 1, size)!)).toEqual({
    x: 0,
    y: 0,
    width: 21,
    height: 21,
  })
  expect(growShape(polygonOf(square(0, 0, 2)), -1, size)).toBeNull()
  expect(growShape({ ...rectangle, width: 2 }, -1, size)).toBeNull()
  const apart: Shape = {
    type: 'polygon',
    parts: [square(0, 0, 10), square(11, 0, 10)].map((outer) => ({ outer, holes: [] })),
  }
  expect(partsOf(growShape(apart, 1, size)!)).toHaveLength(1)
})

test('steps are smoothed away, and the area stays', () => {
  const stepped = polygonOfMask(paint(100, 80, disc(50, 40, 30)), 100, 80, {
    tolerance: 0,
    minArea: 16,
    minShare: 0.01,
  })!
  const smooth = smoothShape(stepped)
  const count = (shape: Shape) => partsOf(shape).flatMap(ringsOfPart).flat().length
  expect(count(smooth)).toBeLessThan(count(stepped) / 2)
  expect(Math.abs(areaOf(smooth) / areaOf(stepped) - 1)).toBeLessThan(0.01)
  for (const part of partsOf(smooth)) {
    expect(entangledRings(ringsOfPart(part))).toEqual([])
    for (const [x, y] of part.outer) expect(Math.abs(Math.hypot(x - 50, y - 40) - 30)).toBeLessThan(0.75)
  }
  expect(smoothShape(rectangle)).toBe(rectangle)
})

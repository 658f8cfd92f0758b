import { expect, test } from 'vitest'
import { areaOf, partsOf } from '../../../common/geometry/measure.ts'
import { cutShape, placeOnOutline, redrawn } from '../../../common/geometry/redraw.ts'
import type { Polygon, Shape } from '../../../common/model.ts'
import { polygonOf, square } from './pictures.ts'

const box = polygonOf(square(0, 0, 40), square(10, 10, 10))
const at = (x: number, y: number, polygon: Polygon = box) => placeOnOutline(polygon, { x, y }, 3)!

test('the shorter stretch is replaced, whichever way it is drawn; the rest stays vertex for vertex', () => {
  const path = [
    { x: 20, y: -10 },
    { x: 30, y: -10 },
  ]
  const there = redrawn(box, at(10, 0), at(35, 1), path)!
  const back = redrawn(box, at(35, 1), at(10, 0), path.toReversed())!
  for (const polygon of [there, back]) {
    expect(areaOf(polygon)).toBeCloseTo(areaOf(box) + ((25 + 10) / 2) * 10)
    expect(polygon.parts[0]!.outer).toEqual(expect.arrayContaining(square(0, 0, 40)))
    expect(polygon.parts[0]!.outer).toHaveLength(8)
    expect(polygon.parts[0]!.holes[0]).toBe(box.parts[0]!.holes[0])
  }
  const corner = redrawn(box, at(40, 30), at(30, 40), [])!
  expect(areaOf(corner)).toBeCloseTo(areaOf(box) - 50)
  const aroundStart = redrawn(box, at(5, 0), at(0, 5), [])!
  expect(areaOf(aroundStart)).toBeCloseTo(areaOf(box) - 12.5)
})

test('a vertex is meant before its edges; holes are redrawn too, and two rings are not one stretch', () => {
  expect(at(38, 2).point).toEqual({ x: 40, y: 0 })
  const hole = redrawn(box, at(10, 14), at(10, 16), [{ x: 5, y: 15 }])!
  expect(areaOf(hole)).toBeCloseTo(areaOf(box) - 5)
  expect(redrawn(box, at(10, 0), at(10, 15), [])).toBeNull()
  expect(placeOnOutline(box, { x: 25, y: 25 }, 3)).toBeNull()
})

test('a stretch that crosses the outline comes out sound', () => {
  const crossing = redrawn(box, at(5, 0), at(35, 0), [
    { x: 20, y: 60 },
    { x: 30, y: -5 },
  ])!
  expect(areaOf(crossing)).toBeGreaterThan(0)
})

test('a line cuts a shape in two, the larger first; one that ends inside cuts nothing', () => {
  const halves = cutShape(box, { x: 30, y: -5 }, { x: 30, y: 50 })
  expect(halves.map((half) => Math.round(areaOf(half)))).toEqual([30 * 40 - 100, 400])
  const rectangle: Shape = { type: 'rectangle', x: 0, y: 0, width: 40, height: 20 }
  expect(
    cutShape(rectangle, { x: 10, y: -1 }, { x: 10, y: 21 }).map((half) => Math.round(areaOf(half))),
  ).toEqual([600, 200])
  expect(cutShape(box, { x: 30, y: -5 }, { x: 30, y: 20 })).toEqual([box])
  expect(cutShape(rectangle, { x: 90, y: 0 }, { x: 90, y: 9 })[0]).toBe(rectangle)
})

test('what the line does not reach stays with the larger half', () => {
  const parts: Polygon = {
    type: 'polygon',
    parts: [
      { outer: square(0, 0, 40), holes: [] },
      { outer: square(60, 0, 5), holes: [] },
    ],
  }
  const [larger, smaller] = cutShape(parts, { x: 10, y: -5 }, { x: 10, y: 45 })
  expect(partsOf(larger!)).toHaveLength(2)
  expect(Math.round(areaOf(smaller!))).toBe(400)
})

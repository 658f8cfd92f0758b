import { expect, test } from 'vitest'
import { clipToImage } from '../../../common/geometry/clip.ts'
import {
  insertVertex,
  moveVertex,
  rectangleOfCorners,
  removeRing,
  removeVertex,
  resizeRectangle,
  translate,
} from '../../../common/geometry/edit.ts'
import {
  distanceToEdge,
  handlePoint,
  handles,
  nearestEdge,
  nearestHandle,
  nearestMidpoint,
  nearestVertex,
  pointInShape,
} from '../../../common/geometry/hit.ts'
import { joinParts } from '../../../common/geometry/join.ts'
import {
  areaOf,
  bboxOf,
  centroidOf,
  polygonOfRectangle,
  signedArea,
} from '../../../common/geometry/measure.ts'
import { iou } from '../../../common/geometry/overlap.ts'
import { rasterise } from '../../../common/geometry/rasterise.ts'
import type { Polygon, Rectangle } from '../../../common/model.ts'
import { createRandom } from '../../support/random.ts'
import { maskIou, polygonOf, randomField, square } from './pictures.ts'

const framed = polygonOf(square(0, 0, 10), square(3, 3, 4))
const twoParts: Polygon = {
  type: 'polygon',
  parts: [
    { outer: square(0, 0, 10), holes: [square(3, 3, 4)] },
    { outer: square(20, 0, 5), holes: [] },
  ],
}
const rectangle: Rectangle = { type: 'rectangle', x: 10, y: 20, width: 30, height: 40 }

test('area, box and centroid know holes and parts', () => {
  expect(areaOf(framed)).toBe(84)
  expect(areaOf(twoParts)).toBe(109)
  expect(bboxOf(twoParts)).toEqual({ x: 0, y: 0, width: 25, height: 10 })
  expect(centroidOf(framed)).toEqual({ x: 5, y: 5 })
  expect(centroidOf(twoParts).x).toBeCloseTo((84 * 5 + 25 * 22.5) / 109)
  expect(areaOf(polygonOf(square(500, 500, 100)))).toBe(10_000)
  expect(areaOf(polygonOf(square(500, 500, 100).toReversed()))).toBe(10_000)
  expect(centroidOf(rectangle)).toEqual({ x: 25, y: 40 })
})

test('a pixel is in when its centre is; shapes that share an edge share no pixel', () => {
  const pixels = (shape: Parameters<typeof rasterise>[0]) =>
    rasterise(shape, 12, 12, { x: 0, y: 0, width: 12, height: 12 }).data
  expect(pixels(framed).reduce((a, b) => a + b)).toBe(84)
  const left = pixels(polygonOf(square(0.5, 0.5, 4)))
  const right = pixels(polygonOf(square(4.5, 0.5, 4)))
  expect(left.reduce((a, b) => a + b)).toBe(16)
  expect(right.reduce((a, b) => a + b)).toBe(16)
  expect(maskIou(left, right)).toBe(0)
  const overlapping: Polygon = {
    type: 'polygon',
    parts: [square(0, 0, 6), square(3, 0, 6)].map((outer) => ({ outer, holes: [] })),
  }
  expect(pixels(overlapping).reduce((a, b) => a + b)).toBe(54)
  expect(rasterise(polygonOf(square(-5, -5, 8)), 12, 12)).toMatchObject({ x: 0, y: 0, width: 3, height: 3 })
  expect(rasterise(polygonOf(square(50, 50, 8)), 12, 12).data).toHaveLength(0)
})

test('rasterising agrees with the point test on a random star', () => {
  const random = createRandom(4)
  for (let round = 0; round < 30; round++) {
    const count = 5 + Math.floor(random() * 20)
    const star = polygonOf(
      Array.from({ length: count }, (_, i): [number, number] => {
        const [angle, radius] = [(i / count) * 2 * Math.PI, 3 + random() * 20]
        return [24 + Math.cos(angle) * radius, 24 + Math.sin(angle) * radius]
      }),
    )
    const { data } = rasterise(star, 48, 48, { x: 0, y: 0, width: 48, height: 48 })
    data.forEach((value, i) =>
      expect(value).toBe(pointInShape(star, { x: (i % 48) + 0.5, y: Math.floor(i / 48) + 0.5 }) ? 1 : 0),
    )
  }
})

test('hits: inside, holes, edges, vertices, midpoints, handles', () => {
  expect(pointInShape(framed, { x: 1, y: 1 })).toBe(true)
  expect(pointInShape(framed, { x: 5, y: 5 })).toBe(false)
  expect(pointInShape(rectangle, { x: 10, y: 20 })).toBe(true)
  expect(pointInShape(rectangle, { x: 40, y: 30 })).toBe(false)
  expect(distanceToEdge(framed, { x: 5, y: 5 })).toBe(2)
  expect(distanceToEdge(rectangle, { x: 0, y: 30 })).toBe(10)
  expect(nearestVertex(twoParts, { x: 24, y: 1 }, 3)?.ref).toEqual({ part: 1, ring: 0, vertex: 1 })
  expect(nearestVertex(twoParts, { x: 3.5, y: 6.5 }, 1)?.ref).toEqual({ part: 0, ring: 1, vertex: 3 })
  expect(nearestVertex(twoParts, { x: 15, y: 5 }, 3)).toBeNull()
  expect(nearestMidpoint(twoParts, { x: 5, y: 3.2 }, 1)).toMatchObject({
    ref: { part: 0, ring: 1, vertex: 0 },
    point: { x: 5, y: 3 },
  })
  expect(nearestEdge(twoParts, { x: 2, y: -1 }, 2)?.point).toEqual({ x: 2, y: 0 })
  for (const handle of handles)
    expect(nearestHandle(rectangle, handlePoint(rectangle, handle), 1)).toBe(handle)
  expect(nearestHandle(rectangle, { x: 25, y: 40 }, 5)).toBeNull()
})

test('vertices move, come and go; the old shape stays as it was', () => {
  const before = structuredClone(twoParts)
  const ref = { part: 0, ring: 1, vertex: 2 }
  expect(moveVertex(twoParts, ref, { x: 8, y: 8 }).parts[0]?.holes[0]?.[2]).toEqual([8, 8])
  const inserted = insertVertex(twoParts, { part: 0, ring: 0, vertex: 3 }, { x: 0, y: 5 })
  expect(inserted.ref.vertex).toBe(4)
  expect(inserted.shape.parts[0]?.outer).toHaveLength(5)
  expect(inserted.shape.parts[0]?.outer[4]).toEqual([0, 5])
  expect(removeVertex(inserted.shape, inserted.ref)).toEqual(twoParts)
  expect(twoParts).toEqual(before)
})

test('a ring of three goes with its vertex, the last part leaves nothing', () => {
  const triangle: [number, number][] = [
    [0, 0],
    [4, 0],
    [0, 4],
  ]
  const vertex = { part: 0, ring: 0, vertex: 0 }
  expect(removeVertex(polygonOf(triangle), vertex)).toBeNull()
  const holed = polygonOf(square(-5, -5, 20), triangle)
  expect(removeVertex(holed, { ...vertex, ring: 1 })).toEqual(polygonOf(square(-5, -5, 20)))
  expect(removeRing(twoParts, 0, 0)?.parts).toEqual([twoParts.parts[1]])
})

test('rectangles: translate, resize by each handle, flip, become polygons', () => {
  expect(translate(rectangle, 5, -5)).toEqual({ ...rectangle, x: 15, y: 15 })
  expect(areaOf(translate(twoParts, 3, 3))).toBe(109)
  expect(resizeRectangle(rectangle, 'se', { x: 50, y: 70 })).toEqual({ ...rectangle, width: 40, height: 50 })
  expect(resizeRectangle(rectangle, 'n', { x: 999, y: 30 })).toEqual({ ...rectangle, y: 30, height: 30 })
  expect(resizeRectangle(rectangle, 'w', { x: 60, y: 0 })).toEqual({ ...rectangle, x: 40, width: 20 })
  expect(rectangleOfCorners({ x: 4, y: 4 }, { x: 4, y: 4 }).width).toBeGreaterThan(0)
  for (const handle of handles)
    expect(resizeRectangle(rectangle, handle, handlePoint(rectangle, handle))).toEqual(rectangle)
  expect(areaOf(polygonOfRectangle(rectangle))).toBe(1200)
})

test('clipping keeps what is inside as proper parts', () => {
  const size = { width: 20, height: 20 }
  expect(clipToImage(framed, size)).toBe(framed)
  expect(clipToImage(translate(framed, 100, 0), size)).toBeNull()
  expect(clipToImage(rectangle, size)).toBeNull()
  expect(clipToImage({ ...rectangle, y: 5 }, size)).toEqual({
    type: 'rectangle',
    x: 10,
    y: 5,
    width: 10,
    height: 15,
  })
  // A comb whose back lies outside falls into its two teeth.
  const comb = polygonOf([
    [-5, 0],
    [10, 0],
    [10, 4],
    [-2, 4],
    [-2, 8],
    [10, 8],
    [10, 12],
    [-5, 12],
  ])
  const teeth = clipToImage(comb, size)
  expect(teeth?.type === 'polygon' && teeth.parts).toHaveLength(2)
  expect(areaOf(teeth!)).toBe(80)
  // A hole that the border cuts opens the outer ring.
  const cut = clipToImage(translate(framed, -5, 0), size)
  expect(cut?.type === 'polygon' && cut.parts[0]?.holes).toEqual([])
  expect(areaOf(cut!)).toBe(50 - 8)
})

test('clipping a random star is the star, cut: the same pixels', () => {
  const random = createRandom(5)
  for (let round = 0; round < 100; round++) {
    const field = randomField(random, 3)
    const count = 40
    const ring = Array.from({ length: count }, (_, i): [number, number] => {
      const angle = (i / count) * 2 * Math.PI
      const radius = 18 + 14 * field(Math.cos(angle), Math.sin(angle))
      return [10 + Math.cos(angle) * radius, 12 + Math.sin(angle) * radius]
    })
    const star = polygonOf(round % 2 ? ring : ring.toReversed(), square(2, 5, 5))
    const clipped = clipToImage(star, { width: 21, height: 20 })!
    const window = { x: 0, y: 0, width: 21, height: 20 }
    expect(rasterise(clipped, 21, 20, window).data).toEqual(rasterise(star, 21, 20, window).data)
  }
})

test('joined parts cover the same pixels in one ring', () => {
  const window = { x: 0, y: 0, width: 30, height: 12 }
  const solid: Polygon = { type: 'polygon', parts: twoParts.parts.map((part) => ({ ...part, holes: [] })) }
  for (const [keepHoles, expected] of [
    [true, twoParts],
    [false, solid],
  ] as const) {
    const ring = joinParts(twoParts, { keepHoles })
    expect(Math.abs(signedArea(ring))).toBe(areaOf(expected))
    expect(rasterise(polygonOf(ring), 30, 12, window).data).toEqual(rasterise(expected, 30, 12, window).data)
  }
  const reversed = {
    ...twoParts,
    parts: [twoParts.parts[1]!, { ...twoParts.parts[0]!, outer: square(0, 0, 10).toReversed() }],
  }
  expect(Math.abs(signedArea(joinParts(reversed, { keepHoles: true })))).toBe(109)
})

test('IoU', () => {
  expect(iou(rectangle, rectangle)).toBe(1)
  expect(iou(rectangle, { ...rectangle, x: 25 })).toBeCloseTo(1 / 3)
  expect(iou(rectangle, { ...rectangle, x: 400 })).toBe(0)
  expect(iou(polygonOf(square(0, 0, 10)), framed)).toBeCloseTo(0.84, 2)
  expect(iou(polygonOf(square(0, 0, 0.4)), polygonOf(square(0, 0, 0.2)))).toBeCloseTo(0.25, 2)
})

/** Polygon fidelity: what issue 2 asks of masks -> polygons, from binary masks and from logits. */
import { describe, expect, test } from 'vitest'
import { polygonOfLogits, polygonOfMask } from '../../../common/geometry/mask-to-polygon.ts'
import { wholeImage } from '../../../common/geometry/letterbox.ts'
import { areaOf, bboxOf } from '../../../common/geometry/measure.ts'
import { rasterise } from '../../../common/geometry/rasterise.ts'
import { smoothUnsure } from '../../../common/geometry/unsure.ts'
import type { Polygon } from '../../../common/model.ts'
import { logitsOf, officialMask } from './official.ts'
import { createRandom } from '../../support/random.ts'
import { disc, maskIou, paint } from './pictures.ts'

const options = { tolerance: 0.5, minArea: 16, minShare: 0 }

const pixelsOf = (polygon: Polygon, size: number) =>
  rasterise(polygon, size, size, { x: 0, y: 0, width: size, height: size }).data

/** Radius, least IoU, most vertices. */
const discs = [
  [5, 0.985, 20],
  [10, 0.99, 20],
  [20, 0.993, 30],
  [50, 0.996, 70],
  [100, 0.998, 120],
  [300, 0.999, 220],
] as const

/** The disc's middle is on a pixel's corner, on its centre, and between. */
const offsets = [
  [0, 0],
  [0.5, 0.5],
  [0.25, 0.3],
  [0.5, 0],
] as const

const fromMask = (size: number, inside: (x: number, y: number) => boolean) => {
  const mask = paint(size, size, inside)
  const polygon = polygonOfMask(mask, size, size, options)!
  return { polygon, iou: maskIou(pixelsOf(polygon, size), mask) }
}

/** `depth` is the signed distance to the boundary, positive inside. */
const fromLogits = (size: number, depth: (x: number, y: number) => number) => {
  const crop = wholeImage({ width: size, height: size })
  const frame = { imageWidth: size, imageHeight: size, crop }
  const logits = logitsOf(frame, depth)
  const polygon = polygonOfLogits(logits, frame, options)!
  return { polygon, iou: maskIou(pixelsOf(polygon, size), officialMask(logits, frame)) }
}

const verticesOf = (polygon: Polygon) =>
  polygon.parts.reduce((sum, part) => sum + [part.outer, ...part.holes].flat().length, 0)

describe.each(discs)('a disc of radius %d', (radius, leastIou, mostVertices) => {
  test.each(offsets)('as a mask, off a corner by %d, %d', (dx, dy) => {
    const size = 2 * radius + 20
    const { polygon, iou } = fromMask(size, disc(size / 2 + dx, size / 2 + dy, radius))
    expect(iou).toBeGreaterThanOrEqual(leastIou)
    expect(verticesOf(polygon)).toBeLessThanOrEqual(mostVertices)
  })

  test.each(offsets)('as logits, off a corner by %d, %d', (dx, dy) => {
    const size = Math.max(256, 2 * radius + 40)
    const { polygon, iou } = fromLogits(
      size,
      (x, y) => radius - Math.hypot(x - size / 2 - dx, y - size / 2 - dy),
    )
    expect(iou).toBeGreaterThanOrEqual(leastIou)
    expect(verticesOf(polygon)).toBeLessThanOrEqual(mostVertices)
  })
})

describe("in a photo of 4000 x 3000, whose pixels are a quarter of the model's", () => {
  const frameOf = (width: number, height: number) => ({
    imageWidth: width,
    imageHeight: height,
    crop: wholeImage({ width, height }),
  })
  const large = frameOf(4000, 3000)

  test('a disc is as true as in a small one', () => {
    const logits = logitsOf(large, (x, y) => (600 - Math.hypot(x - 2000, y - 1500)) / 4)
    const polygon = polygonOfLogits(logits, large, options)!
    expect(areaOf(polygon) / (Math.PI * 600 ** 2)).toBeCloseTo(1, 3)
    expect(verticesOf(polygon)).toBeLessThanOrEqual(220)
    const found = rasterise(polygon, 4000, 3000, { x: 0, y: 0, width: 4000, height: 3000 }).data
    expect(maskIou(found, officialMask(logits, large))).toBeGreaterThanOrEqual(0.999)
  })

  test('a rough outline has not many more vertices than in a small one', () => {
    const random = createRandom(7)
    const noise = Float32Array.from({ length: 256 * 256 }, () => 5 * random() - 2.5)
    const logits = logitsOf(large, (x, y) => (800 - Math.hypot(x - 2000, y - 1500)) / 16).map(
      (value, i) => value + noise[i]!,
    )
    const polygon = polygonOfLogits(logits, large, options)!
    const small = polygonOfLogits(logits, frameOf(1024, 768), options)!
    expect(verticesOf(polygon)).toBeLessThan(1.75 * verticesOf(small))
    const found = rasterise(polygon, 4000, 3000, { x: 0, y: 0, width: 4000, height: 3000 }).data
    // Half of this edge is noise, which the outline does not follow.
    expect(maskIou(found, officialMask(smoothUnsure(logits, large), large))).toBeGreaterThanOrEqual(0.985)
  })
})

const ringDepth = (x: number, y: number) => 20 - Math.abs(Math.hypot(x - 130, y - 130) - 80)
const partsDepth = (x: number, y: number) =>
  Math.max(30 - Math.hypot(x - 60, y - 60), 20 - Math.hypot(x - 180, y - 170))

test('a ring 100/60 keeps its hole', () => {
  for (const { polygon, iou } of [
    fromMask(260, (x, y) => ringDepth(x, y) >= 0),
    fromLogits(260, ringDepth),
  ]) {
    expect(iou).toBeGreaterThanOrEqual(0.99)
    expect(polygon.parts.map((part) => part.holes.length)).toEqual([1])
    expect(areaOf(polygon) / (Math.PI * (100 ** 2 - 60 ** 2))).toBeCloseTo(1, 2)
  }
})

test('two separate parts are one polygon, the larger first', () => {
  for (const { polygon, iou } of [
    fromMask(260, (x, y) => partsDepth(x, y) >= 0),
    fromLogits(260, partsDepth),
  ]) {
    expect(iou).toBeGreaterThanOrEqual(0.99)
    expect(polygon.parts).toHaveLength(2)
    expect(polygon.parts[0]!.outer[0]![0]).toBeLessThan(100)
  }
})

test('a 20x20 square stays 20x20: four corners, to the hundredth', () => {
  const { polygon } = fromMask(40, (x, y) => x > 10 && x < 30 && y > 10 && y < 30)
  expect(areaOf(polygon)).toBe(400)
  expect(bboxOf(polygon)).toEqual({ x: 10, y: 10, width: 20, height: 20 })
  expect(new Set(polygon.parts[0]!.outer.map(String))).toEqual(new Set(['10,10', '30,10', '30,30', '10,30']))
})

test('a square of logits in a 20x20 image at every border is the image, exactly', () => {
  const { polygon } = fromLogits(20, () => 3)
  expect(areaOf(polygon)).toBe(400)
  expect(verticesOf(polygon)).toBe(4)
})

test.each([
  ['across', (x: number, y: number) => y > 10 && y < 11 && x > 3 && x < 33],
  ['down', (x: number, y: number) => x > 10 && x < 11 && y > 3 && y < 33],
  ['diagonal', (x: number, y: number) => Math.floor(x) === Math.floor(y) && x > 5 && x < 35],
  ['shallow', (x: number, y: number) => Math.floor(x / 3) === Math.floor(y) && x > 3 && x < 36],
  [
    'bent',
    (x: number, y: number) =>
      (Math.floor(x) === 5 && y > 3 && y < 30) || (Math.floor(y) === 29 && x > 5 && x < 30),
  ],
])('a one-pixel line survives: %s', (_, inside) => {
  const { polygon, iou } = fromMask(40, inside)
  expect(iou).toBeGreaterThanOrEqual(0.99)
  expect(polygon.parts).toHaveLength(1)
})

test('straight one-pixel lines are four corners', () => {
  const { polygon } = fromMask(40, (x, y) => y > 10 && y < 11 && x > 3 && x < 33)
  expect(verticesOf(polygon)).toBe(4)
  expect(areaOf(polygon)).toBe(30)
})

test.each([0.5, 1.5, 5])(
  'a round hole takes the vertices of a disc of its size, with a tolerance of %d',
  (tolerance) => {
    const logitsOf = (at: (radius: number) => number) =>
      Float32Array.from(
        { length: 256 * 256 },
        (_, i) => 2.7 * at(Math.hypot((i % 256) - 120.4, Math.floor(i / 256) - 90.7)),
      )
    const frame = { imageWidth: 1024, imageHeight: 768, crop: wholeImage({ width: 1024, height: 768 }) }
    const options = { tolerance, minArea: 16, minShare: 0.01 }
    const disc = polygonOfLogits(
      logitsOf((radius) => 14 - radius),
      frame,
      options,
    )!
    const ring = polygonOfLogits(
      logitsOf((radius) => Math.min(50 - radius, radius - 14)),
      frame,
      options,
    )!
    expect(ring.parts.map(({ holes }) => holes.map(({ length }) => length))).toEqual([
      [disc.parts[0]!.outer.length],
    ])
  },
)

test('specks and pinholes go, the largest part stays however small, nothing is null', () => {
  const size = 60
  const spotted = (x: number, y: number) =>
    (disc(25, 25, 20)(x, y) && !disc(25, 25, 1.5)(x, y)) || disc(55, 55, 1.5)(x, y)
  const { polygon } = fromMask(size, spotted)
  expect(polygon.parts.map((part) => part.holes.length)).toEqual([0])
  const all = polygonOfMask(paint(size, size, spotted), size, size, {
    tolerance: 0.5,
    minArea: 0,
    minShare: 0,
  })!
  expect(all.parts.map((part) => part.holes.length)).toEqual([1, 0])
  expect(fromMask(size, disc(30, 30, 1.5)).iou).toBe(1)
  expect(polygonOfMask(new Uint8Array(100), 10, 10, options)).toBeNull()
  const frame = { imageWidth: 10, imageHeight: 10, crop: wholeImage({ width: 10, height: 10 }) }
  expect(polygonOfLogits(new Float32Array(65536).fill(-1), frame, options)).toBeNull()
})

test('tolerance 0 keeps every pixel', () => {
  const mask = paint(50, 50, (x, y) => disc(25, 25, 17)(x, y) && (x * 7 + y * 3) % 11 > 2)
  const polygon = polygonOfMask(mask, 50, 50, { tolerance: 0, minArea: 0, minShare: 0 })!
  expect(pixelsOf(polygon, 50)).toEqual(mask)
})

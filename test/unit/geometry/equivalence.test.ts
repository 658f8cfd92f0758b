/** polygonOfLogits against the official full-size mask, and what must hold for any mask whatever. */
import { expect, test } from 'vitest'
import { wholeImage, type LogitsFrame } from '../../../common/geometry/letterbox.ts'
import { polygonOfLogits, polygonOfMask, polygonOfRaster } from '../../../common/geometry/mask-to-polygon.ts'
import { bboxOf, signedArea } from '../../../common/geometry/measure.ts'
import { pointInShape } from '../../../common/geometry/hit.ts'
import { rasterise } from '../../../common/geometry/rasterise.ts'
import { createScratch } from '../../../common/geometry/scratch.ts'
import { logitsOfShape } from '../../../common/geometry/shape-to-logits.ts'
import { entangledRings } from '../../../common/geometry/validity.ts'
import type { Polygon, Ring } from '../../../common/model.ts'
import { reachBorders } from '../../../common/geometry/border.ts'
import { logitsOf, officialMask } from './official.ts'
import { createRandom } from '../../support/random.ts'
import { maskIou, paint, polygonOf, randomField, square } from './pictures.ts'

const frameOf = (width: number, height: number, crop = wholeImage({ width, height })): LogitsFrame => ({
  imageWidth: width,
  imageHeight: height,
  crop,
})

const options = { tolerance: 0.5, minArea: 16, minShare: 0 }

const frames = [
  ['square, smaller than the frame', frameOf(300, 300)],
  ['landscape', frameOf(640, 427)],
  ['portrait', frameOf(333, 500)],
  ['larger than the frame', frameOf(1600, 1200)],
  ['a thin strip', frameOf(900, 40)],
  ['a crop', frameOf(2000, 1500, { x: 310, y: 77, width: 512, height: 400 })],
  ['tiny', frameOf(24, 17)],
] as const

const pixelsOf = (polygon: Polygon, { crop }: LogitsFrame) => rasterise(polygon, 0, 0, crop).data

/** What holds of every polygon that we make. */
const checkValid = (polygon: Polygon, { x, y, width, height }: LogitsFrame['crop']) => {
  expect(entangledRings(polygon.parts.flatMap((part) => [part.outer, ...part.holes]))).toEqual([])
  for (const part of polygon.parts) {
    expect(signedArea(part.outer)).toBeGreaterThan(0)
    for (const hole of part.holes) {
      expect(signedArea(hole)).toBeLessThan(0)
      const outer: Polygon = polygonOf(part.outer)
      for (const [hx, hy] of hole) expect(pointInShape(outer, { x: hx, y: hy })).toBe(true)
    }
  }
  const box = bboxOf(polygon)
  expect(Math.min(box.x - x, box.y - y)).toBeGreaterThanOrEqual(0)
  expect(Math.max(box.x + box.width - x - width, box.y + box.height - y - height)).toBeLessThanOrEqual(1e-9)
}

test.each(frames)('dense outlines are the official mask, simplified ones lose little: %s', (_, frame) => {
  const random = createRandom(11)
  const { crop } = frame
  for (let round = 0; round < 4; round++) {
    const wave = randomField(random, Math.max(crop.width, crop.height) / 3)
    // At the border our masks reach further than the official ones.
    const logits = reachBorders(
      logitsOf(frame, (x, y) => 8 * wave(x, y)),
      frame,
    )
    const official = officialMask(logits, frame)
    const dense = polygonOfLogits(logits, frame, { tolerance: 0, minArea: 0, minShare: 0 })!
    const area = official.reduce((sum, value) => sum + value, 0)
    // Rounding to 1/100 pixel may move a boundary over some pixel centres.
    expect(maskIou(pixelsOf(dense, frame), official)).toBeGreaterThanOrEqual(area < 1000 ? 0.985 : 0.9985)
    checkValid(dense, crop)
    const simple = polygonOfLogits(logits, frame, { tolerance: 0.5, minArea: 0, minShare: 0 })!
    expect(maskIou(pixelsOf(simple, frame), official)).toBeGreaterThanOrEqual(area < 1000 ? 0.96 : 0.99)
    checkValid(simple, crop)
  }
})

test('a mask at the border closes on it exactly', () => {
  const frame = frameOf(640, 427)
  const polygon = polygonOfLogits(
    logitsOf(frame, (x, y) => 100 - Math.hypot(x - 640, y - 200)),
    frame,
    {
      tolerance: 0.5,
      minArea: 16,
      minShare: 0,
    },
  )!
  const onBorder = polygon.parts[0]!.outer.filter(([x]) => x > 639)
  expect(onBorder.map(([x]) => x)).toEqual([640, 640])
  const all = polygonOfLogits(new Float32Array(65536).fill(2), frame, {
    tolerance: 0.5,
    minArea: 16,
    minShare: 0,
  })!
  expect(new Set(all.parts[0]!.outer.map(String))).toEqual(new Set(['0,0', '640,0', '640,427', '0,427']))
})

test.each([1024, 4000])('holes under a logit are specks, larger ones are not: %d pixels', (side) => {
  const logits = new Float32Array(65536).fill(-5)
  for (let row = 40; row < 140; row++) logits.fill(5, row * 256 + 40, row * 256 + 140)
  // The deeper it is, the further it reaches towards its neighbours: areas of .6 and about 3 logits.
  logits[70 * 256 + 70] = -5
  logits[110 * 256 + 110] = -60
  const holesAt = (minArea: number) =>
    polygonOfLogits(logits, frameOf(side, side), { tolerance: 0.5, minArea, minShare: 0 })!.parts[0]!.holes
  const [small, large] = holesAt(0)
  const logitsIn = (ring: Ring | undefined) => -signedArea(ring!) * (256 / side) ** 2
  expect([logitsIn(small), logitsIn(large)]).toEqual([expect.closeTo(0.6, 1), expect.closeTo(3, 0)])
  expect(holesAt(16)).toEqual([large])
})

test('parts and holes under a share of the object are dropped, unless a point asks for them', () => {
  const frame = frameOf(1024, 1024)
  const logits = new Float32Array(65536).fill(-5)
  const paint = (x: number, y: number, side: number, value: number) => {
    for (let row = y; row < y + side; row++) logits.fill(value, row * 256 + x, row * 256 + x + side)
  }
  // In shares of the object: the whole, a part of 4 % and one of .6 %, a hole of .6 % and in it an island.
  paint(20, 20, 100, 5)
  paint(150, 20, 20, 5)
  paint(200, 20, 8, 5)
  paint(40, 40, 8, -5)
  paint(43, 43, 3, 5)
  const ringsWith = (minShare: number, ...points: [number, number, boolean][]) =>
    polygonOfLogits(
      logits,
      frame,
      { tolerance: 0.5, minArea: 16, minShare },
      points.map(([x, y, positive]) => ({ type: 'point', x: 4 * x, y: 4 * y, positive })),
    )!.parts.map(({ outer, holes }) => [Math.round(Math.sqrt(signedArea(outer)) / 4), holes.length])
  expect(ringsWith(0)).toEqual([
    [100, 1],
    [20, 0],
    [8, 0],
    [3, 0],
  ])
  expect(ringsWith(0.01)).toEqual([
    [100, 0],
    [20, 0],
  ])
  expect(ringsWith(0.5)).toEqual([[100, 0]])
  expect(ringsWith(0.01, [204, 24, true])).toEqual([
    [100, 0],
    [20, 0],
    [8, 0],
  ])
  expect(ringsWith(0.01, [41, 41, false])).toEqual([
    [100, 1],
    [20, 0],
  ])
  // The island lies in a hole that is filled, so the point has what it asks for.
  expect(ringsWith(0.01, [44.5, 44.5, true])).toEqual(ringsWith(0.01))
  expect(ringsWith(0.01, [204, 24, false])).toEqual(ringsWith(0.01))
})

test('a mask that frays at the border of the image reaches it, at the border of a crop it does not', () => {
  const logits = new Float32Array(65536).fill(-5)
  // Up to the second cell from the left, with teeth of a cell and of three; from row 140 on it ends 3 cells before.
  for (let row = 50; row < 140; row++) logits.fill(5, row * 256 + (row % 9 < 3 ? 2 : 1), row * 256 + 60)
  for (let row = 140; row < 200; row++) logits.fill(5, row * 256 + 3, row * 256 + 60)
  const leftOf = (frame: LogitsFrame) => {
    const [part] = polygonOfLogits(logits, frame, options)!.parts
    return part!.outer.filter(([x]) => x - frame.crop.x < 6)
  }
  const whole = leftOf(frameOf(1024, 1024))
  expect(whole).toHaveLength(2)
  expect(whole.map(([x]) => x)).toEqual([0, 0])
  const cut = leftOf(frameOf(3000, 3000, { x: 500, y: 500, width: 1024, height: 1024 }))
  expect(cut.length).toBeGreaterThan(20)
  expect(cut.some(([x]) => x === 500)).toBe(false)
})

test('logits that lie in the padding are ignored', () => {
  const frame = frameOf(640, 320)
  const logits = new Float32Array(65536).fill(-5)
  logits.fill(5, 200 * 256)
  expect(polygonOfLogits(logits, frame, { tolerance: 0.5, minArea: 0, minShare: 0 })).toBeNull()
})

test.each([0, 0.5, 1, 2, 5])('noise and blobs never give rings that cross, at tolerance %d', (tolerance) => {
  const random = createRandom(21 + tolerance)
  for (let round = 0; round < 40; round++) {
    const [width, height] = [10 + Math.floor(random() * 60), 10 + Math.floor(random() * 60)]
    const wave = randomField(random, 4 + random() * 30)
    const grain = random() * 0.4
    const mask = paint(width, height, (x, y) => wave(x, y) + (random() - 0.5) * grain > 0)
    const polygon = polygonOfMask(mask, width, height, { tolerance, minArea: 0, minShare: 0 })
    if (!polygon) continue
    checkValid(polygon, wholeImage({ width, height }))
    const { data } = rasterise(polygon, width, height, { x: 0, y: 0, width, height })
    if (tolerance === 0) expect(data).toEqual(mask)
    if (tolerance === 0.5) expect(maskIou(data, mask)).toBeGreaterThanOrEqual(0.97)
  }
})

test('noisy logits never give rings that cross', () => {
  const random = createRandom(31)
  for (let round = 0; round < 20; round++) {
    // Of a photo larger than the frame, small rings are tried coarsely first.
    const most = round % 4 === 0 ? 4000 : 900
    const frame = frameOf(40 + Math.floor(random() * most), 40 + Math.floor(random() * most))
    const wave = randomField(random, 30 + random() * 200)
    const grain = random() * 0.3
    // Whole numbers make ties and exact zeros.
    const logits = logitsOf(frame, (x, y) => Math.round(6 * (wave(x, y) + (random() - 0.5) * grain)))
    for (const tolerance of [0, 0.5, 3]) {
      const polygon = polygonOfLogits(logits, frame, { tolerance, minArea: 4, minShare: 0 })
      if (polygon) checkValid(polygon, frame.crop)
    }
  }
})

test('what the scratch held before changes no polygon', () => {
  const scratch = createScratch()
  scratch.doubles(2 ** 21).fill(NaN)
  const random = createRandom(47)
  for (const [, frame] of frames) {
    const wave = randomField(random, 20 + random() * 60)
    const logits = logitsOf(frame, (x, y) => 4 * wave(x, y) + random() - 0.2)
    const polygon = polygonOfLogits(logits, frame, options)
    expect(polygon).not.toBeNull()
    expect(polygonOfLogits(logits, frame, options, [], scratch)).toEqual(polygon)
  }
})

test('a window of an image gives the polygon of the whole mask', () => {
  const mask = paint(60, 50, (x, y) => Math.hypot(x - 30, y - 25) < 12)
  const whole = polygonOfMask(mask, 60, 50, { tolerance: 0.5, minArea: 0, minShare: 0 })!
  const window = rasterise(whole, 60, 50)
  expect(polygonOfRaster(window, 60, 50, { tolerance: 0.5, minArea: 0, minShare: 0 })).toEqual(whole)
})

test('a shape as logits is the shape again', () => {
  const frame = frameOf(2000, 1500, { x: 300, y: 100, width: 1024, height: 700 })
  const ringed = polygonOf(square(500, 250, 300), square(580, 330, 120))
  const rectangle = { type: 'rectangle', x: 900, y: 400, width: 333, height: 222 } as const
  for (const shape of [ringed, rectangle]) {
    const back = polygonOfLogits(logitsOfShape(shape, frame), frame, {
      tolerance: 0.5,
      minArea: 16,
      minShare: 0,
    })!
    expect(maskIou(pixelsOf(back, frame), rasterise(shape, 0, 0, frame.crop).data)).toBeGreaterThan(0.98)
  }
  const outside = logitsOfShape({ ...rectangle, x: 1500 }, frame)
  expect(outside.every((logit) => logit === -20)).toBe(true)
})

/** The prompt policy of docs/models.md, in numbers. */
import { describe, expect, test } from 'vitest'
import { moveLogits } from '../../../../core/inference/host/logits.ts'
import {
  cropForBox,
  logitsIn,
  planSegment,
  promptIn,
  viewOf,
} from '../../../../core/inference/host/policy.ts'
import type { BoxPrompt } from '../../../../common/model.ts'
import { box, point, requestOf } from '../asked.ts'

const image = { width: 4000, height: 3000 }
const whole = { x: 0, y: 0, width: 4000, height: 3000 }

const planOf = (...[request, size]: [Parameters<typeof planSegment>[0], typeof image]) => {
  const { view, ...plan } = planSegment(request, size, 512)
  return { ...plan, view, crop: view.crop }
}

const boxOf = (x0: number, y0: number, x1: number, y1: number): BoxPrompt => ({ type: 'box', x0, y0, x1, y1 })

const disc = (x: number, y: number, radius: number) =>
  Float32Array.from(
    { length: 256 * 256 },
    (_, i) => radius - Math.hypot((i % 256) + 0.5 - x, Math.floor(i / 256) + 0.5 - y),
  )

describe('points in the 1024 frame', () => {
  test('scale by the long side; without a box a padding point ends them', () => {
    const { prompt } = planOf(requestOf({ prompts: [point(4000, 3000), point(2000, 0, false)] }), image)
    expect([...prompt.coords]).toEqual([1024, 768, 512, 0, 0, 0])
    expect([...prompt.labels]).toEqual([1, 0, -1])
  })

  test('a box is two corners and has no padding point', () => {
    const { prompt } = planOf(requestOf({ prompts: [box(0, 0, 2000, 1000), point(1000, 500)] }), image)
    expect([...prompt.labels]).toEqual([2, 3, 1])
    expect([...prompt.coords]).toEqual([0, 0, 512, 256, 256, 128])
  })

  test('of a portrait image scale by its height', () => {
    const { prompt } = planOf(requestOf({ prompts: [point(500, 2000)] }), { width: 1000, height: 2000 })
    expect([...prompt.coords].slice(0, 2)).toEqual([256, 1024])
  })
})

describe('offered masks', () => {
  test.each([
    ['a single point: all', requestOf(), 'all'],
    ['a single negative point: all', requestOf({ prompts: [point(1, 1, false)] }), 'all'],
    ['two points: the first', requestOf({ prompts: [point(1, 1), point(2, 2)] }), 'first'],
    ['a box: the first', requestOf({ prompts: [box(0, 0, 100, 100)] }), 'first'],
    ['a point on a mask: the first', requestOf({ maskInput: new Float32Array(65536) }), 'first'],
  ])('%s', (_, request, offer) => {
    expect(planOf(request, image).offer).toBe(offer)
  })
})

describe('crop', () => {
  test('is the whole image by default, and for a first look at any box', () => {
    expect(planOf(requestOf(), image).crop).toEqual(whole)
    expect(planOf(requestOf({ prompts: [box(100, 100, 110, 110)] }), image).crop).toEqual(whole)
  })

  test('for a box under 80 px of the frame is 3 times the box, at least 128 px, around it', () => {
    const cropOf = (...[x0, y0, x1, y1]: [number, number, number, number]) =>
      cropForBox(boxOf(x0, y0, x1, y1), image, 512)
    // 80 px of the frame are 312.5 of the image.
    expect(cropOf(0, 0, 313, 900)).toBeNull()
    expect(cropOf(1000, 1000, 1312, 1312)).toEqual({ x: 688, y: 688, width: 936, height: 936 })
    expect(cropOf(1000, 1000, 1020, 1031)).toEqual({ x: 946, y: 952, width: 128, height: 128 })
    expect(cropOf(1000, 1000, 1200, 1031)).toEqual({ x: 800, y: 716, width: 600, height: 600 })
    expect(cropOf(0, 0, 20, 20)).toEqual({ x: 0, y: 0, width: 128, height: 128 })
    expect(cropOf(3990, 2990, 4000, 3000)).toEqual({ x: 3872, y: 2872, width: 128, height: 128 })
  })

  test('is not made where the whole image shows as much', () => {
    expect(cropForBox(boxOf(10, 10, 20, 20), { width: 100, height: 60 }, 512)).toBeNull()
    // Long and thin: three times its length is nearly the image.
    expect(cropForBox(boxOf(0, 1000, 2000, 1050), image, 512)).toBeNull()
  })

  test('that was given is used again, and kept in the image', () => {
    const crop = { x: 10, y: 20, width: 300, height: 200 }
    expect(planOf(requestOf({ crop, prompts: [box(1, 1, 5, 5)] }), image).crop).toEqual(crop)
    const outside = planOf(requestOf({ crop: { x: 3900, y: 0, width: 300, height: 200 } }), image)
    expect(outside.crop).toEqual({ x: 3900, y: 0, width: 100, height: 200 })
    expect(planOf(requestOf({ crop, zoom: true }), image).crop).toEqual(crop)
  })

  test('asked for around points is 512 px', () => {
    const { crop } = planOf(requestOf({ zoom: true, prompts: [point(2000, 1500)] }), image)
    expect(crop).toEqual({ x: 1744, y: 1244, width: 512, height: 512 })
  })

  test('asked for around a mask is 3 times the mask, and the mask goes with it', () => {
    // A disc of radius 16 cells = 250 px around (2000, 1500).
    const maskInput = disc(128, 96, 16)
    const request = requestOf({ zoom: true, maskInput, crop: whole, prompts: [point(2000, 1500)] })
    const { crop, prompt } = planOf(request, image)
    expect(crop).toEqual({ x: 1250, y: 750, width: 1500, height: 1500 })
    const inside = prompt.mask!.reduce((count, value) => count + Number(value > 0), 0)
    // The same disc, at 1500 / 256 px a cell: radius 42.67 cells.
    expect(inside / (Math.PI * 42.67 ** 2)).toBeCloseTo(1, 1)
    expect(prompt.mask![128 * 256 + 128]).toBeGreaterThan(0)
  })

  test('is the whole image for a mask of the whole image', () => {
    const request = requestOf({ maskInput: disc(10, 10, 2), prompts: [box(10, 10, 20, 20)] })
    expect(planOf(request, image).crop).toEqual(whole)
  })
})

describe('a crop at half the frame', () => {
  const crop = { x: 100, y: 200, width: 300, height: 150 }
  const half = viewOf(crop, image, false, 512)

  test('is chosen unless the user zooms, and for no whole image', () => {
    expect(half.side).toBe(512)
    expect(viewOf(crop, image, true, 512).side).toBe(1024)
    expect(viewOf(whole, image, false, 512).side).toBe(1024)
  })

  test('has its prompts in the upper left quarter', () => {
    const { coords } = promptIn(half, [box(100, 200, 400, 350)], null)
    expect([...coords]).toEqual([0, 0, 512, 256])
  })

  test('gives and takes masks over the crop, as any other', () => {
    const mask = disc(128, 64, 40)
    const { mask: asked } = promptIn(half, [box(100, 200, 400, 350)], mask)
    expect(Math.abs(asked![32 * 256 + 50]! - mask[64 * 256 + 100]!)).toBeLessThan(1)
    const back = logitsIn(half, asked!)
    for (const [x, y] of [
      [150, 64],
      [90, 64],
      [128, 100],
    ] as const)
      expect(Math.abs(back[y * 256 + x]! - mask[y * 256 + x]!)).toBeLessThan(0.2)
  })

  test('mirrored, a prompt and a mask change sides and come back', () => {
    const mirrored = { ...half, side: 1024, mirrored: true }
    const mask = disc(60, 50, 30)
    const { coords, mask: asked } = promptIn(mirrored, [box(100, 200, 130, 230), point(110, 210)], mask)
    expect([...coords].map(Math.round)).toEqual([922, 0, 1024, 102, 990, 34])
    expect(asked![50 * 256 + 195]).toBeCloseTo(mask[50 * 256 + 60]!, 3)
    expect(logitsIn(mirrored, asked!)[50 * 256 + 60]).toBeCloseTo(mask[50 * 256 + 60]!, 3)
  })
})

test('logits moved into a crop and back are the same there', () => {
  const from = { x: 0, y: 0, width: 1024, height: 1024 }
  const to = { x: 256, y: 128, width: 512, height: 512 }
  const ramp = Float32Array.from({ length: 65536 }, (_, i) => (i % 256) + 2 * Math.floor(i / 256))
  const moved = moveLogits(ramp, from, to)
  // Cell (x, y) of the crop has its middle at (256 + 2x + 1, 128 + 2y + 1) px = cell (64.25 + x / 2 - .5, ...).
  expect(moved[0]).toBeCloseTo(63.75 + 0.5 * 1 - 0.5 + 2 * (31.75 + 0.5 * 1 - 0.5), 3)
  expect(moved[255]! - moved[0]!).toBeCloseTo(127.5, 3)
  expect(moveLogits(ramp, from, from)).toBe(ramp)
})

/** The prompt policy of docs/models.md, in numbers. */
import { describe, expect, test } from 'vitest'
import { moveLogits, planSegment } from '../../../../core/inference/host/policy.ts'
import { box, point, requestOf } from '../asked.ts'

const image = { width: 4000, height: 3000 }
const whole = { x: 0, y: 0, width: 4000, height: 3000 }

const disc = (x: number, y: number, radius: number) =>
  Float32Array.from(
    { length: 256 * 256 },
    (_, i) => radius - Math.hypot((i % 256) + 0.5 - x, Math.floor(i / 256) + 0.5 - y),
  )

describe('points in the 1024 frame', () => {
  test('scale by the long side; without a box a padding point ends them', () => {
    const { prompt } = planSegment(requestOf({ prompts: [point(4000, 3000), point(2000, 0, false)] }), image)
    expect([...prompt.coords]).toEqual([1024, 768, 512, 0, 0, 0])
    expect([...prompt.labels]).toEqual([1, 0, -1])
  })

  test('a box is two corners and has no padding point', () => {
    const { prompt } = planSegment(requestOf({ prompts: [box(0, 0, 2000, 1000), point(1000, 500)] }), image)
    expect([...prompt.labels]).toEqual([2, 3, 1])
    expect([...prompt.coords]).toEqual([0, 0, 512, 256, 256, 128])
  })

  test('of a portrait image scale by its height', () => {
    const { prompt } = planSegment(requestOf({ prompts: [point(500, 2000)] }), { width: 1000, height: 2000 })
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
    expect(planSegment(request, image).offer).toBe(offer)
  })
})

describe('crop', () => {
  test('is the whole image by default, and for a box of 32 px and more', () => {
    expect(planSegment(requestOf(), image).crop).toEqual(whole)
    expect(planSegment(requestOf({ prompts: [box(100, 100, 132, 132)] }), image).crop).toEqual(whole)
  })

  test('of a small box is 3 times the box, at least 128 px, around it', () => {
    const small = planSegment(requestOf({ prompts: [box(1000, 1000, 1020, 1031)] }), image)
    expect(small.crop).toEqual({ x: 946, y: 952, width: 128, height: 128 })
    const long = planSegment(requestOf({ prompts: [box(1000, 1000, 1200, 1031)] }), image)
    expect(long.crop).toEqual({ x: 800, y: 716, width: 600, height: 600 })
  })

  test('scales the prompts to its own frame', () => {
    const { prompt } = planSegment(requestOf({ prompts: [box(1000, 1000, 1020, 1031)] }), image)
    expect([...prompt.coords]).toEqual([432, 384, 592, 632])
  })

  test('lies in the image at its corners', () => {
    const first = planSegment(requestOf({ prompts: [box(0, 0, 20, 20)] }), image)
    expect(first.crop).toEqual({ x: 0, y: 0, width: 128, height: 128 })
    const last = planSegment(requestOf({ prompts: [box(3990, 2990, 4000, 3000)] }), image)
    expect(last.crop).toEqual({ x: 3872, y: 2872, width: 128, height: 128 })
  })

  test('of an image smaller than that is the image', () => {
    const tiny = { width: 100, height: 60 }
    expect(planSegment(requestOf({ prompts: [box(10, 10, 20, 20)] }), tiny).crop).toEqual({
      x: 0,
      y: 0,
      ...tiny,
    })
  })

  test('that was given is used again, and kept in the image', () => {
    const crop = { x: 10, y: 20, width: 300, height: 200 }
    expect(planSegment(requestOf({ crop, prompts: [box(1, 1, 5, 5)] }), image).crop).toEqual(crop)
    const outside = planSegment(requestOf({ crop: { x: 3900, y: 0, width: 300, height: 200 } }), image)
    expect(outside.crop).toEqual({ x: 3900, y: 0, width: 100, height: 200 })
    expect(planSegment(requestOf({ crop, zoom: true }), image).crop).toEqual(crop)
  })

  test('asked for around points is 512 px', () => {
    const { crop } = planSegment(requestOf({ zoom: true, prompts: [point(2000, 1500)] }), image)
    expect(crop).toEqual({ x: 1744, y: 1244, width: 512, height: 512 })
  })

  test('asked for around a mask is 3 times the mask, and the mask goes with it', () => {
    // A disc of radius 16 cells = 250 px around (2000, 1500).
    const maskInput = disc(128, 96, 16)
    const request = requestOf({ zoom: true, maskInput, crop: whole, prompts: [point(2000, 1500)] })
    const { crop, prompt } = planSegment(request, image)
    expect(crop).toEqual({ x: 1250, y: 750, width: 1500, height: 1500 })
    const inside = prompt.mask!.reduce((count, value) => count + Number(value > 0), 0)
    // The same disc, at 1500 / 256 px a cell: radius 42.67 cells.
    expect(inside / (Math.PI * 42.67 ** 2)).toBeCloseTo(1, 1)
    expect(prompt.mask![128 * 256 + 128]).toBeGreaterThan(0)
  })

  test('of a small box is not changed under a mask of the whole image', () => {
    const request = requestOf({ maskInput: disc(10, 10, 2), prompts: [box(10, 10, 20, 20)] })
    expect(planSegment(request, image).crop).toEqual(whole)
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

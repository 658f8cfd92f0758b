/** Edges that the model is unsure of are smoothed; edges that it is sure of, and small masks, are not touched. */
import { expect, test } from 'vitest'
import { wholeImage } from '../../../common/geometry/letterbox.ts'
import { polygonOfLogits } from '../../../common/geometry/mask-to-polygon.ts'
import { iou } from '../../../common/geometry/overlap.ts'
import { smoothUnsure } from '../../../common/geometry/unsure.ts'
import type { Polygon } from '../../../common/model.ts'
import { createRandom } from '../../support/random.ts'
import { logitsOf } from './official.ts'

const [width, height] = [1024, 768]
const frame = { imageWidth: width, imageHeight: height, crop: wholeImage({ width, height }) }
const options = { tolerance: 0.5, minArea: 16, minShare: 0.01 }

/** A disc whose logits rise by `slope` a cell, with noise of up to `noise` on each. */
const disc = (radius: number, slope: number, noise: number) => {
  const random = createRandom(3)
  return logitsOf(frame, (x, y) => {
    const depth = (radius - Math.hypot(x - width / 2, y - height / 2)) / 4
    return slope * depth + noise * (2 * random() - 1)
  })
}

const verticesOf = ({ parts }: Polygon) =>
  parts.flatMap(({ outer, holes }) => [outer, ...holes]).reduce((sum, ring) => sum + ring.length, 0)

test('an edge lost in noise comes nearer to what it was, with far fewer vertices', () => {
  const truth = polygonOfLogits(disc(200, 0.4, 0), frame, options)!
  const noisy = disc(200, 0.4, 1)
  // The tolerance is too small to matter; 0 alone leaves the logits as they are.
  const followed = polygonOfLogits(noisy, frame, { ...options, tolerance: 0 })!
  const smoothed = polygonOfLogits(noisy, frame, { ...options, tolerance: 0.01 })!
  expect(iou(smoothed, truth)).toBeGreaterThan(iou(followed, truth))
  expect(verticesOf(smoothed)).toBeLessThan(0.7 * verticesOf(followed))
})

test('a sure edge, a clean edge and a small mask are the same array', () => {
  for (const logits of [disc(200, 8, 0.5), disc(200, 0.4, 0), disc(20, 0.4, 0.5)])
    expect(smoothUnsure(logits, frame)).toBe(logits)
})

test('what was given is not changed, and the padding has no say', () => {
  const noisy = disc(400, 0.4, 1)
  const before = noisy.slice()
  const smoothed = smoothUnsure(noisy, frame)
  expect(noisy).toEqual(before)
  const padded = noisy.map((value, i) => (i >= 192 * 256 ? 1000 : value))
  expect(smoothUnsure(padded, frame).subarray(0, 192 * 256)).toEqual(smoothed.subarray(0, 192 * 256))
})

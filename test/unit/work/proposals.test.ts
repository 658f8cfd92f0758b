/** Which masks of a grid of points become proposals; the masks are drawn, the model is not asked. */
import { expect, test } from 'vitest'
import type { PointPrompt } from '../../../common/model.ts'
import { createProposals } from '../../../core/work/everything/proposals.ts'

/** The model's frame is the image: a cell is 4 pixels. */
const size = { width: 1024, height: 1024 }
const options = { tolerance: 0.5, minArea: 16, minShare: 0.01 }

type Box = readonly [x: number, y: number, width: number, height: number]

/** Logits of rectangles, in cells: inside 5 or as told, outside -5. */
const logitsOf = (...boxes: readonly (Box | readonly [...Box, number])[]) => {
  const logits = new Float32Array(65536).fill(-5)
  for (const [x, y, width, height, value = 5] of boxes)
    for (let row = y; row < y + height; row++) logits.fill(value, row * 256 + x, row * 256 + x + width)
  return logits
}

const create = () => {
  const proposals = createProposals(size, [], options)
  /** The boxes that are proposed, in cells, when the point (in cells) is answered with these masks. */
  return (x: number, y: number, ...masks: readonly Float32Array<ArrayBuffer>[]) => {
    const point: PointPrompt = { type: 'point', x: 4 * x, y: 4 * y, positive: true }
    const candidates = masks.map((logits, i) => ({ index: i + 1, score: 1 - i / 100, logits }))
    const crop = { x: 0, y: 0, ...size }
    const timings = { wait: 0, encode: 0, decode: 0 }
    const asked = { imageId: 1, revision: 0, modelId: 'fake', more: 0, canBeBetter: false }
    const answer = { ...asked, ...size, crop, candidates, timings }
    return proposals
      .take(point, answer)
      .map(({ bbox }) => [bbox.x, bbox.y, bbox.width, bbox.height].map((value) => Math.round(value / 4)))
  }
}

test('what frames the picture is background, what stands at its edge is not', () => {
  const take = create()
  const table = logitsOf([0, 0, 256, 256], [60, 60, 100, 100, -5])
  const sky = logitsOf([0, 0, 256, 90])
  const person = logitsOf([60, 40, 140, 216])
  expect(take(10, 10, table)).toEqual([])
  expect(take(10, 10, sky)).toEqual([])
  expect(take(100, 100, person)).toEqual([[60, 40, 140, 216]])
})

test('an object is one piece, the one under the point', () => {
  const take = create()
  const two = logitsOf([20, 20, 30, 30], [100, 20, 30, 30])
  expect(take(30, 30, two)).toEqual([[20, 20, 30, 30]])
  expect(take(110, 30, two)).toEqual([[100, 20, 30, 30]])
  // Between them, there is none.
  expect(take(70, 30, two)).toEqual([])
})

test('nothing is proposed twice: not as a large part of itself, nor as a little more than itself', () => {
  const take = create()
  expect(take(30, 30, logitsOf([20, 20, 40, 40]))).toHaveLength(1)
  expect(take(30, 30, logitsOf([20, 20, 40, 26]))).toEqual([])
  expect(take(30, 30, logitsOf([18, 18, 50, 50]))).toEqual([])
  // A part that is much smaller is an object of its own: the spoon on the saucer.
  expect(take(30, 30, logitsOf([25, 25, 10, 10]))).toHaveLength(1)
  expect(take(30, 30, logitsOf([20, 20, 100, 100]))).toHaveLength(1)
})

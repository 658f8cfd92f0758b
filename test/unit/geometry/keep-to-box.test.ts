/** A mask asked for by a label's box: its edge is where the box says, and nothing of it lies outside of the box. */
import { expect, test } from 'vitest'
import { keepToBox } from '../../../common/geometry/keep-to-box.ts'
import { wholeImage } from '../../../common/geometry/letterbox.ts'
import { polygonOfLogits } from '../../../common/geometry/mask-to-polygon.ts'
import { bboxOf } from '../../../common/geometry/measure.ts'
import type { BoxPrompt } from '../../../common/model.ts'
import { logitsOf } from './official.ts'

const [width, height] = [1024, 768]
const frame = { imageWidth: width, imageHeight: height, crop: wholeImage({ width, height }) }
const options = { tolerance: 0.5, minArea: 16, minShare: 0.01 }
/** Of the 1024 frame a cell of the logits has so many pixels. */
const CELL = 4
/** Half a cell and rounding: what logits can tell of an edge. */
const NEAR = 0.55 * CELL

type Sides = readonly [x0: number, y0: number, x1: number, y1: number]

/** Logits that fall by `slope` a pixel from the edge of a rectangle outwards, and rise inwards up to 8. */
const rectangle = ([x0, y0, x1, y1]: Sides, slope: number) =>
  logitsOf(frame, (x, y) => Math.min(8, slope * Math.min(x - x0, x1 - x, y - y0, y1 - y)))

const boxOf = ([x0, y0, x1, y1]: Sides): BoxPrompt => ({ type: 'box', x0, y0, x1, y1 })

const sidesAfter = (logits: Float32Array, box: Sides): Sides => {
  const polygon = polygonOfLogits(keepToBox(logits, frame, boxOf(box)), frame, options)!
  const { x, y, width: wide, height: high } = bboxOf(polygon)
  return [x, y, x + wide, y + high]
}

const expectSides = (found: Sides, wanted: Sides, within: number) => {
  for (const [index, side] of wanted.entries()) expect(Math.abs(found[index]! - side)).toBeLessThan(within)
}

test('a mask that runs far out of its box ends at the box', () => {
  const box: Sides = [200, 150, 400, 350]
  expectSides(sidesAfter(rectangle([200, 150, 700, 350], 3), box), box, NEAR)
})

test('a mask that is two cells too narrow or too wide on each side comes near to the box, where the model is unsure enough', () => {
  const box: Sides = [200, 150, 400, 350]
  for (const off of [8, -8]) {
    const [x0, y0, x1, y1] = box
    const logits = rectangle([x0 + off, y0 + off, x1 - off, y1 - off], 0.12)
    expectSides(sidesAfter(logits, box), box, 1.5 * CELL)
  }
})

test('a mask that is sure to fill a part of its box alone stays as it is', () => {
  const mask: Sides = [240, 190, 360, 310]
  expectSides(sidesAfter(rectangle(mask, 3), [200, 150, 400, 350]), mask, NEAR)
})

test('a mask that fits its box stays as it is but for half a cell', () => {
  const box: Sides = [200, 150, 400, 350]
  const logits = rectangle(box, 1)
  const once = keepToBox(logits, frame, boxOf(box))
  const [middle, corner] = [62 * 256 + 75, 10 * 256 + 10]
  expect(Math.abs(once[middle]! - logits[middle]!)).toBeLessThan(1)
  expect(once[corner]!).toBeLessThan(logits[corner]!)
  expectSides(sidesAfter(logits, box), box, NEAR)
  expectSides(sidesAfter(once, box), box, NEAR + CELL / 4)
})

test('objects at the border of the image reach it, and what was given is not changed', () => {
  const box: Sides = [0, 0, 300, 768]
  const logits = rectangle([-50, -50, 300, 900], 1)
  const before = logits.slice()
  expectSides(sidesAfter(logits, box), box, NEAR)
  expect(logits).toEqual(before)
})

test('of a mask that lies elsewhere nothing is left, and one without any inside stays empty', () => {
  const box = boxOf([600, 500, 700, 600])
  expect(
    polygonOfLogits(keepToBox(rectangle([100, 100, 200, 200], 3), frame, box), frame, options),
  ).toBeNull()
  const empty = logitsOf(frame, () => -9)
  expect(polygonOfLogits(keepToBox(empty, frame, box), frame, options)).toBeNull()
})

/** Detail after the fact: never lossy, hand edits stay, and what the mask says nothing of is left alone. */
import { describe, expect, test } from 'vitest'
import { subtractShape, joinShapes } from '../../../common/geometry/boolean.ts'
import { outlinesOf, type DetailSource } from '../../../common/geometry/detail.ts'
import { polygonOfLogits } from '../../../common/geometry/mask-to-polygon.ts'
import { iou } from '../../../common/geometry/overlap.ts'
import { keptMaskOf, maskRefOf } from '../../../common/kept-mask.ts'
import { detailSourceOf, withDetail } from '../../../common/object-detail.ts'
import type { Annotation, Shape } from '../../../common/model.ts'
import { annotationOf } from '../store/records.ts'

const SIDE = 256
const frame = { imageWidth: 1024, imageHeight: 768, crop: { x: 0, y: 0, width: 1024, height: 768 } }
const options = { tolerance: 0.5, minArea: 16, minShare: 0.01 }

/** A star with a hole: its radius in cells swings with the angle. */
const logits = Float32Array.from({ length: SIDE * SIDE }, (_, i) => {
  const [x, y] = [(i % SIDE) - 120.4, Math.floor(i / SIDE) - 90.7]
  const radius = Math.hypot(x, y)
  return 2.7 * Math.min(60 + 9 * Math.cos(7 * Math.atan2(y, x)) - radius, radius - 14)
})
const made = polygonOfLogits(logits, frame, options)!
const mask = keptMaskOf('m', logits, frame, options)
const square = (x: number, y: number, side: number): Shape => ({
  type: 'rectangle',
  x,
  y,
  width: side,
  height: side,
})
const vertices = (shape: Shape): number =>
  shape.type === 'polygon'
    ? shape.parts.reduce((sum, { outer, holes }) => sum + outer.length + holes.flat().length, 0)
    : 4

const objectOf = (shape: Shape): Annotation => ({
  ...annotationOf('a'),
  prompts: [],
  shape,
  mask: maskRefOf(mask, options.tolerance, made),
})

/** The object with another detail, as a user would set it. */
const changed = (annotation: Annotation, detail: number): Annotation => {
  const source = detailSourceOf(annotation, mask)!
  return { ...annotation, ...withDetail(source, detail, outlinesOf(source)!(detail).shape) }
}

const sourceOf = (shape: Shape): DetailSource => detailSourceOf(objectOf(shape), mask)!

describe('an outline as the model made it', () => {
  test('is traced from the mask with the detail that is asked for', () => {
    const at = outlinesOf(sourceOf(made))!
    const [fine, usual, coarse] = [at(0), at(0.5), at(5)]
    expect(usual.shape).toBe(made)
    expect(vertices(fine.shape)).toBeGreaterThan(vertices(made))
    expect(vertices(coarse.shape)).toBeLessThan(vertices(made))
    expect(fine.iou).toBeGreaterThan(0.999)
    expect(coarse.iou).toBeGreaterThan(0.9)
    expect(coarse.iou).toBeLessThan(usual.iou)
    // What was packed into bytes gives the outline that the logits give, to a hundredth of the area.
    expect(iou(fine.shape, polygonOfLogits(logits, frame, { ...options, tolerance: 0 })!)).toBeGreaterThan(
      0.99,
    )
  })

  test('comes back vertex by vertex, whatever came in between', () => {
    const start = objectOf(made)
    let now = start
    for (const detail of [5, 0, 2.3, 5, 0.1]) now = changed(now, detail)
    expect(now.shape).not.toEqual(start.shape)
    expect(changed(now, 0.5)).toEqual(start)
    const fine = changed(start, 0)
    expect(changed(changed(changed(fine, 5), 3), 0)).toEqual(fine)
  })

  test('is the same with one step as with many', () => {
    const start = objectOf(made)
    expect(changed(changed(changed(start, 5), 0.2), 3).shape).toEqual(changed(start, 3).shape)
  })
})

describe('an outline that was mended by hand', () => {
  // A piece added at the right, one taken away at the left, far from the star's own edge.
  const mended = subtractShape(joinShapes([made, square(720, 320, 90)])!, [square(230, 330, 60)])!

  test('keeps what was mended with every detail', () => {
    const at = outlinesOf(sourceOf(mended))!
    for (const detail of [0, 1, 3, 5]) {
      const { shape } = at(detail)
      expect(iou(shape, mended)).toBeGreaterThan(0.96)
      expect(iou(joinShapes([shape, square(722, 322, 86)])!, shape)).toBeGreaterThan(0.999)
      expect(iou(subtractShape(shape, [square(232, 332, 56)])!, shape)).toBeGreaterThan(0.999)
      // Nothing is left between the pieces and the outline.
      expect(shape.type === 'polygon' && shape.parts.map(({ holes }) => holes.length)).toEqual([1])
    }
  })

  test('comes back vertex by vertex', () => {
    const start = objectOf(mended)
    expect(changed(changed(changed(start, 5), 2), 0.5).shape).toEqual(mended)
  })

  test('mended once more after its detail was changed, it is that outline that comes back', () => {
    const coarse = changed(objectOf(mended), 4)
    const again = { ...coarse, shape: joinShapes([coarse.shape, square(440, 640, 80)])! }
    const source = detailSourceOf(again, mask)!
    expect(source.before).toEqual({ shape: again.shape, detail: 4 })
    expect(changed(changed(again, 1), 4).shape).toEqual(again.shape)
  })

  test('moved away, it has no detail to change', () => {
    const move = ([x, y]: [number, number]): [number, number] => [x + 500, y]
    const parts = made.parts.map(({ outer, holes }) => ({
      outer: outer.map(move),
      holes: holes.map((hole) => hole.map(move)),
    }))
    expect(outlinesOf(sourceOf({ type: 'polygon', parts }))).toBeNull()
  })

  test('a part of it alone is within its mask, and stays that part', () => {
    const half = subtractShape(made, [square(480, 0, 1000)])!
    const { shape } = outlinesOf(sourceOf(half))!(2)
    expect(iou(shape, half)).toBeGreaterThan(0.96)
  })
})

test('a mask with nothing in it has no outline', () => {
  const empty = keptMaskOf('m', new Float32Array(SIDE * SIDE).fill(-1), frame, options)
  expect(outlinesOf({ ...sourceOf(made), mask: empty })).toBeNull()
})

test('an object without a mask has no source', () => {
  expect(detailSourceOf(annotationOf('a'), mask)).toBeNull()
})

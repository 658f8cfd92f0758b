/** IoU of masks in the model's frame, known by construction. */
import { expect, it } from 'vitest'
import { iouOfLogits, likestOf } from '../../../../core/inference/host/consistency.ts'

/** Inside where x0 <= x < x1 and y0 <= y < y1. */
const maskOf = (x0: number, y0: number, x1: number, y1: number) =>
  Float32Array.from({ length: 256 * 256 }, (_, at) => {
    const [x, y] = [at % 256, Math.floor(at / 256)]
    return x >= x0 && x < x1 && y >= y0 && y < y1 ? 4 : -4
  })

it('two masks: the same, half, apart, none', () => {
  const whole = maskOf(10, 20, 110, 120)
  expect(iouOfLogits(whole, whole)).toBe(1)
  expect(iouOfLogits(whole, maskOf(10, 20, 60, 120))).toBe(0.5)
  expect(iouOfLogits(whole, maskOf(60, 20, 160, 120))).toBe(0.333)
  expect(iouOfLogits(whole, maskOf(200, 200, 220, 220))).toBe(0)
  expect(iouOfLogits(whole, maskOf(0, 0, 0, 0))).toBe(0)
  expect(iouOfLogits(maskOf(0, 0, 0, 0), maskOf(0, 0, 0, 0))).toBe(1)
})

it('of several masks each is held against the likest of the others; a lone one against nothing', () => {
  const [whole, half, quarter, other] = [
    maskOf(0, 0, 128, 128),
    maskOf(0, 0, 64, 128),
    maskOf(0, 0, 64, 64),
    maskOf(200, 0, 240, 40),
  ]
  expect(likestOf([whole, half, quarter, other])).toEqual([0.5, 0.5, 0.5, 0])
  expect(likestOf([whole])).toEqual([undefined])
  expect(likestOf([])).toEqual([])
})

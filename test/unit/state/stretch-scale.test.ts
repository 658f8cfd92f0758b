/** The handles of the stretch: they reach what is found and set, their steps fit, and the bars are those of that part. */
import { expect, test } from 'vitest'
import { rounded, scaleOf } from '../../../renderer/panels/rendition/stretch-scale.ts'

const tones = {
  least: 0,
  most: 65_535,
  found: { black: 100, white: 4100 },
  // All values lie below 6,400 of 65,536.
  histogram: Array.from({ length: 1024 }, (_, at) => (at < 100 ? 7 : 0)),
}

test('of 12 bits in 16 the handles run over what is there and a half of it more, in whole numbers', () => {
  const scale = scaleOf(tones, tones.found)
  expect(scale).toMatchObject({ from: 0, to: 6100, step: 12 })
  expect(scale.bars.every((bar) => bar > 0 && bar <= 1)).toBe(true)
  expect(rounded(1234.56, scale)).toBe(1235)
})

test('what was set by hand beyond all values is within reach', () => {
  expect(scaleOf(tones, { black: -500, white: 70_000 })).toMatchObject({ from: -500, to: 70_000 })
})

test('floats from 0 to 1 have fine steps and short numbers', () => {
  const scale = scaleOf(
    { least: 0, most: 1, found: { black: 0, white: 1 }, histogram: [] },
    { black: 0, white: 1 },
  )
  expect(scale.step).toBeCloseTo(0.002, 6)
  expect(rounded(0.123456, scale)).toBe(0.1235)
})

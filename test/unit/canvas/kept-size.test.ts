/** Regions keep the size of the one before, on the stage, as long as that is not far too large. */
import { expect, test } from 'vitest'
import { createKeptSize } from '../../../renderer/paint/region.ts'

const stage = { width: 1000, height: 800 }
const region = (x0: number, y0: number, width: number, height: number) => ({
  x0,
  y0,
  x1: x0 + width,
  y1: y0 + height,
})

test('a smaller region gets the size of the one before, and stays on the stage', () => {
  const keepSize = createKeptSize()
  expect(keepSize(region(100, 100, 300, 200), stage)).toEqual(region(100, 100, 300, 200))
  expect(keepSize(region(600, 0, 64, 64), stage)).toEqual(region(600, 0, 300, 200))
  expect(keepSize(region(936, 736, 64, 64), stage)).toEqual(region(700, 600, 300, 200))
})

test('one that does not fit, or needs far less than the whole stage, gets its own', () => {
  const keepSize = createKeptSize()
  keepSize(region(0, 0, 300, 200), stage)
  expect(keepSize(region(0, 0, 320, 100), stage)).toEqual(region(0, 0, 320, 100))
  keepSize(region(0, 0, 1000, 800), stage)
  expect(keepSize(region(0, 0, 64, 64), stage)).toEqual(region(0, 0, 64, 64))
})

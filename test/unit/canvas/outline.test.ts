/** Polygons as SVG paths. */
import { expect, test } from 'vitest'
import type { Polygon, Ring } from '../../../common/model.ts'
import { outlineOf } from '../../../renderer/panels/outline.ts'

const square = (x: number, side: number): Ring => [
  [x, 0],
  [x + side, 0],
  [x + side, side],
  [x, side],
]

test('every ring and vertex is in the path, unless the picture is too small for it', () => {
  const zigzag: Ring = Array.from({ length: 40 }, (_, i) => [i, i % 2])
  const polygon: Polygon = {
    type: 'polygon',
    parts: [
      { outer: square(0, 100), holes: [square(10, 2)] },
      { outer: [...zigzag, [39, 60]], holes: [] },
    ],
  }
  const whole = outlineOf(polygon)
  expect(whole.match(/M/g)).toHaveLength(3)
  expect(whole.match(/L/g)).toHaveLength(3 + 3 + 40)
  const coarse = outlineOf(polygon, 5)
  // The hole is a dot there; the square is as it was.
  expect(coarse.match(/M/g)).toHaveLength(2)
  expect(coarse.startsWith('M0.0 0.0L100.0 0.0L100.0 100.0L0.0 100.0Z')).toBe(true)
  expect(coarse.match(/L/g)!.length).toBeLessThan(3 + 10)
})

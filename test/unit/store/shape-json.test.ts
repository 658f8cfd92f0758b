/** The shapes' own JSON is letter for letter what JSON.stringify makes. */
import { expect, test } from 'vitest'
import type { Ring, Shape } from '../../../common/model.ts'
import { createShapeJson } from '../../../core/store/shape-json.ts'
import { createRandom } from '../../support/random.ts'

const special = [
  [0, -0, 1, -1, 0.5, 0.01, 0.1, 0.29, -0.07, 99.99, 100, 4.35, 1.005, 2.675, 0.30000000000000004],
  [9999, 10_000, 21_474_836.47, 21_474_836.48, -21_474_836.48, -21_474_836.49, 42_949_672.96, 1e10, 1e12],
  [1e20, 1e21, 1e300, 1 / 3, -1 / 3, 0.001, 5e-7, 1e-7, 5e-324, Number.MAX_VALUE, NaN, Infinity, -Infinity],
].flat()

test('numbers of every size, sign and number of decimals', () => {
  const random = createRandom(7)
  const numbers = [...special]
  for (let count = 0; count < 40_000; count++) {
    const sign = random() < 0.5 ? 1 : -1
    numbers.push((sign * Math.round(random() * 1e6)) / 100, random() * 1e4, sign * 10 ** (40 * random() - 20))
  }
  const ring: Ring = numbers.map((number, index) => [number, numbers.at(-index)!])
  const shape: Shape = {
    type: 'polygon',
    parts: [
      { outer: ring, holes: [ring.slice(0, 3), ring.slice(5, 9)] },
      { outer: ring.slice(9, 13), holes: [] },
      { outer: [], holes: [] },
    ],
  }
  expect(createShapeJson().of(shape) === JSON.stringify(shape)).toBe(true)
})

test('shapes that are no polygons', () => {
  const jsonOf = createShapeJson().of
  const shapes: Shape[] = [
    { type: 'rectangle', x: 1.5, y: 2, width: 3, height: 4.25 },
    { type: 'point', x: 1, y: 2 },
    { type: 'polygon', parts: [] },
  ]
  for (const shape of shapes) expect(jsonOf(shape)).toBe(JSON.stringify(shape))
})

import { expect, it } from 'vitest'
import type { Polygon, Ring } from '../../../common/model.ts'
import { isCrossed } from '../../../renderer/tools/metrics.ts'

const polygon = (...outers: Ring[]): Polygon => ({
  type: 'polygon',
  parts: outers.map((outer) => ({ outer, holes: [] })),
})
const square: Ring = [
  [0, 0],
  [9, 0],
  [9, 9],
  [0, 9],
]

it('an outline that crosses itself is told from sound ones, also from parts that lie over each other', () => {
  const bow: Ring = [square[0]!, square[2]!, square[1]!, square[3]!]
  expect(isCrossed(polygon(bow))).toBe(true)
  expect(isCrossed(polygon(square))).toBe(false)
  expect(isCrossed(polygon(square, square))).toBe(false)
  expect(isCrossed({ type: 'rectangle', x: 0, y: 0, width: 3, height: 3 })).toBe(false)
})

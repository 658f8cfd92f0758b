/** The points that everything mode asks: a grid, walked so that the whole image is covered early. Pure. */
import type { Size } from '../../../common/geometry/point.ts'
import type { PointPrompt } from '../../../common/model.ts'

/** The bits of `value` in reverse, of `bits` in all: counts 0, 4, 2, 6, 1, 5, 3, 7 for three. */
const reverseBits = (value: number, bits: number): number =>
  Array.from({ length: bits }, (_, bit) => ((value >> bit) & 1) << (bits - 1 - bit)).reduce(
    (sum, one) => sum + one,
    0,
  )

/**
 * n * n points in the middles of n * n cells, as SAM's generator has them (segment-anything, utils/amg.py,
 * build_point_grid). Coarse first, so that a run that is ended early has looked everywhere.
 */
export const gridPoints = (pointsPerSide: number, { width, height }: Size): PointPrompt[] => {
  const bits = Math.ceil(Math.log2(pointsPerSide))
  const order = Array.from({ length: 2 ** bits }, (_, index) => reverseBits(index, bits)).filter(
    (index) => index < pointsPerSide,
  )
  const rank = new Map(order.map((index, at) => [index, at]))
  const at = (index: number, side: number) => ((index + 0.5) / pointsPerSide) * side
  const cells = order.flatMap((row) => order.map((column) => ({ row, column })))
  const level = ({ row, column }: { row: number; column: number }) =>
    Math.max(rank.get(row)!, rank.get(column)!)
  return cells
    .toSorted((a, b) => level(a) - level(b))
    .map(({ row, column }) => ({ type: 'point', x: at(column, width), y: at(row, height), positive: true }))
}

/** Intersection over union of upright boxes. Pure. */

/** x0, y0, x1, y1 */
export type Box = readonly [number, number, number, number]

export const boxIou = ([ax0, ay0, ax1, ay1]: Box, [bx0, by0, bx1, by1]: Box): number => {
  const width = Math.min(ax1, bx1) - Math.max(ax0, bx0)
  const height = Math.min(ay1, by1) - Math.max(ay0, by0)
  if (width <= 0 || height <= 0) return 0
  const both = width * height
  return both / ((ax1 - ax0) * (ay1 - ay0) + (bx1 - bx0) * (by1 - by0) - both)
}

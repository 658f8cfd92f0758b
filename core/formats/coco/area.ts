/**
 * The area of polygons as pycocotools computes it: pixels of the run-length mask that its `frPyObjects` makes, parts
 * merged. It differs from the geometric area by the pixels at the edge, and evaluation tools compare with this one.
 * The algorithm is that of maskApi.c (rleFrPoly, rleMerge; Simplified BSD, P. Dollar and T.-Y. Lin).
 */
import type { Size } from '../../../common/geometry/point.ts'
import type { Ring } from '../../../common/model.ts'

/** The boundary is walked in fifths of a pixel. */
const SCALE = 5

/** Calls back for each fine step of the boundary from one vertex to the next, ends included. */
const walkEdge = (
  [x0, y0]: readonly [number, number],
  [x1, y1]: readonly [number, number],
  step: (u: number, v: number) => void,
) => {
  const dx = Math.abs(x1 - x0)
  const dy = Math.abs(y1 - y0)
  const isFlat = dx >= dy
  const isBackward = isFlat ? x0 > x1 : y0 > y1
  const [xs, ys, xe, ye] = isBackward ? [x1, y1, x0, y0] : [x0, y0, x1, y1]
  const length = isFlat ? dx : dy
  const slope = length === 0 ? 0 : (isFlat ? ye - ys : xe - xs) / length
  for (let d = 0; d <= length; d++) {
    const t = isBackward ? length - d : d
    if (isFlat) step(t + xs, Math.trunc(ys + slope * t + 0.5))
    else step(Math.trunc(xs + slope * t + 0.5), t + ys)
  }
}

/**
 * Positions (column by column, column * height + row) where the mask of a ring flips between outside and inside,
 * ascending; the ring must lie in the image.
 */
const flipsOf = (ring: Ring, { width, height }: Size): number[] => {
  const fine = ring.map(([x, y]): [number, number] => [
    Math.trunc(SCALE * x + 0.5),
    Math.trunc(SCALE * y + 0.5),
  ])
  const flips: number[] = []
  let before: readonly [number, number] | null = null
  const step = (u: number, v: number) => {
    if (before && u !== before[0]) {
      const column = ((u < before[0] ? u : u - 1) + 0.5) / SCALE - 0.5
      if (Number.isInteger(column) && column >= 0 && column <= width - 1) {
        const row = (Math.min(v, before[1]) + 0.5) / SCALE - 0.5
        flips.push(column * height + Math.ceil(Math.min(height, Math.max(0, row))))
      }
    }
    before = [u, v]
  }
  fine.forEach((vertex, index) => walkEdge(vertex, fine[(index + 1) % fine.length] ?? vertex, step))
  return flips.sort((a, b) => a - b)
}

/** Pixels that are inside at least one of the parts, each given as its flips. */
const countMerged = (parts: readonly (readonly number[])[]): number => {
  const events = parts
    .flatMap((flips) => flips.map((position, index) => ({ position, change: index % 2 === 0 ? 1 : -1 })))
    .sort((a, b) => a.position - b.position)
  let depth = 0
  let since = 0
  let pixels = 0
  for (const { position, change } of events) {
    if (depth > 0) pixels += position - since
    depth += change
    since = position
  }
  return pixels
}

/** Pixels of the merged mask of `rings`, as `pycocotools.mask.area(merge(frPyObjects(...)))`. */
export const cocoPolygonArea = (rings: readonly Ring[], size: Size): number =>
  countMerged(
    rings.map((ring) => {
      const flips = flipsOf(ring, size)
      return flips.length % 2 === 0 ? flips : [...flips, size.width * size.height]
    }),
  )

/**
 * Outline of pixels' edges -> ring of few vertices around the very same pixels. Each edge lies between the centre of a
 * pixel that is in and that of one that is out; between them is its gate. A line that goes through all gates in their
 * order has the same pixels on its inside, and lines through the gates of different outlines never cross. From each
 * vertex on the ring goes straight as far as it can.
 */
import type { Ring } from '../model.ts'
import { signedArea } from './measure.ts'
import type { Outline } from './outline.ts'
import { exactRing } from './simplify.ts'

/**
 * Half the width of the gates, pixels, one after the other until the ring keeps its area; at .5 they would end in the
 * centres, which other programs fill by other rules.
 */
const halves = [0.44, 0.3]

/** Whether an edge goes on in the direction of the one before. */
const isStraight = ({ xs, ys }: Outline, edge: number): boolean => {
  const count = xs.length
  const [before, next] = [(edge + count - 1) % count, (edge + 1) % count]
  const [dx, dy] = [xs[next]! - xs[edge]!, ys[next]! - ys[edge]!]
  const turn = Math.abs(dx - xs[edge]! + xs[before]!) + Math.abs(dy - ys[edge]! + ys[before]!)
  return turn === 0
}

/** The edge that a ring begins at: one that begins with a corner, of the longest straight stretch. */
const firstEdge = (outline: Outline): number => {
  const count = outline.xs.length
  let [best, longest] = [0, 0]
  for (let edge = 0; edge < count; edge++) {
    if (isStraight(outline, edge)) continue
    let length = 1
    while (length < count && isStraight(outline, (edge + length) % count)) length++
    if (length > longest) [best, longest] = [edge, length]
    edge += length - 1
  }
  return best
}

/** Vertices are corners of the outline and middles of its edges. */
const ringThroughGates = (outline: Outline, half: number): Ring => {
  const count = outline.xs.length
  const first = firstEdge(outline)
  // Once round, from the first edge on to where it begins.
  const [xs, ys] = [new Float64Array(count + 1), new Float64Array(count + 1)]
  for (let edge = 0, at = first; edge <= count; edge++, at = at + 1 === count ? 0 : at + 1) {
    xs[edge] = outline.xs[at]!
    ys[edge] = outline.ys[at]!
  }
  /** Of place `p`: the beginning of the edge p / 2, or its middle. */
  const placeIn = (values: Float64Array, p: number) =>
    p % 2 === 0 ? values[p >> 1]! : (values[p >> 1]! + values[(p >> 1) + 1]!) / 2

  /**
   * The furthest place that a straight line from `p` reaches through the gates between, at most once round. Most of the
   * time of a label map's import goes here: no value is made on the way.
   */
  const furthest = (p: number): number => {
    const x = placeIn(xs, p)
    const y = placeIn(ys, p)
    // Directions between these two, the first turned towards the second, go through all gates so far.
    let leftX = 0
    let leftY = 0
    let rightX = 0
    let rightY = 0
    let best = p + 1
    for (let edge = (p + 1) >> 1; edge < count; edge++) {
      const dx = xs[edge + 1]! - xs[edge]!
      const dy = ys[edge + 1]! - ys[edge]!
      const mx = xs[edge]! + dx / 2 - x
      const my = ys[edge]! + dy / 2 - y
      // Past the gate's wrong side: the outline has turned back.
      if (mx * dx + my * dy <= 0) break
      const aX = mx + half * dy
      const aY = my - half * dx
      const bX = mx - half * dy
      const bY = my + half * dx
      const isFirst = leftX === 0 && leftY === 0
      if (isFirst || leftX * aY - leftY * aX > 0) {
        leftX = aX
        leftY = aY
      }
      if (isFirst || rightX * bY - rightY * bX < 0) {
        rightX = bX
        rightY = bY
      }
      if (leftX * rightY - leftY * rightX <= 0) break
      if (leftX * my - leftY * mx >= 0 && mx * rightY - my * rightX >= 0) best = 2 * edge + 1
      const toX = xs[edge + 1]! - x
      const toY = ys[edge + 1]! - y
      if (leftX * toY - leftY * toX >= 0 && toX * rightY - toY * rightX >= 0) best = 2 * edge + 2
    }
    return best
  }

  const ring: Ring = []
  for (let p = 0; p < 2 * count; p = furthest(p)) ring.push([placeIn(xs, p), placeIn(ys, p)])
  return ring
}

/** Change of area that a ring may have, as a share. */
const AREA_CHANGE = 0.03
/** Corners up to which an outline stays as it is: squares, and what is hardly more than a few pixels. */
const FEW_CORNERS = 8

const hasFewCorners = (outline: Outline): boolean => {
  let corners = 0
  for (let edge = 0; edge < outline.xs.length && corners <= FEW_CORNERS; edge++)
    if (!isStraight(outline, edge)) corners++
  return corners <= FEW_CORNERS
}

/**
 * The ring of few vertices around the same pixels; the outline's own corners where that would change its area.
 * @param outline of a binary mask
 */
export const strictRing = (outline: Outline): Ring => {
  if (hasFewCorners(outline)) return exactRing(outline)
  for (const half of halves) {
    const ring = ringThroughGates(outline, half)
    const change = ring.length < 3 ? Infinity : Math.abs(signedArea(ring) - outline.area)
    if (change <= AREA_CHANGE * Math.abs(outline.area)) return ring
  }
  return exactRing(outline)
}

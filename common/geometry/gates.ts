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
  const { xs, ys } = outline
  const count = xs.length
  const first = firstEdge(outline)
  const at = (edge: number) => (first + edge) % count
  /** Of place `p`: the beginning of the edge p / 2, or its middle. */
  const xOf = (p: number) => (p % 2 === 0 ? xs[at(p >> 1)]! : (xs[at(p >> 1)]! + xs[at((p >> 1) + 1)]!) / 2)
  const yOf = (p: number) => (p % 2 === 0 ? ys[at(p >> 1)]! : (ys[at(p >> 1)]! + ys[at((p >> 1) + 1)]!) / 2)

  /** The furthest place that a straight line from `p` reaches through the gates between, at most once round. */
  const furthest = (p: number): number => {
    const [x, y] = [xOf(p), yOf(p)]
    // Directions between these two, the first turned towards the second, go through all gates so far.
    let [leftX, leftY, rightX, rightY] = [0, 0, 0, 0]
    let best = p + 1
    for (let edge = (p + 1) >> 1; 2 * edge + 1 <= 2 * count; edge++) {
      const [i, next] = [at(edge), at(edge + 1)]
      const [dx, dy] = [xs[next]! - xs[i]!, ys[next]! - ys[i]!]
      const [mx, my] = [xs[i]! + dx / 2 - x, ys[i]! + dy / 2 - y]
      const [aX, aY] = [mx + half * dy, my - half * dx]
      const [bX, bY] = [mx - half * dy, my + half * dx]
      // Past the gate's wrong side: the outline has turned back.
      if (mx * dx + my * dy <= 0) break
      if (leftX === 0 && leftY === 0) [leftX, leftY, rightX, rightY] = [aX, aY, bX, bY]
      else {
        if (leftX * aY - leftY * aX > 0) [leftX, leftY] = [aX, aY]
        if (rightX * bY - rightY * bX < 0) [rightX, rightY] = [bX, bY]
      }
      if (leftX * rightY - leftY * rightX <= 0) break
      const isIn = (toX: number, toY: number) =>
        leftX * toY - leftY * toX >= 0 && toX * rightY - toY * rightX >= 0
      if (isIn(mx, my)) best = 2 * edge + 1
      if (isIn(xs[next]! - x, ys[next]! - y)) best = 2 * edge + 2
    }
    return best
  }

  const ring: Ring = []
  for (let p = 0; p < 2 * count; p = furthest(p)) ring.push([xOf(p), yOf(p)])
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

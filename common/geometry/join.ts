/**
 * One ring for formats that have no parts and no holes (YOLO segmentation). As in Ultralytics' converter, parts are
 * joined by the shortest lines between their vertices, walked there and back, so that they enclose nothing.
 */
import type { Polygon, Ring } from '../model.ts'
import { ringsOfPart, signedArea } from './measure.ts'

const nearestPair = (a: Ring, b: Ring) => {
  let best = { square: Infinity, i: 0, j: 0 }
  a.forEach(([ax, ay], i) => {
    b.forEach(([bx, by], j) => {
      const square = (ax - bx) ** 2 + (ay - by) ** 2
      if (square < best.square) best = { square, i, j }
    })
  })
  return best
}

/** `b` inserted into `a` over the line from a[i] to b[j] and back. */
const bridge = (a: Ring, b: Ring, i: number, j: number): Ring => [
  ...a.slice(0, i + 1),
  ...b.slice(j),
  ...b.slice(0, j + 1),
  ...a.slice(i),
]

const oriented = (ring: Ring, positive: boolean): Ring =>
  signedArea(ring) > 0 === positive ? ring : ring.toReversed()

/**
 * All parts as one ring. Without holes (`keepHoles` false) each part is its outer ring alone; with them a hole is cut
 * in by a line of no width, which even-odd and non-zero filling both leave open.
 */
export const joinParts = (polygon: Polygon, { keepHoles }: { keepHoles: boolean }): Ring => {
  const rings = polygon.parts.flatMap((part) =>
    (keepHoles ? ringsOfPart(part) : [part.outer]).map((ring, index) => oriented(ring, index === 0)),
  )
  let joined = rings[0]!
  const waiting = new Map(rings.slice(1).map((ring) => [ring, nearestPair(joined, ring).square]))
  while (waiting.size > 0) {
    // Nearest first; distances only shrink as the joined ring grows, by what the last ring added.
    const [ring] = [...waiting].reduce((best, entry) => (entry[1] < best[1] ? entry : best))
    waiting.delete(ring)
    const { i, j } = nearestPair(joined, ring)
    joined = bridge(joined, ring, i, j)
    for (const [other, square] of waiting)
      waiting.set(other, Math.min(square, nearestPair(ring, other).square))
  }
  return joined
}

/**
 * One ring for formats that have no parts and no holes (YOLO segmentation). As in Ultralytics' converter, parts are
 * joined by the shortest lines between their vertices, walked there and back, so that they enclose nothing.
 */
import type { Polygon, Ring } from '../model.ts'
import { boundsOfRing, ringsOfPart, signedArea, type Bounds } from './measure.ts'

/** Squared distance to a box, and to nothing in it less: a mask of many holes has far too many pairs to look at each. */
const squareToBox = (x: number, y: number, { x0, y0, x1, y1 }: Bounds): number => {
  const dx = x < x0 ? x0 - x : x > x1 ? x - x1 : 0
  const dy = y < y0 ? y0 - y : y > y1 ? y - y1 : 0
  return dx * dx + dy * dy
}

const squareBetween = (a: Bounds, b: Bounds): number => {
  const dx = Math.max(0, a.x0 - b.x1, b.x0 - a.x1)
  const dy = Math.max(0, a.y0 - b.y1, b.y0 - a.y1)
  return dx * dx + dy * dy
}

const squareOf = (ax: number, ay: number, [bx, by]: Ring[number]): number =>
  (ax - bx) * (ax - bx) + (ay - by) * (ay - by)

/** A ring that is not joined yet, with its least squared distance to those that are. */
interface Waiting {
  readonly ring: Ring
  readonly bounds: Bounds
  square: number
}

const comeNearer = (waiting: Waiting, ring: Ring) => {
  for (const [x, y] of ring) {
    if (squareToBox(x, y, waiting.bounds) >= waiting.square) continue
    for (const point of waiting.ring) waiting.square = Math.min(waiting.square, squareOf(x, y, point))
  }
}

/** The ring that grows, as a list that leads from point to point: one that is copied at each step takes the square of it. */
interface Chain {
  readonly xs: Float64Array
  readonly ys: Float64Array
  readonly next: Int32Array
  count: number
}

const END = -1

const chainOf = (first: Ring, points: number): Chain => {
  const chain = {
    xs: new Float64Array(points),
    ys: new Float64Array(points),
    next: new Int32Array(points),
    count: first.length,
  }
  first.forEach(([x, y], at) => {
    chain.xs[at] = x
    chain.ys[at] = y
    chain.next[at] = at + 1 < first.length ? at + 1 : END
  })
  return chain
}

/** Where the line to the ring begins and ends: the first two points of their distance. */
const findLine = ({ xs, ys, next }: Chain, { ring, bounds, square }: Waiting) => {
  for (let at = 0; at !== END; at = next[at]!) {
    const [x, y] = [xs[at]!, ys[at]!]
    if (squareToBox(x, y, bounds) > square) continue
    const to = ring.findIndex((point) => squareOf(x, y, point) === square)
    if (to >= 0) return { at, to }
  }
  throw new Error('The distance of a ring is that of two points.')
}

/** The ring put in over the line from the chain's point to the ring's own, and back. */
const putIn = (chain: Chain, ring: Ring, at: number, to: number) => {
  const after = chain.next[at]!
  let last = at
  const add = (x: number, y: number) => {
    chain.xs[chain.count] = x
    chain.ys[chain.count] = y
    chain.next[last] = chain.count
    last = chain.count++
  }
  for (let step = 0; step <= ring.length; step++) add(...ring[(to + step) % ring.length]!)
  add(chain.xs[at]!, chain.ys[at]!)
  chain.next[last] = after
}

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
  const [first, ...others] = rings as [Ring, ...Ring[]]
  const chain = chainOf(
    first,
    others.reduce((points, { length }) => points + length + 2, first.length),
  )
  const waiting = others.map((ring): Waiting => ({ ring, bounds: boundsOfRing(ring), square: Infinity }))
  for (const other of waiting) comeNearer(other, first)
  while (waiting.length > 0) {
    // Nearest first; distances only shrink as the joined ring grows, by what the last ring added.
    let nearest = 0
    for (let at = 1; at < waiting.length; at++)
      if (waiting[at]!.square < waiting[nearest]!.square) nearest = at
    const [joined] = waiting.splice(nearest, 1) as [Waiting]
    const { at, to } = findLine(chain, joined)
    putIn(chain, joined.ring, at, to)
    for (const other of waiting)
      if (squareBetween(joined.bounds, other.bounds) < other.square) comeNearer(other, joined.ring)
  }
  const ring: [number, number][] = []
  for (let at = 0; at !== END; at = chain.next[at]!) ring.push([chain.xs[at]!, chain.ys[at]!])
  return ring
}

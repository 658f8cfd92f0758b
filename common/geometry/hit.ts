/** What of a shape lies under or near an image point. Distances are image pixels; callers divide screen limits by the scale. */
import type { Rectangle, Ring, Shape } from '../model.ts'
import { hasArea, linesOf, partsOf, ringsOfPart } from './measure.ts'
import type { ImagePoint } from './point.ts'

/** Names a vertex, or the edge that starts at it. `ring` 0 is the outer ring, k is hole k - 1. */
export interface VertexRef {
  readonly part: number
  readonly ring: number
  readonly vertex: number
}

export interface Near {
  readonly ref: VertexRef
  readonly point: ImagePoint
  readonly distance: number
}

/** The eight handles of a rectangle by compass point. */
export const handles = ['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w'] as const
export type Handle = (typeof handles)[number]

const oddCrossings = (ring: Ring, { x, y }: ImagePoint) => {
  let odd = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [ax, ay] = ring[i]!
    const [bx, by] = ring[j]!
    if (ay > y !== by > y && x < ax + ((y - ay) * (bx - ax)) / (by - ay)) odd = !odd
  }
  return odd
}

/** By the fill rule: even-odd within a part, parts united. Nothing is in a point or a line. */
export const pointInShape = (shape: Shape, point: ImagePoint): boolean => {
  if (!hasArea(shape)) return false
  if (shape.type === 'rectangle')
    return (
      point.x >= shape.x &&
      point.x < shape.x + shape.width &&
      point.y >= shape.y &&
      point.y < shape.y + shape.height
    )
  return partsOf(shape).some(
    (part) => ringsOfPart(part).filter((ring) => oddCrossings(ring, point)).length % 2 === 1,
  )
}

const nearestOn = (a: readonly [number, number], b: readonly [number, number], { x, y }: ImagePoint) => {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
  const square = dx * dx + dy * dy
  const t = square === 0 ? 0 : Math.min(1, Math.max(0, ((x - a[0]) * dx + (y - a[1]) * dy) / square))
  return { x: a[0] + t * dx, y: a[1] + t * dy }
}

/**
 * The nearest of the points that `place` gives for each edge (from, to); null when none is within `limit`.
 * @param withEnd the last point of an open line begins no edge, but is asked for: `to` is itself
 */
const nearest = (
  shape: Shape,
  at: ImagePoint,
  limit: number,
  place: (from: readonly [number, number], to: readonly [number, number]) => ImagePoint,
  withEnd = false,
): Near | null => {
  let best: Near | null = null
  for (const { points, isClosed, part, ring } of linesOf(shape))
    points.forEach((from, vertex) => {
      const to = points[vertex + 1] ?? (isClosed ? points[0] : withEnd ? from : undefined)
      if (!to) return
      const point = place(from, to)
      const distance = Math.hypot(point.x - at.x, point.y - at.y)
      if (distance <= (best?.distance ?? limit)) best = { ref: { part, ring, vertex }, point, distance }
    })
  return best
}

/** The nearest vertex within `limit`. */
export const nearestVertex = (shape: Shape, at: ImagePoint, limit: number): Near | null =>
  nearest(shape, at, limit, ([x, y]) => ({ x, y }), true)

/** The nearest middle of an edge within `limit`; `ref` is the edge's first vertex. */
export const nearestMidpoint = (shape: Shape, at: ImagePoint, limit: number): Near | null =>
  nearest(shape, at, limit, (from, to) => ({ x: (from[0] + to[0]) / 2, y: (from[1] + to[1]) / 2 }))

/** The nearest point of an edge within `limit`; `ref` is the edge's first vertex. */
export const nearestEdge = (shape: Shape, at: ImagePoint, limit: number): Near | null =>
  nearest(shape, at, limit, (from, to) => nearestOn(from, to, at))

/** Distance to the nearest edge of any ring or line, or to the point, 0 on it; positive inside and outside. */
export const distanceToEdge = (shape: Shape, at: ImagePoint): number =>
  (shape.type === 'point' ? nearestVertex : nearestEdge)(shape, at, Infinity)?.distance ?? Infinity

/** Where the handle is. */
export const handlePoint = (rectangle: Rectangle, handle: Handle): ImagePoint => {
  const alongX = handle.includes('w') ? 0 : handle.includes('e') ? 1 : 0.5
  const alongY = handle.includes('n') ? 0 : handle.includes('s') ? 1 : 0.5
  return { x: rectangle.x + rectangle.width * alongX, y: rectangle.y + rectangle.height * alongY }
}

/** The nearest handle within `limit`; a corner wins over a side at the same distance. */
export const nearestHandle = (rectangle: Rectangle, at: ImagePoint, limit: number): Handle | null => {
  let best: { handle: Handle; distance: number } | null = null
  for (const handle of [...handles].sort((a, b) => b.length - a.length)) {
    const point = handlePoint(rectangle, handle)
    const distance = Math.hypot(point.x - at.x, point.y - at.y)
    if (distance <= limit && distance < (best?.distance ?? Infinity)) best = { handle, distance }
  }
  return best?.handle ?? null
}

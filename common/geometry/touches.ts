/** Where rings touch or cross themselves and each other. */
import type { Ring } from '../model.ts'
import { entangledEdges } from './validity.ts'

type Place = Ring[number]
type Edge = readonly [Place, Place]

/** Two places nearer than this are one, image pixels: what is written with three decimals. */
const SAME = 0.002

const distanceToEdge = ([x, y]: Place, [[ax, ay], [bx, by]]: Edge): number => {
  const [dx, dy] = [bx - ax, by - ay]
  const square = dx * dx + dy * dy
  const t = square === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / square))
  return Math.hypot(ax + t * dx - x, ay + t * dy - y)
}

/** The point in which the lines of two edges cross, when it lies on both. */
const crossingOf = ([a, b]: Edge, [c, d]: Edge): Place | null => {
  const [ux, uy, vx, vy] = [b[0] - a[0], b[1] - a[1], d[0] - c[0], d[1] - c[1]]
  const cross = ux * vy - uy * vx
  if (cross === 0) return null
  const t = ((c[0] - a[0]) * vy - (c[1] - a[1]) * vx) / cross
  const s = ((c[0] - a[0]) * uy - (c[1] - a[1]) * ux) / cross
  return t >= 0 && t <= 1 && s >= 0 && s <= 1 ? [a[0] + t * ux, a[1] + t * uy] : null
}

/** The places where two edges meet: the ends of one that lie on the other, or else where they cross. */
const meetings = (one: Edge, two: Edge): Place[] => {
  const ends = [
    ...one.filter((end) => distanceToEdge(end, two) < SAME),
    ...two.filter((end) => distanceToEdge(end, one) < SAME),
  ]
  if (ends.length > 0) return ends
  const crossing = crossingOf(one, two)
  return crossing ? [crossing] : []
}

/** Every place where edges of the rings meet that are not neighbours; some are named more than once. */
export const touchesOf = (rings: readonly Ring[]): Place[] => {
  const edges = [...entangledEdges(rings)].flatMap(([ring, starts]) =>
    [...starts].map((start) => {
      const points = rings[ring]!
      return {
        ring,
        start,
        last: points.length - 1,
        edge: [points[start]!, points[(start + 1) % points.length]!] as const,
      }
    }),
  )
  return edges.flatMap((one, i) =>
    edges.slice(i + 1).flatMap((two) => {
      const apart = Math.abs(one.start - two.start)
      const areNeighbours = one.ring === two.ring && (apart === 1 || apart === one.last)
      return areNeighbours ? [] : meetings(one.edge, two.edge)
    }),
  )
}

/** Whether rings are simple closed lines that keep clear of each other. */
import type { Ring } from '../model.ts'

interface Edge {
  readonly ring: number
  readonly index: number
  readonly a: readonly [number, number]
  readonly b: readonly [number, number]
  readonly x0: number
  readonly x1: number
  readonly y0: number
  readonly y1: number
}

type Place = readonly [number, number]

const side = (a: Place, b: Place, c: Place) =>
  Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]))

/** Whether the edges share a point, given that their boxes do. */
const meet = (e: Edge, f: Edge) =>
  side(e.a, e.b, f.a) * side(e.a, e.b, f.b) <= 0 && side(f.a, f.b, e.a) * side(f.a, f.b, e.b) <= 0

/** Whether the second edge runs straight back over the first. */
const foldsBack = (e: Edge, f: Edge) =>
  side(e.a, e.b, f.b) === 0 &&
  (e.b[0] - e.a[0]) * (f.b[0] - f.a[0]) + (e.b[1] - e.a[1]) * (f.b[1] - f.a[1]) < 0

const edgesOf = (ring: Ring, ringIndex: number): Edge[] =>
  ring.map((a, index) => {
    const b = ring[(index + 1) % ring.length]!
    return {
      ring: ringIndex,
      index,
      a,
      b,
      x0: Math.min(a[0], b[0]),
      x1: Math.max(a[0], b[0]),
      y0: Math.min(a[1], b[1]),
      y1: Math.max(a[1], b[1]),
    }
  })

/**
 * Indexes of the rings that cross or touch themselves or another ring, ascending. A sweep along x: about n log n for
 * outlines, n squared at worst.
 */
export const entangledRings = (rings: readonly Ring[]): number[] => {
  const edges = rings.flatMap(edgesOf).sort((e, f) => e.x0 - f.x0)
  const found = new Set<number>()
  for (let i = 0; i < edges.length; i++) {
    const e = edges[i]!
    for (let j = i + 1; j < edges.length && edges[j]!.x0 <= e.x1; j++) {
      const f = edges[j]!
      if (f.y0 > e.y1 || f.y1 < e.y0) continue
      const last = rings[e.ring]!.length - 1
      const adjacent =
        e.ring === f.ring &&
        (Math.abs(e.index - f.index) === 1 || (Math.abs(e.index - f.index) === last && last > 1))
      const eFirst = f.index === e.index + 1 || (e.index === last && f.index === 0)
      if (adjacent ? foldsBack(eFirst ? e : f, eFirst ? f : e) : meet(e, f)) {
        found.add(e.ring)
        found.add(f.ring)
      }
    }
  }
  return [...found].sort((a, b) => a - b)
}

/**
 * What is known of an outline that follows pixels' edges. A stretch of edges with the same turn at both of its ends
 * is a cap: the end of a thin line, the side of a square, the top of a disc. A straight boundary through it goes along
 * it, never across, or a one-pixel line would lose its ends.
 */
import type { Outline } from './outline.ts'

/** For each edge: 0 not in a cap, 1 in a cap that lies along x, 2 along y. */
export type Caps = Uint8Array

/** A turn of a right angle: 1 right, -1 left, 0 none. Corners moved off a saddle still count. */
const turnBefore = ({ xs, ys }: Outline, edge: number) => {
  const count = xs.length
  const [before, next] = [(edge + count - 1) % count, (edge + 1) % count]
  const cross =
    (xs[edge]! - xs[before]!) * (ys[next]! - ys[edge]!) - (ys[edge]! - ys[before]!) * (xs[next]! - xs[edge]!)
  return Math.abs(cross) < 0.5 ? 0 : Math.sign(cross)
}

export const capsOf = (outline: Outline): Caps => {
  const { xs, ys } = outline
  const count = xs.length
  const caps = new Uint8Array(count)
  const turns = Array.from({ length: count }, (_, edge) => turnBefore(outline, edge))
  const corners = turns.flatMap((turn, edge) => (turn === 0 ? [] : [edge]))
  corners.forEach((from, i) => {
    const to = corners[(i + 1) % corners.length]!
    if (turns[from] !== turns[to]) return
    const next = (from + 1) % count
    const along = Math.abs(xs[next]! - xs[from]!) > Math.abs(ys[next]! - ys[from]!) ? 1 : 2
    for (let edge = from; edge !== to; edge = (edge + 1) % count) caps[edge] = along
  })
  return caps
}

/** Whether a boundary in the direction (ux, uy) goes across a cap rather than along it. */
export const crossesCap = (cap: number, ux: number, uy: number): boolean =>
  (cap === 1 && Math.abs(ux) < 0.7) || (cap === 2 && Math.abs(uy) < 0.7)

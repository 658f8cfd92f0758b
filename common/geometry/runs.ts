/**
 * Cuts an outline into runs that a straight line follows: as few as a greedy walk finds, then each cut moved to where the
 * two runs beside it fit best. Moments are kept as running sums, so a line for any run costs the same.
 */
import type { Outline } from './outline.ts'
import { capsOf, crossesCap } from './steps.ts'

/** A line through (x, y) along the unit vector (ux, uy), in the direction of the walk. */
export interface Line {
  readonly x: number
  readonly y: number
  readonly ux: number
  readonly uy: number
}

/** Edges from..to (exclusive, may run past the end once round) and the least-squares line that follows them. */
export interface Run {
  readonly from: number
  readonly to: number
  readonly line: Line
}

export interface Cut {
  readonly runs: readonly Run[]
  /** Area between the runs and their lines, image pixels squared, about: exact for arcs of a circle. */
  readonly drift: number
}

/** How far a cut may be moved at once, edges: anywhere in a small outline, a few in a large one. */
const shiftOf = (count: number) => (count <= 200 ? count : 8)
/** Cuts are moved until none gets better, at most this many times round. */
const rounds = 6
/** Mean deviation of a circle's arc from its least-squares line, as a share of the root mean square. */
const meanOfRms = 0.86

/** Length-weighed moments of all edges up to each, once round and once more; middles of edges; from the first point. */
const momentsOf = ({ xs, ys }: Outline) => {
  const count = xs.length
  const sums = Array.from({ length: 6 }, () => new Float64Array(2 * count + 1))
  const [w, x, y, xx, xy, yy] = sums as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  const [middleX, middleY] = [new Float64Array(count), new Float64Array(count)]
  const [originX, originY] = [xs[0]!, ys[0]!]
  for (let k = 0; k < 2 * count; k++) {
    const i = k < count ? k : k - count
    const next = i + 1 < count ? i + 1 : 0
    const dx = xs[next]! - xs[i]!
    const dy = ys[next]! - ys[i]!
    const length = Math.sqrt(dx * dx + dy * dy)
    const mx = xs[i]! + dx / 2 - originX
    const my = ys[i]! + dy / 2 - originY
    middleX[i] = mx + originX
    middleY[i] = my + originY
    w[k + 1] = w[k]! + length
    x[k + 1] = x[k]! + length * mx
    y[k + 1] = y[k]! + length * my
    xx[k + 1] = xx[k]! + length * (mx * mx + (dx * dx) / 12)
    xy[k + 1] = xy[k]! + length * (mx * my + (dx * dy) / 12)
    yy[k + 1] = yy[k]! + length * (my * my + (dy * dy) / 12)
  }
  return { w, x, y, xx, xy, yy, middleX, middleY, originX, originY }
}

/**
 * Cuts an outline at a limit: how far the middle of an edge may lie off its run's line, image pixels. `start` is the
 * edge to begin with where the outline gives no better one.
 */
export type CutOutline = (limit: number, start: number) => Cut

export const createCut = (outline: Outline): CutOutline => {
  const { xs, ys, borders } = outline
  const count = xs.length
  const shift = shiftOf(count)
  const caps = outline.field === null ? capsOf(outline) : null
  let limit = 0
  const { w, x, y, xx, xy, yy, middleX, middleY, originX, originY } = momentsOf(outline)

  /** Mean and covariance of edges from..to, times their weight. */
  const spread = (from: number, to: number) => {
    const weight = w[to]! - w[from]!
    const sumX = x[to]! - x[from]!
    const sumY = y[to]! - y[from]!
    return {
      weight,
      x: sumX / weight,
      y: sumY / weight,
      xx: xx[to]! - xx[from]! - (sumX * sumX) / weight,
      xy: xy[to]! - xy[from]! - (sumX * sumY) / weight,
      yy: yy[to]! - yy[from]! - (sumY * sumY) / weight,
    }
  }
  /** Sum of squared distances from the best line, weighed by length. */
  const misfit = (from: number, to: number) => {
    const s = spread(from, to)
    return (s.xx + s.yy) / 2 - Math.sqrt(((s.xx - s.yy) / 2) ** 2 + s.xy * s.xy)
  }
  const lineOf = (from: number, to: number): Line => {
    const s = spread(from, to)
    const [i, end] = [from % count, to % count]
    const [dx, dy] = [xs[end]! - xs[i]!, ys[end]! - ys[i]!]
    const single = to - from === 1
    const angle = single ? Math.atan2(dy, dx) : Math.atan2(2 * s.xy, s.xx - s.yy) / 2
    const [ux, uy] = [Math.cos(angle), Math.sin(angle)]
    const sign = dx * ux + dy * uy >= 0 ? 1 : -1
    return { x: s.x + originX, y: s.y + originY, ux: sign * ux, uy: sign * uy }
  }
  /** Whether the middles of the edges lie within the limit of the line and do not run back along it by more. */
  const follows = (from: number, to: number, line: Line) => {
    const furthestOff =
      outline.field === null ? limit * Math.max(Math.abs(line.ux), Math.abs(line.uy)) : limit
    let furthest = -Infinity
    for (let k = from; k < to; k++) {
      const i = k < count ? k : k - count
      const dx = middleX[i]! - line.x
      const dy = middleY[i]! - line.y
      const off = dx * line.uy - dy * line.ux
      if (off > furthestOff || off < -furthestOff) return false
      if (caps && crossesCap(caps[i]!, line.ux, line.uy)) return false
      const along = dx * line.ux + dy * line.uy
      if (along > furthest) furthest = along
      else if (furthest - along > limit) return false
    }
    return true
  }

  /** The longest run from an edge on, at most to `end`; found by doubling, then halving the step. */
  const longestRun = (from: number, end: number): Run => {
    const border = borders[from % count]
    let best: Run = { from, to: from + 1, line: lineOf(from, from + 1) }
    const reach = (to: number) => {
      if (to > end) return false
      for (let k = best.to; k < to; k++) if (borders[k % count] !== border) return false
      const line = lineOf(from, to)
      if (!follows(from, to, line)) return false
      best = { from, to, line }
      return true
    }
    let step = 1
    while (reach(best.to + step)) step *= 2
    for (step = step / 2; step >= 1; step /= 2) reach(best.to + step)
    return best
  }
  const walk = (first: number) => {
    const runs: Run[] = []
    for (let from = first; from < first + count; from = runs.at(-1)!.to)
      runs.push(longestRun(from, first + count))
    return runs
  }

  /** The cut between two neighbouring runs where both fit best, if both still keep to the limit there. */
  const recut = (before: Run, after: Run): [Run, Run] | null => {
    if (borders[before.from % count] !== borders[after.from % count]) return null
    let best = { cut: before.to, misfit: misfit(before.from, before.to) + misfit(before.to, after.to) }
    const first = Math.max(before.from + 1, before.to - shift)
    const last = Math.min(after.to - 1, before.to + shift)
    for (let cut = first; cut <= last; cut++) {
      const sum = misfit(before.from, cut) + misfit(cut, after.to)
      if (sum < best.misfit - 1e-6) best = { cut, misfit: sum }
    }
    if (best.cut === before.to) return null
    const one = { from: before.from, to: best.cut, line: lineOf(before.from, best.cut) }
    const two = { from: best.cut, to: after.to, line: lineOf(best.cut, after.to) }
    return follows(one.from, one.to, one.line) && follows(two.from, two.to, two.line) ? [one, two] : null
  }
  /** The same runs, starting with the second; positions stay within twice round. */
  const rotate = ([first, ...rest]: Run[]): Run[] => {
    const runs = [...rest, { ...first!, from: first!.from + count, to: first!.to + count }]
    const back = runs[0]!.from >= count ? count : 0
    return runs.map(({ from, to, line }) => ({ from: from - back, to: to - back, line }))
  }
  const merged = (before: Run, after: Run): Run | null => {
    if (borders[before.from % count] !== borders[after.from % count]) return null
    const line = lineOf(before.from, after.to)
    return follows(before.from, after.to, line) ? { from: before.from, to: after.to, line } : null
  }
  const improve = (runs: Run[]) => {
    let improved = runs
    let changed = true
    for (let round = 0; changed && round < rounds && improved.length > 2; round++) {
      changed = false
      for (let i = 0; i + 1 < improved.length; i++) {
        const better = recut(improved[i]!, improved[i + 1]!)
        if (better) [improved[i], improved[i + 1]] = better
        const one = caps ? null : merged(improved[i]!, improved[i + 1]!)
        if (one) improved.splice(i--, 2, one)
        changed ||= better !== null || one !== null
      }
      improved = rotate(improved)
    }
    return improved
  }

  const measured = (runs: readonly Run[]): Cut => {
    const driftOf = ({ from, to }: Run) =>
      meanOfRms * Math.sqrt(Math.max(0, misfit(from, to)) * (w[to]! - w[from]!))
    return { runs, drift: runs.reduce((sum, run) => sum + driftOf(run), 0) }
  }

  // Runs never go over a change of border, so that is the place to start; without one, start where a run ended.
  const anchor = borders.findIndex((border, i) => border !== borders.at(i - 1))
  return (wanted, start) => {
    limit = wanted
    if (anchor >= 0) return measured(improve(walk(anchor)))
    const first = walk(start)
    const second = walk(first.at(-1)!.from % count)
    return measured(improve(second.length <= first.length ? second : first))
  }
}

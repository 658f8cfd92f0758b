/**
 * Cuts an outline into runs that a straight line follows: as few as a greedy walk finds, then each cut moved for as long
 * as the two runs beside it fit better. Moments are kept as running sums, so a line for any run costs the same.
 */
import type { Outline } from './outline.ts'
import type { Scratch } from './scratch.ts'
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

/** Edges of a small outline, where each run counts. */
const SMALL_COUNT = 200
/** Cuts are moved until none gets better, at most this many times round. */
const ROUNDS = 6
/** Mean deviation of a circle's arc from its least-squares line, as a share of the root mean square. */
const MEAN_OF_RMS = 0.86

/** Sums kept for each edge: weight, x, y, xx, xy, yy; side by side, as they are read together. */
const SUMS = 6

/** Length-weighed moments of all edges up to each, once round and once more; middles of edges; from the first point. */
const momentsOf = ({ xs, ys }: Outline, scratch: Scratch) => {
  const count = xs.length
  const sums = scratch.doubles(SUMS * (2 * count + 1)).fill(0, 0, SUMS)
  const [middleX, middleY] = [scratch.doubles(count), scratch.doubles(count)]
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
    const at = SUMS * k
    sums[at + 6] = sums[at]! + length
    sums[at + 7] = sums[at + 1]! + length * mx
    sums[at + 8] = sums[at + 2]! + length * my
    sums[at + 9] = sums[at + 3]! + length * (mx * mx + (dx * dx) / 12)
    sums[at + 10] = sums[at + 4]! + length * (mx * my + (dx * dy) / 12)
    sums[at + 11] = sums[at + 5]! + length * (my * my + (dy * dy) / 12)
  }
  return { sums, middleX, middleY, originX, originY }
}

/**
 * Cuts an outline at a limit: how far the middle of an edge may lie off its run's line, image pixels. `start` is the
 * edge to begin with where the outline gives no better one.
 */
export type CutOutline = (limit: number, start: number) => Cut

export const createCut = (outline: Outline, scratch: Scratch): CutOutline => {
  const { xs, ys, borders } = outline
  const count = xs.length
  const caps = outline.field === null ? capsOf(outline) : null
  let limit = 0
  const { sums, middleX, middleY, originX, originY } = momentsOf(outline, scratch)

  // Written out twice, since both run for every place that a cut may move to: no objects, no angles.
  /** Sum of squared distances from the best line, weighed by length. */
  const misfit = (from: number, to: number): number => {
    const a = SUMS * from
    const b = SUMS * to
    const weight = sums[b]! - sums[a]!
    const sumX = sums[b + 1]! - sums[a + 1]!
    const sumY = sums[b + 2]! - sums[a + 2]!
    const varianceX = sums[b + 3]! - sums[a + 3]! - (sumX * sumX) / weight
    const varianceY = sums[b + 5]! - sums[a + 5]! - (sumY * sumY) / weight
    const covariance = sums[b + 4]! - sums[a + 4]! - (sumX * sumY) / weight
    const half = (varianceX - varianceY) / 2
    return (varianceX + varianceY) / 2 - Math.sqrt(half * half + covariance * covariance)
  }
  /** The line through the mean along the larger axis of the covariance. */
  const lineOf = (from: number, to: number): Line => {
    const a = SUMS * from
    const b = SUMS * to
    const weight = sums[b]! - sums[a]!
    const sumX = sums[b + 1]! - sums[a + 1]!
    const sumY = sums[b + 2]! - sums[a + 2]!
    const i = from % count
    const end = to % count
    const dx = xs[end]! - xs[i]!
    const dy = ys[end]! - ys[i]!
    let ux = 1
    let uy = 0
    if (to - from === 1) {
      const length = Math.sqrt(dx * dx + dy * dy)
      if (length > 0) [ux, uy] = [dx / length, dy / length]
    } else {
      const varianceX = sums[b + 3]! - sums[a + 3]! - (sumX * sumX) / weight
      const varianceY = sums[b + 5]! - sums[a + 5]! - (sumY * sumY) / weight
      const covariance = sums[b + 4]! - sums[a + 4]! - (sumX * sumY) / weight
      const half = (varianceX - varianceY) / 2
      const length = Math.sqrt(half * half + covariance * covariance)
      // Half of the angle whose cosine is half / length.
      const cosine = length > 0 ? half / length : 1
      ux = Math.sqrt(Math.max(0, (1 + cosine) / 2))
      uy = Math.sqrt(Math.max(0, (1 - cosine) / 2))
      if (covariance < 0) uy = -uy
    }
    const sign = dx * ux + dy * uy >= 0 ? 1 : -1
    return { x: sumX / weight + originX, y: sumY / weight + originY, ux: sign * ux, uy: sign * uy }
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

  /** The cut between two neighbouring runs moved on while both fit better, if both still keep to the limit there. */
  const recut = (before: Run, after: Run): [Run, Run] | null => {
    if (borders[before.from % count] !== borders[after.from % count]) return null
    let best = before.to
    let least = misfit(before.from, best) + misfit(best, after.to)
    for (const step of [1, -1])
      for (let cut = best + step; cut > before.from && cut < after.to; cut += step) {
        const sum = misfit(before.from, cut) + misfit(cut, after.to)
        if (sum >= least - 1e-6) break
        best = cut
        least = sum
      }
    if (best === before.to) return null
    const one = { from: before.from, to: best, line: lineOf(before.from, best) }
    const two = { from: best, to: after.to, line: lineOf(best, after.to) }
    return follows(one.from, one.to, one.line) && follows(two.from, two.to, two.line) ? [one, two] : null
  }
  /** The same runs, starting with the second; positions stay within twice round. */
  const rotate = ([first, ...rest]: Run[]): Run[] => {
    const runs = [...rest, { ...first!, from: first!.from + count, to: first!.to + count }]
    const back = runs[0]!.from >= count ? count : 0
    return back === 0 ? runs : runs.map(({ from, to, line }) => ({ from: from - back, to: to - back, line }))
  }
  const merged = (before: Run, after: Run): Run | null => {
    if (borders[before.from % count] !== borders[after.from % count]) return null
    const line = lineOf(before.from, after.to)
    return follows(before.from, after.to, line) ? { from: before.from, to: after.to, line } : null
  }
  const improve = (runs: Run[]) => {
    let improved = runs
    let changed = true
    /** The run after it with which nothing could be made better. */
    const settled = new Map<Run, Run>()
    for (let round = 0; changed && round < ROUNDS && improved.length > 2; round++) {
      changed = false
      for (let i = 0; i + 1 < improved.length; i++) {
        if (settled.get(improved[i]!) === improved[i + 1]) continue
        const better = recut(improved[i]!, improved[i + 1]!)
        if (better) [improved[i], improved[i + 1]] = better
        const one = caps ? null : merged(improved[i]!, improved[i + 1]!)
        if (one) improved.splice(i--, 2, one)
        if (better === null && one === null) settled.set(improved[i]!, improved[i + 1]!)
        else changed = true
      }
      improved = rotate(improved)
    }
    return improved
  }

  const measured = (runs: readonly Run[]): Cut => {
    const driftOf = ({ from, to }: Run) =>
      MEAN_OF_RMS * Math.sqrt(Math.max(0, misfit(from, to)) * (sums[SUMS * to]! - sums[SUMS * from]!))
    return { runs, drift: runs.reduce((sum, run) => sum + driftOf(run), 0) }
  }

  // Runs never go over a change of border, so that is the place to start; without one, start where a run ended: it
  // saves a small outline one vertex, and a large one nothing that shows.
  const anchor = borders.findIndex((border, i) => border !== borders.at(i - 1))
  return (wanted, start) => {
    limit = wanted
    if (anchor >= 0) return measured(improve(walk(anchor)))
    const first = walk(start)
    if (count > SMALL_COUNT) return measured(improve(first))
    const second = walk(first.at(-1)!.from % count)
    return measured(improve(second.length <= first.length ? second : first))
  }
}

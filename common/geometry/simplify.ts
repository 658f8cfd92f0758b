/**
 * Outline -> ring of few vertices. The outline is cut into the fewest runs that a straight line follows within a limit;
 * each run gets its least-squares line; vertices are where neighbouring lines meet. Unlike picking outline points this
 * keeps the area: a disc stays as large as it was.
 */
import type { Ring } from '../model.ts'
import type { Outline } from './outline.ts'
import type { Judge } from './fidelity.ts'
import type { Scratch } from './scratch.ts'
import { createCut, type Line, type Run } from './runs.ts'

const project = (line: Line, x: number, y: number): [number, number] => {
  const along = (x - line.x) * line.ux + (y - line.y) * line.uy
  return [line.x + along * line.ux, line.y + along * line.uy]
}

/** Where two runs meet: the lines' crossing when near the outline's own point, else that point's feet on both lines. */
const corner = (outline: Outline, before: Run, after: Run, limit: number): [number, number][] => {
  const at = after.from % outline.xs.length
  const [x, y] = [outline.xs[at]!, outline.ys[at]!]
  const [a, b] = [before.line, after.line]
  const sine = a.ux * b.uy - a.uy * b.ux
  if (Math.abs(sine) > 1e-9) {
    const along = ((b.x - a.x) * b.uy - (b.y - a.y) * b.ux) / sine
    const [meetX, meetY] = [a.x + along * a.ux, a.y + along * a.uy]
    if (Math.hypot(meetX - x, meetY - y) <= 2 * limit + 0.25) return [[meetX, meetY]]
  }
  const [first, second] = [project(a, x, y), project(b, x, y)]
  const apart = Math.hypot(first[0] - second[0], first[1] - second[1])
  return apart > Math.max(0.1, limit)
    ? [first, second]
    : [[(first[0] + second[0]) / 2, (first[1] + second[1]) / 2]]
}

type Place = [number, number]

const round = (value: number) => Math.round(value * 100) / 100 + 0

/** A ring, and for each of its points the number that it was given. */
interface Numbered {
  readonly ring: Ring
  readonly numbers: readonly number[]
}

/** Rounds to 1/100 pixel; drops repeats and points on the straight line between their neighbours. */
const tidy = (points: readonly (readonly [number, number])[], numberOf: (i: number) => number): Numbered => {
  const kept: Ring = []
  const numbers: number[] = []
  /** Whether b adds nothing to the way from a to c. */
  const idle = (a: Place, b: Place, c: Place) =>
    Math.abs((b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0])) < 1e-9 &&
    (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1]) >= 0
  const drop = () => {
    kept.pop()
    numbers.pop()
  }
  points.forEach(([x, y], i) => {
    const point: Place = [round(x), round(y)]
    while (kept.length > 1 && idle(kept.at(-2)!, kept.at(-1)!, point)) drop()
    if (kept.length === 1 && kept[0]![0] === point[0] && kept[0]![1] === point[1]) return
    kept.push(point)
    numbers.push(numberOf(i))
  })
  // The same where the ring closes.
  while (kept.length > 2 && idle(kept.at(-2)!, kept.at(-1)!, kept[0]!)) drop()
  while (kept.length > 2 && idle(kept.at(-1)!, kept[0]!, kept[1]!)) {
    kept.shift()
    numbers.shift()
  }
  return { ring: kept, numbers }
}

/** All points of the outline, rounded; only points on straight lines are left out. */
export const exactRing = ({ xs, ys }: Outline): Ring =>
  tidy(
    Array.from(xs, (x, i) => [x, ys[i]!] as const),
    (i) => i,
  ).ring

/** The runs with their lines moved to the inside, which is on the right hand; those along a border stay. */
const narrowed = (outline: Outline, runs: readonly Run[], inset: number): readonly Run[] =>
  inset === 0
    ? runs
    : runs.map((run) =>
        outline.borders[run.from % outline.xs.length] !== 0
          ? run
          : {
              ...run,
              line: { ...run.line, x: run.line.x - run.line.uy * inset, y: run.line.y + run.line.ux * inset },
            },
      )

/** The ring of an outline's runs, numbered by them; fewer than 3 points when the limit is too coarse for it. */
const ringOfRuns = (outline: Outline, runs: readonly Run[], limit: number): Numbered => {
  if (runs.length < 2) return { ring: [], numbers: [] }
  const corners = runs.map((run, i) => corner(outline, runs.at(i - 1)!, run, limit))
  // A run whose corners changed places would fold over: both go back to the outline's own points.
  runs.forEach((run, i) => {
    const next = (i + 1) % runs.length
    const [startX, startY] = corners[i]!.at(-1)!
    const [endX, endY] = corners[next]![0]!
    if ((endX - startX) * run.line.ux + (endY - startY) * run.line.uy > 0) return
    for (const [index, edge] of [
      [i, run.from],
      [next, run.to],
    ] as const) {
      const at = edge % outline.xs.length
      corners[index] = [[outline.xs[at]!, outline.ys[at]!]]
    }
  })
  const { left, right, top, bottom } = outline.within
  const numbers = corners.flatMap((points, i) => points.map(() => i))
  return tidy(
    corners
      .flat()
      .map(([x, y]): Place => [Math.min(right, Math.max(left, x)), Math.min(bottom, Math.max(top, y))]),
    (i) => numbers[i]!,
  )
}

/** A run of one edge of the outline. */
const edgeRun = ({ xs, ys }: Outline, from: number): Run => {
  const [i, next] = [from % xs.length, (from + 1) % xs.length]
  const [dx, dy] = [xs[next]! - xs[i]!, ys[next]! - ys[i]!]
  const length = Math.hypot(dx, dy)
  return { from, to: from + 1, line: { x: xs[i]!, y: ys[i]!, ux: dx / length, uy: dy / length } }
}

/** How hard an outline is tried before its exact ring is taken. */
interface Effort {
  /** Shares of the limit, coarse to fine. */
  readonly shares: readonly number[]
  /** From how many places the first run may start. */
  readonly starts: number
  /** How much narrower the ring is made, as shares of the limit. */
  readonly insets: readonly number[]
}

/**
 * With few vertices, and pixel centres all but on the boundary, much depends on luck: small outlines are tried from
 * several starts and a little narrower and wider before the limit gets finer.
 */
const smallEffort: Effort = {
  shares: [1, 0.88, 0.77, 0.68, 0.6, 0.53, 0.46, 0.41, 0.36, 0.32, 0.28, 0.24, 0.21, 0.18, 0.15, 0.12, 0.09],
  starts: 4,
  insets: [0, 0.3, -0.3, 0.6, -0.6],
}
const smallSteppedEffort: Effort = {
  shares: [1, 0.92, 0.85, 0.78, 0.72, 0.66, 0.6, 0.5, 0.3],
  starts: 3,
  insets: [0, -0.15, 0.15],
}
const usualEffort: Effort = { shares: [1, 0.65, 0.42, 0.27, 0.18, 0.12], starts: 1, insets: [0] }
/** Points of an outline that is small. */
const SMALL_COUNT = 1000

/** Points of an outline that is long enough for its grain to matter. */
const LONG_COUNT = 200

/** Image pixels a model pixel, at least 1: of less a large photo's mask knows nothing. */
const grainOf = ({ field }: Outline): number => {
  if (field === null) return 1
  const middle = field.xs.length >> 1
  return Math.max(1, field.xs[middle]! - field.xs[middle - 1]!)
}

/**
 * Shares of the limit to try before the limit itself, down from a model pixel's. The judge takes them for rough
 * outlines, and for smooth ones that are so large that it makes no difference.
 */
const coarseShares = (grain: number): number[] => {
  const shares: number[] = []
  for (let share = grain; share >= 1.5; share /= 2) shares.push(share)
  return shares
}

/** An outline's ring, rounded to 1/100 pixel; it may have fewer than 3 points when nothing is left. */
export interface Simplified {
  readonly ring: Ring
  /**
   * The same, but exact around some edges, given by the points of `ring` that they begin at: the runs that made them
   * and `reach` runs to both sides get the outline's own points back.
   */
  refine(edges: ReadonlySet<number>, reach: number): Simplified
}

const exact = (outline: Outline): Simplified => {
  const itself: Simplified = { ring: exactRing(outline), refine: () => itself }
  return itself
}

const simplifiedOf = (
  outline: Outline,
  runs: readonly Run[],
  { ring, numbers }: Numbered,
  limit: number,
): Simplified => ({
  ring,
  refine(edges, reach) {
    if (2 * reach + 1 >= runs.length) return exact(outline)
    const refined = new Set<number>()
    for (const edge of edges)
      for (let near = -reach; near <= reach; near++)
        refined.add((numbers[edge]! + near + runs.length) % runs.length)
    const finer = runs.flatMap((run, i) =>
      refined.has(i)
        ? Array.from({ length: run.to - run.from }, (_, k) => edgeRun(outline, run.from + k))
        : [run],
    )
    const made = ringOfRuns(outline, finer, limit)
    return made.ring.length >= 3 ? simplifiedOf(outline, finer, made, limit) : exact(outline)
  },
})

/**
 * Makes a ring with few vertices of an outline. What the judge refuses is made again with a finer limit.
 * @param limit how far the middle of an outline edge may lie off its run's line, image pixels; 0 keeps every corner
 */
export const simplify = (outline: Outline, judge: Judge, limit: number, scratch: Scratch): Simplified => {
  if (limit <= 0) return exact(outline)
  const cutAt = createCut(outline, scratch)
  const count = outline.xs.length
  const small = outline.field === null ? smallSteppedEffort : smallEffort
  const { shares, starts, insets } = judge.minds && count <= SMALL_COUNT ? small : usualEffort
  const coarse = count < LONG_COUNT && !judge.minor ? [] : coarseShares(grainOf(outline))
  for (const fine of [...coarse, ...shares].map((share) => share * limit))
    for (let k = 0; k < starts; k++) {
      const cut = cutAt(fine, Math.floor((k * count) / starts))
      if (!judge.isClose(cut)) break
      for (const inset of insets) {
        const runs = narrowed(outline, cut.runs, inset * fine)
        const made = ringOfRuns(outline, runs, fine)
        if (made.ring.length >= 3 && judge.accepts(made.ring)) return simplifiedOf(outline, runs, made, fine)
      }
    }
  return exact(outline)
}

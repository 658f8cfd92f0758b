/**
 * Regions in whole numbers, and what Clipper2 (clipper2-ts) makes of them. Owns the grid, every call of Clipper, and the
 * second look at what it answers.
 */
import { ClipType, Clipper, EndType, FillRule, JoinType, PolyTree64 } from 'clipper2-ts'
import type { Path64, Paths64, Point64, PolyPath64 } from 'clipper2-ts'

import type { Ring } from '../model.ts'

/** Outer rings run one way and holes the other, in `GRID`ths of a pixel: to be read by the non-zero rule. */
export type Region = Paths64

/**
 * Steps a pixel. Clipper reckons exactly with differences up to 9e7, so with this in the largest images that can be
 * read (sides of 65,535); what we store has hundredths of a pixel.
 */
export const GRID = 1000

const clipTypes = {
  union: ClipType.Union,
  difference: ClipType.Difference,
  intersection: ClipType.Intersection,
} as const
export type Combining = keyof typeof clipTypes

const transposed = (region: Region): Region => region.map((path) => path.map(({ x, y }) => ({ x: y, y: x })))

/** How far two areas of one region may differ, steps squared: by half a step along its edges. */
const toleranceOf = (region: Region): number => {
  let length = GRID
  for (const path of region)
    path.forEach((point, i) => {
      const before = path[i === 0 ? path.length - 1 : i - 1]!
      length += Math.abs(point.x - before.x) + Math.abs(point.y - before.y)
    })
  return length / 2
}

/** Where edges cross the level line, and which way: 1 down, -1 up. */
const crossingsOf = (region: Region, level: number): { x: number; way: 1 | -1 }[] =>
  region.flatMap((path) =>
    path.flatMap((b, i) => {
      const a = path[i === 0 ? path.length - 1 : i - 1]!
      if (a.y > level === b.y > level) return []
      return [{ x: a.x + ((level - a.y) * (b.x - a.x)) / (b.y - a.y), way: b.y > a.y ? 1 : -1 } as const]
    }),
  )

/** How often the region's rings run around the point. */
const windingsAt = (region: Region, { x, y }: Point64): number =>
  crossingsOf(region, y).reduce((sum, crossing) => sum + (crossing.x > x ? crossing.way : 0), 0)

/** A point in the widest place of the ring at half its height. */
const insideOf = (path: Path64): Point64 => {
  const heights = path.map(({ y }) => y)
  // Off the grid, so that the line meets no vertex.
  const y = Math.floor((Math.min(...heights) + Math.max(...heights)) / 2) + 0.5
  const xs = crossingsOf([path], y)
    .map(({ x }) => x)
    .sort((a, b) => a - b)
  let best = { x: xs[0] ?? 0, width: -1 }
  for (let i = 0; i + 1 < xs.length; i += 2) {
    const [from, to] = [xs[i]!, xs[i + 1]!]
    if (to - from > best.width) best = { x: (from + to) / 2, width: to - from }
  }
  return { x: best.x, y }
}

/**
 * What `run` makes of two regions. Where edges of many rings meet in one point Clipper may lose a piece, once in some
 * thousand shapes that cross themselves, and does not when the axes are exchanged. So it is asked both ways, and where
 * the areas differ `isIn` says of a point in the largest difference who is right.
 */
const askedTwice = (
  a: Region,
  b: Region,
  run: (a: Region, b: Region) => Region,
  isIn: (point: Point64) => boolean,
): Region => {
  const first = run(a, b)
  const second = run(transposed(a), transposed(b))
  const difference = Math.abs(Clipper.areaPaths(first)) - Math.abs(Clipper.areaPaths(second))
  if (Math.abs(difference) <= toleranceOf(first)) return first
  const other = transposed(second)
  const [largest] = Clipper.xor(first, other, FillRule.NonZero).sort(
    (one, two) => Math.abs(Clipper.area(two)) - Math.abs(Clipper.area(one)),
  )
  if (largest === undefined) return first
  const point = insideOf(largest)
  return (windingsAt(first, point) !== 0) === isIn(point) ? first : Clipper.reversePaths(other)
}

/** What the operation `how` makes of two regions. */
export const combineRegions = (how: Combining, a: Region, b: Region): Region =>
  askedTwice(
    a,
    b,
    (one, two) => Clipper.booleanOp(clipTypes[how], one, two, FillRule.NonZero),
    (point) => {
      const [inA, inB] = [windingsAt(a, point) !== 0, windingsAt(b, point) !== 0]
      if (how === 'union') return inA || inB
      return how === 'difference' ? inA && !inB : inA && inB
    },
  )

/** The region that rings of any kind enclose by the even-odd rule. */
export const evenOddRegion = (rings: Paths64): Region =>
  askedTwice(
    rings,
    [],
    (paths) => Clipper.union(paths, FillRule.EvenOdd),
    (point) => crossingsOf(rings, point.y).filter(({ x }) => x > point.x).length % 2 === 1,
  )

/** The region grown by `by` image pixels, shrunk where that is negative. */
export const grownRegion = (region: Region, by: number, corners: 'sharp' | 'round' = 'sharp'): Region =>
  Clipper.inflatePaths(
    region,
    by * GRID,
    corners === 'sharp' ? JoinType.Miter : JoinType.Round,
    EndType.Polygon,
  )

/** The rings with as few of their points as keep them within `tolerance` image pixels of where they ran. */
export const simplifiedPaths = (paths: Paths64, tolerance: number): Paths64 =>
  Clipper.simplifyPaths(paths, tolerance * GRID)

/** A line with as few of its points as keep it within `tolerance` image pixels; its ends stay. */
export const simplifiedLine = (line: Ring, tolerance: number): Ring =>
  Clipper.simplifyPathD(
    line.map(([x, y]) => ({ x, y })),
    tolerance,
    false,
  ).map(({ x, y }): Ring[number] => [x, y])

/** The outer rings of the region, each with the holes in it. */
export const nestedRings = (region: Region): { readonly outer: Path64; readonly holes: Path64[] }[] => {
  const treeOf = (paths: Region) => {
    const tree = new PolyTree64()
    Clipper.booleanOpWithPolyTree(ClipType.Union, paths, null, tree, FillRule.NonZero)
    return tree
  }
  const straight = treeOf(region)
  const lost = Math.abs(Math.abs(straight.area()) - Math.abs(Clipper.areaPaths(region)))
  const isWhole = lost <= toleranceOf(region)
  const pathAt = ({ poly }: PolyPath64): Path64 =>
    isWhole ? (poly ?? []) : Clipper.reversePath(transposed([poly ?? []])[0]!)
  const found: { outer: Path64; holes: Path64[] }[] = []
  const collect = (node: PolyPath64) => {
    for (let i = 0; i < node.count; i++) {
      const outer = node.child(i)
      const holes = Array.from({ length: outer.count }, (_, at) => outer.child(at))
      found.push({ outer: pathAt(outer), holes: holes.map(pathAt) })
      holes.forEach(collect)
    }
  }
  collect(isWhole ? straight : treeOf(transposed(region)))
  return found
}

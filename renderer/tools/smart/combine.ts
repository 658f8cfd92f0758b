/**
 * A mask that is kept, and what a point changes of it: the region around the point in which the model's new mask differs
 * is added or taken away, and all else stays as it was, vertex by vertex. Pure.
 */
import { ClipType, Clipper, EndType, FillRule, JoinType, PolyTree64, type Paths64 } from 'clipper2-ts'
import type { ImagePoint } from '../../../common/geometry/point.ts'
import { pointInShape } from '../../../common/geometry/hit.ts'
import { areaOf, partsOf, ringsOfPart, signedArea } from '../../../common/geometry/measure.ts'
import type { Part, Polygon, Ring } from '../../../common/model.ts'

/** Clipper counts in whole numbers; polygons have hundredths of a pixel (SEMANTICS.md, "Validity"). */
const GRID = 100
/** Where two outlines of the same edge cross they leave crumbs: new rings with less area, image pixels squared ... */
const CRUMB = 16
/** ... or less of the whole, as small parts are by default. */
const CRUMB_SHARE = 0.01

const pathsOf = (part: Part): Paths64 =>
  ringsOfPart(part).map((ring) =>
    ring.map(([x, y]) => ({ x: Math.round(x * GRID), y: Math.round(y * GRID) })),
  )

/** Outer rings and holes that wind the other way: even-odd within a part, parts united, as SEMANTICS.md says. */
const regionOf = (polygon: Polygon): Paths64 =>
  Clipper.union(
    partsOf(polygon).flatMap((part) => Clipper.union(pathsOf(part), FillRule.EvenOdd)),
    FillRule.NonZero,
  )

const partsOfRegion = (region: Paths64): Part[] => {
  const tree = new PolyTree64()
  Clipper.booleanOpWithPolyTree(ClipType.Union, region, null, tree, FillRule.NonZero)
  const parts: Part[] = []
  const ringOf = (path: Paths64[number] | null): Ring =>
    (path ?? []).map(({ x, y }): [number, number] => [x / GRID, y / GRID])
  const collect = (node: PolyTree64) => {
    for (let i = 0; i < node.count; i++) {
      const outer = node.child(i)
      const holes = Array.from({ length: outer.count }, (_, at) => outer.child(at))
      parts.push({ outer: ringOf(outer.poly), holes: holes.map(({ poly }) => ringOf(poly)) })
      holes.forEach(collect)
    }
  }
  collect(tree)
  return parts
}

const polygonOf = (parts: Part[]): Polygon => ({ type: 'polygon', parts })

const partAt = (region: Paths64, point: ImagePoint): Paths64 | null => {
  const part = partsOfRegion(region).find((one) => pointInShape(polygonOf([one]), point))
  return part ? regionOf(polygonOf([part])) : null
}

/**
 * The piece of a region that the point lies in. Two outlines of the same edge never agree to the pixel: strips narrower
 * than twice `reach` lead from one true difference to the next, and are cut (morphological opening).
 */
const pieceAt = (region: Paths64, point: ImagePoint, reach: number): Paths64 | null => {
  const grow = (paths: Paths64, by: number) =>
    Clipper.inflatePaths(paths, by * GRID, JoinType.Round, EndType.Polygon)
  // By more than it was shrunk, so that right angles come back as they were.
  const opened = Clipper.intersect(region, grow(grow(region, -reach), 1.5 * reach), FillRule.NonZero)
  return partAt(opened, point) ?? partAt(region, point)
}

const keyOf = ([x, y]: Ring[number]) => `${Math.round(x * GRID)} ${Math.round(y * GRID)}`

/** Without what the seam left behind; rings that were there before stay whatever their size. */
const swept = (region: Paths64, kept: Polygon): Polygon | null => {
  const parts = partsOfRegion(region)
  const before = new Set(kept.parts.flatMap((part) => ringsOfPart(part).flat().map(keyOf)))
  const least = Math.max(CRUMB, CRUMB_SHARE * areaOf(polygonOf(parts)))
  const stays = (ring: Ring) =>
    Math.abs(signedArea(ring)) >= least || ring.every((vertex) => before.has(keyOf(vertex)))
  const sound = parts
    .filter(({ outer }) => stays(outer))
    .map(({ outer, holes }) => ({ outer, holes: holes.filter(stays) }))
  return sound.length > 0 ? polygonOf(sound) : null
}

export interface PointOnMask extends ImagePoint {
  readonly positive: boolean
}

/**
 * `kept` with the piece of `mask` around a positive point, or without what `mask` leaves out around a negative one.
 * `kept` itself when the two masks agree there; null when nothing is left.
 * @param reach half the width of the strips along the edge that are no difference, image pixels
 */
export const combine = (
  kept: Polygon,
  mask: Polygon | null,
  point: PointOnMask,
  reach: number,
): Polygon | null => {
  if (pointInShape(kept, point) === point.positive) return kept
  const [old, found] = [regionOf(kept), mask ? regionOf(mask) : []]
  const piece = point.positive
    ? pieceAt(Clipper.difference(found, old, FillRule.NonZero), point, reach)
    : pieceAt(Clipper.difference(old, found, FillRule.NonZero), point, reach)
  if (piece === null) return kept
  const region = point.positive
    ? Clipper.union(old, piece, FillRule.NonZero)
    : Clipper.difference(old, piece, FillRule.NonZero)
  return swept(region, kept)
}

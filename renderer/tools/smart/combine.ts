/**
 * A mask that is kept, and what a point changes of it: the region around the point in which the model's new mask differs
 * is added or taken away, and all else stays as it was, vertex by vertex. Pure.
 */
import { combineRegions, grownRegion, type Region } from '../../../common/geometry/clipper.ts'
import { pointInShape } from '../../../common/geometry/hit.ts'
import { areaOf, ringsOfPart, signedArea } from '../../../common/geometry/measure.ts'
import type { ImagePoint } from '../../../common/geometry/point.ts'
import { polygonOfRegion, regionOf } from '../../../common/geometry/region.ts'
import type { Polygon, Ring } from '../../../common/model.ts'

/** Where two outlines of the same edge cross they leave crumbs: new rings with less area, image pixels squared ... */
const CRUMB = 16
/** ... or less of the whole, as small parts are by default. */
const CRUMB_SHARE = 0.01

const partAt = (region: Region, point: ImagePoint): Region | null => {
  const part = polygonOfRegion(region, [])?.parts.find((one) =>
    pointInShape({ type: 'polygon', parts: [one] }, point),
  )
  return part ? regionOf({ type: 'polygon', parts: [part] }) : null
}

/**
 * The piece of a region that the point lies in. Two outlines of the same edge never agree to the pixel: strips narrower
 * than twice `reach` lead from one true difference to the next, and are cut (morphological opening).
 */
const pieceAt = (region: Region, point: ImagePoint, reach: number): Region | null => {
  // By more than it was shrunk, so that right angles come back as they were.
  const core = grownRegion(grownRegion(region, -reach, 'round'), 1.5 * reach, 'round')
  const opened = combineRegions('intersection', region, core)
  return partAt(opened, point) ?? partAt(region, point)
}

/** Without what the seam left behind; rings that were there before stay whatever their size. */
const swept = (polygon: Polygon, kept: Polygon): Polygon | null => {
  const before = new Set(kept.parts.flatMap((part) => ringsOfPart(part).flat()))
  const least = Math.max(CRUMB, CRUMB_SHARE * areaOf(polygon))
  const stays = (ring: Ring) =>
    Math.abs(signedArea(ring)) >= least || ring.every((vertex) => before.has(vertex))
  const parts = polygon.parts
    .filter(({ outer }) => stays(outer))
    .map(({ outer, holes }) => ({ outer, holes: holes.filter(stays) }))
  return parts.length > 0 ? { type: 'polygon', parts } : null
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
  const [more, less] = point.positive ? [found, old] : [old, found]
  const piece = pieceAt(combineRegions('difference', more, less), point, reach)
  if (piece === null) return kept
  const region = combineRegions(point.positive ? 'union' : 'difference', old, piece)
  const combined = polygonOfRegion(region, mask ? [kept, mask] : [kept])
  return combined && swept(combined, kept)
}

/**
 * What can be done to a whole shape: holes filled, small parts dropped, parts taken apart, grown, shrunk, smoothed.
 * Meanings in SEMANTICS.md. A shape that stays as it is stays the same object; null means that nothing is left.
 */
import type { Polygon, Rectangle, Ring, RotatedRectangle, Shape } from '../model.ts'
import { joinShapes } from './boolean.ts'
import { clipToImage } from './clip.ts'
import { evenOddRegion, grownRegion, simplifiedPaths } from './clipper.ts'
import { hasArea, signedArea } from './measure.ts'
import type { Size } from './point.ts'
import { pathsOf, polygonOfRegion, regionOf } from './region.ts'

/** A part is small with less than this share of the largest part's outline. */
const SMALL_SHARE = 0.05
/** How far smoothing looks along the outline: the standard deviation of its weights, image pixels. */
const SMOOTH_REACH = 2
/** A ring shorter than this has nothing to be smoothed, image pixels. */
const LEAST_SMOOTHED = 6 * SMOOTH_REACH
/** How far a smoothed outline may lie off its vertices' lines, image pixels. */
const SMOOTH_TOLERANCE = 0.25

/** Without holes. A part that lay in a hole is one with what is filled. */
export const fillHoles = (shape: Shape): Shape => {
  if (shape.type !== 'polygon' || shape.parts.every(({ holes }) => holes.length === 0)) return shape
  const filled: Polygon = { type: 'polygon', parts: shape.parts.map(({ outer }) => ({ outer, holes: [] })) }
  return (filled.parts.length === 1 ? filled : joinShapes([filled])) ?? shape
}

/** Without the parts whose outline encloses less than a twentieth of what the largest one does. */
export const dropSmallParts = (shape: Shape): Shape => {
  if (shape.type !== 'polygon') return shape
  const areas = shape.parts.map(({ outer }) => Math.abs(signedArea(outer)))
  const least = SMALL_SHARE * areas.reduce((a, b) => Math.max(a, b), 0)
  const parts = shape.parts.filter((_, index) => areas[index]! >= least)
  return parts.length === shape.parts.length ? shape : { type: 'polygon', parts }
}

/** Each part as a shape of its own. */
export const partsAsShapes = (shape: Shape): Shape[] =>
  shape.type !== 'polygon' || shape.parts.length === 1
    ? [shape]
    : shape.parts.map((part) => ({ type: 'polygon', parts: [part] }))

const grownRectangle = (
  shape: Rectangle | RotatedRectangle,
  by: number,
): Rectangle | RotatedRectangle | null => {
  const sides = { width: shape.width + 2 * by, height: shape.height + 2 * by }
  if (sides.width <= 0 || sides.height <= 0) return null
  return shape.type === 'rectangle'
    ? { ...shape, x: shape.x - by, y: shape.y - by, ...sides }
    : { ...shape, ...sides }
}

/**
 * The shape with its outline moved outwards by `by` image pixels, inwards where that is negative, within the image.
 * Corners stay corners.
 */
export const growShape = (shape: Shape, by: number, size: Size): Shape | null => {
  if (!hasArea(shape)) return shape
  const grown =
    shape.type !== 'polygon'
      ? grownRectangle(shape, by)
      : polygonOfRegion(grownRegion(regionOf(shape), by), [])
  return grown && clipToImage(grown, size)
}

/** Points along the ring a pixel apart, or further where that would be more than 4,000. */
const resampled = (ring: Ring): Ring => {
  const edges = ring.map((from, i) => {
    const to = ring[(i + 1) % ring.length]!
    return { from, to, length: Math.hypot(to[0] - from[0], to[1] - from[1]) }
  })
  const step = Math.max(1, edges.reduce((sum, { length }) => sum + length, 0) / 4000)
  return edges.flatMap(({ from, to, length }) => {
    const count = Math.max(1, Math.round(length / step))
    return Array.from({ length: count }, (_, k): Ring[number] => {
      const share = k / count
      return [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])]
    })
  })
}

const lengthOf = (ring: Ring) =>
  ring.reduce((sum, [x, y], i) => {
    const before = ring.at(i - 1)!
    return sum + Math.hypot(x - before[0], y - before[1])
  }, 0)

const weights = Array.from({ length: 6 * SMOOTH_REACH + 1 }, (_, i) =>
  Math.exp(-((i - 3 * SMOOTH_REACH) ** 2) / (2 * SMOOTH_REACH ** 2)),
)
const weightOfAll = weights.reduce((a, b) => a + b, 0)

const smoothedRing = (ring: Ring): Ring => {
  if (lengthOf(ring) < LEAST_SMOOTHED) return ring
  const points = resampled(ring)
  return points.map((_, i): Ring[number] => {
    let [x, y] = [0, 0]
    weights.forEach((weight, k) => {
      const at = (i + k - 3 * SMOOTH_REACH + points.length) % points.length
      const [px, py] = points[at]!
      x += weight * px
      y += weight * py
    })
    return [x / weightOfAll, y / weightOfAll]
  })
}

/** The shape with steps and corners of its outlines rounded over some four pixels. A rectangle has none to lose. */
export const smoothShape = (shape: Shape): Shape => {
  if (shape.type !== 'polygon') return shape
  const regions = shape.parts.map(({ outer, holes }) =>
    evenOddRegion(simplifiedPaths(pathsOf([outer, ...holes].map(smoothedRing)), SMOOTH_TOLERANCE)),
  )
  return polygonOfRegion(regions.flat(), []) ?? shape
}

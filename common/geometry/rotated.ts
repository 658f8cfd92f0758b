/** Rectangles turned about their middle: made of corners, fitted to shapes, resized and turned by their handles. Pure. */
import type { AreaShape, Rectangle, Ring, RotatedRectangle } from '../model.ts'
import { rectangleOfCorners, resizeRectangle } from './edit.ts'
import { handlePoint, nearestHandle, type Handle } from './hit.ts'
import { bboxOf, cornersOfRotated } from './measure.ts'
import { orientedBoxOf } from './oriented-box.ts'
import type { ImagePoint, Size } from './point.ts'

const FULL = 2 * Math.PI

/** The same direction from 0 up to 2 pi. */
const normalAngle = (angle: number): number => {
  const rest = angle % FULL
  const turned = rest < 0 ? rest + FULL : rest
  // A tiny negative rest comes out as a full turn.
  return turned >= FULL ? 0 : turned
}

/** The shortest side that is left, image pixels. */
const LEAST_SIDE = 0.5

/**
 * Of four corners in their order, as they lie in a file or came out of a turn. Corners that make no exact rectangle give
 * the one with their middle, the direction of the first side, and the mean of opposite sides.
 */
export const rotatedOfCorners = (corners: Ring): RotatedRectangle => {
  const [a, b, c, d] = corners as [Ring[number], Ring[number], Ring[number], Ring[number]]
  const side = (from: Ring[number], to: Ring[number]) => Math.hypot(to[0] - from[0], to[1] - from[1])
  return {
    type: 'rotated-rectangle',
    cx: (a[0] + b[0] + c[0] + d[0]) / 4,
    cy: (a[1] + b[1] + c[1] + d[1]) / 4,
    width: Math.max(LEAST_SIDE, (side(a, b) + side(d, c)) / 2),
    height: Math.max(LEAST_SIDE, (side(b, c) + side(a, d)) / 2),
    angle: normalAngle(Math.atan2(b[1] - a[1] + c[1] - d[1], b[0] - a[0] + c[0] - d[0])),
  }
}

/** How far a corner may lie off for four points still to be a rectangle, as a share of its longer side. */
const SLACK = 0.01
/** The same, image pixels: what rounding in a file does. */
const SLACK_PIXELS = 0.75

/** The rectangle that four corners are, but for rounding; null when they are none. */
export const rotatedOfRing = (ring: Ring): RotatedRectangle | null => {
  if (ring.length !== 4) return null
  const rotated = rotatedOfCorners(ring)
  const slack = Math.max(SLACK_PIXELS, SLACK * Math.max(rotated.width, rotated.height))
  const least = Math.min(rotated.width, rotated.height)
  const corners = cornersOfRotated(rotated)
  // The corners may run either way round: then the second and the fourth are exchanged.
  const isNear = (order: readonly number[]) =>
    order.every((at, i) => Math.hypot(ring[i]![0] - corners[at]![0], ring[i]![1] - corners[at]![1]) <= slack)
  return least > slack && (isNear([0, 1, 2, 3]) || isNear([3, 2, 1, 0])) ? rotated : null
}

/** The rectangle of least area around the shape, its longer side as the width. One that is turned already is itself. */
export const rotatedAround = (shape: AreaShape): RotatedRectangle => {
  if (shape.type === 'rotated-rectangle') return shape
  const around = rotatedOfCorners(orientedBoxOf(shape))
  if (around.width >= around.height) return around
  const { width, height, angle } = around
  return { ...around, width: height, height: width, angle: normalAngle(angle - Math.PI / 2) }
}

/** As drawn by three clicks: the ends of the first side, and a point that the opposite side goes through. */
export const rotatedOfSide = (a: ImagePoint, b: ImagePoint, to: ImagePoint): RotatedRectangle | null => {
  const width = Math.hypot(b.x - a.x, b.y - a.y)
  if (width === 0) return null
  const [ux, uy] = [(b.x - a.x) / width, (b.y - a.y) / width]
  const across = (to.x - a.x) * -uy + (to.y - a.y) * ux
  if (across === 0) return null
  return {
    type: 'rotated-rectangle',
    cx: (a.x + b.x) / 2 - (uy * across) / 2,
    cy: (a.y + b.y) / 2 + (ux * across) / 2,
    width,
    height: Math.abs(across),
    angle: normalAngle(Math.atan2(uy, ux)),
  }
}

/** From the image to the rectangle's own frame: its middle is 0, its width runs along x. */
const toOwn = ({ cx, cy, angle }: RotatedRectangle, { x, y }: ImagePoint): ImagePoint => {
  const [ux, uy] = [Math.cos(angle), Math.sin(angle)]
  return { x: (x - cx) * ux + (y - cy) * uy, y: (y - cy) * ux - (x - cx) * uy }
}

const fromOwn = ({ cx, cy, angle }: RotatedRectangle, { x, y }: ImagePoint): ImagePoint => {
  const [ux, uy] = [Math.cos(angle), Math.sin(angle)]
  return { x: cx + x * ux - y * uy, y: cy + x * uy + y * ux }
}

const ownRectangle = ({ width, height }: RotatedRectangle): Rectangle =>
  rectangleOfCorners({ x: -width / 2, y: -height / 2 }, { x: width / 2, y: height / 2 })

/** Where the handle is, image pixels. */
export const rotatedHandle = (rotated: RotatedRectangle, handle: Handle): ImagePoint =>
  fromOwn(rotated, handlePoint(ownRectangle(rotated), handle))

/** Where it is turned: beside the middle of its upper side by `reach` image pixels. */
export const turningHandle = (rotated: RotatedRectangle, reach: number): ImagePoint =>
  fromOwn(rotated, { x: 0, y: -rotated.height / 2 - reach })

/** The nearest handle within `limit`; a corner wins over a side at the same distance. */
export const nearestRotatedHandle = (
  rotated: RotatedRectangle,
  at: ImagePoint,
  limit: number,
): Handle | null => nearestHandle(ownRectangle(rotated), toOwn(rotated, at), limit)

/** The handle dragged by so much of the image: the opposite side or corner stays where it is. */
export const resizeRotated = (
  rotated: RotatedRectangle,
  handle: Handle,
  by: ImagePoint,
): RotatedRectangle => {
  const from = rotatedHandle(rotated, handle)
  const to = toOwn(rotated, { x: from.x + by.x, y: from.y + by.y })
  const own = resizeRectangle(ownRectangle(rotated), handle, to)
  const middle = fromOwn(rotated, { x: own.x + own.width / 2, y: own.y + own.height / 2 })
  return { ...rotated, cx: middle.x, cy: middle.y, width: own.width, height: own.height }
}

/** Turned about its middle, radians, clockwise on screen. */
export const turnedBy = (rotated: RotatedRectangle, by: number): RotatedRectangle => ({
  ...rotated,
  angle: normalAngle(rotated.angle + by),
})

/** A thousandth of a pixel over the border is rounding. */
const ROUNDING = 1e-3

const isWithin = (rotated: RotatedRectangle, size: Size): boolean => {
  const { x, y, width, height } = bboxOf(rotated)
  return (
    x >= -ROUNDING &&
    y >= -ROUNDING &&
    x + width <= size.width + ROUNDING &&
    y + height <= size.height + ROUNDING
  )
}

/**
 * As much of a change as keeps it within the image: `at(1)` where that does, `at(0)` is how it was. One that sticks out
 * already may do as it likes.
 */
export const asFarAsImage = (at: (share: number) => RotatedRectangle, size: Size): RotatedRectangle => {
  const whole = at(1)
  if (isWithin(whole, size) || !isWithin(at(0), size)) return whole
  let [good, bad] = [0, 1]
  for (let i = 0; i < 20; i++) {
    const middle = (good + bad) / 2
    if (isWithin(at(middle), size)) good = middle
    else bad = middle
  }
  return at(good)
}

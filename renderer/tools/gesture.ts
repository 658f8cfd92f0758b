/** What pointer gestures have in common: how far a drag is, how near a hit, and where the image ends. Pure. */
import type { ImagePoint, Size } from '../../common/geometry/point.ts'

/** A drag begins when the pointer has moved further than this, screen pixels; less is a click with a tremor. */
export const DRAG_THRESHOLD = 4
/** How near the pointer must be to a vertex or prompt to mean it, screen pixels. */
export const GRAB_RADIUS = 8

/** An edge shorter than this on screen offers no midpoint: it would hide its vertices. Screen pixels. */
export const LEAST_MIDPOINT_EDGE = 28

/** The handle that turns a rotated rectangle stands this far beside it, screen pixels. */
export const TURNING_REACH = 28

export const distance = (a: ImagePoint, b: ImagePoint): number => Math.hypot(a.x - b.x, a.y - b.y)

export const isInside = (point: ImagePoint, { width, height }: Size): boolean =>
  point.x >= 0 && point.y >= 0 && point.x <= width && point.y <= height

/** The nearest point of the image. */
export const clampPoint = (point: ImagePoint, { width, height }: Size): ImagePoint => ({
  x: Math.min(Math.max(point.x, 0), width),
  y: Math.min(Math.max(point.y, 0), height),
})

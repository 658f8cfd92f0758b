/** The parts of the selected shape that the pointer can drag: vertices, edge midpoints, a rectangle's handles, the body. */
import {
  hasVertices,
  insertVertex,
  moveVertex,
  resizeRectangle,
  ringAt,
  type VertexShape,
} from '../../../common/geometry/edit.ts'
import {
  distanceToEdge,
  nearestHandle,
  nearestMidpoint,
  nearestVertex,
  pointInShape,
  type Handle,
  type VertexRef,
} from '../../../common/geometry/hit.ts'
import { hasArea } from '../../../common/geometry/measure.ts'
import type { ImagePoint, Size } from '../../../common/geometry/point.ts'
import {
  asFarAsImage,
  nearestRotatedHandle,
  resizeRotated,
  turnedBy,
  turningHandle,
} from '../../../common/geometry/rotated.ts'
import type { RotatedRectangle, Shape } from '../../../common/model.ts'
import { clampPoint, distance, GRAB_RADIUS, LEAST_MIDPOINT_EDGE, TURNING_REACH } from '../gesture.ts'
import { metricsOf } from '../metrics.ts'
import { moveAllWithin } from '../move-within.ts'

export type Grip =
  | { readonly type: 'vertex'; readonly ref: VertexRef }
  /** `edge` is named by its first vertex. */
  | { readonly type: 'midpoint'; readonly edge: VertexRef; readonly at: ImagePoint }
  | { readonly type: 'handle'; readonly handle: Handle }
  /** The handle beside a rotated rectangle, by which it is turned. */
  | { readonly type: 'turn' }
  | { readonly type: 'body' }

/** Smaller on small shapes, so that their middle still moves the whole. Screen pixels. */
const reach = (shape: Shape, scale: number): number => {
  if (!hasArea(shape)) return GRAB_RADIUS
  const { width, height } = shape.type === 'rotated-rectangle' ? shape : metricsOf(shape).box
  return Math.min(GRAB_RADIUS, Math.max(3, (Math.min(width, height) * scale) / 4))
}

/** The vertex that `ref` names; null when there is none. */
export const vertexAt = (shape: Shape, ref: VertexRef): ImagePoint | null => {
  const vertex = hasVertices(shape) ? ringAt(shape, ref)?.[ref.vertex] : undefined
  return vertex ? { x: vertex[0], y: vertex[1] } : null
}

const edgeLength = (shape: VertexShape, edge: VertexRef): number => {
  const ring = ringAt(shape, edge)
  const [a, b] = [ring?.[edge.vertex], ring?.[(edge.vertex + 1) % ring.length]]
  return a && b ? Math.hypot(b[0] - a[0], b[1] - a[1]) : 0
}

const gripOfVertices = (shape: VertexShape, point: ImagePoint, limit: number, scale: number): Grip | null => {
  const vertex = nearestVertex(shape, point, limit)
  if (vertex) return { type: 'vertex', ref: vertex.ref }
  const middle = nearestMidpoint(shape, point, limit)
  return middle && edgeLength(shape, middle.ref) * scale >= LEAST_MIDPOINT_EDGE
    ? { type: 'midpoint', edge: middle.ref, at: middle.point }
    : null
}

const gripOfRotated = (
  shape: RotatedRectangle,
  point: ImagePoint,
  limit: number,
  scale: number,
): Grip | null => {
  const turning = turningHandle(shape, TURNING_REACH / scale)
  if (distance(turning, point) * scale <= GRAB_RADIUS) return { type: 'turn' }
  const handle = nearestRotatedHandle(shape, point, limit)
  return handle && { type: 'handle', handle }
}

export const gripAt = (shape: Shape, point: ImagePoint, scale: number): Grip | null => {
  const limit = reach(shape, scale) / scale
  if (shape.type === 'rectangle') {
    const handle = nearestHandle(shape, point, limit)
    if (handle) return { type: 'handle', handle }
  }
  const grip = hasVertices(shape)
    ? gripOfVertices(shape, point, limit, scale)
    : shape.type === 'rotated-rectangle'
      ? gripOfRotated(shape, point, limit, scale)
      : null
  if (grip) return grip
  return pointInShape(shape, point) || distanceToEdge(shape, point) <= limit ? { type: 'body' } : null
}

/** Moves a shape, as far as it stays within the image. */
export const moveWithin = (shape: Shape, dx: number, dy: number, size: Size): Shape =>
  moveAllWithin([shape], dx, dy, size)[0] ?? shape

/** Turning goes by these with Shift held, radians. */
const TURNING_STEP = Math.PI / 12

const dragRotated = (
  shape: RotatedRectangle,
  grip: Grip & { type: 'handle' | 'turn' },
  start: ImagePoint,
  to: ImagePoint,
  size: Size,
  inSteps: boolean,
): RotatedRectangle => {
  if (grip.type === 'turn') {
    const angleTo = ({ x, y }: ImagePoint) => Math.atan2(y - shape.cy, x - shape.cx)
    // Turned by as much as the pointer went round, the shorter way.
    const by = Math.atan2(Math.sin(angleTo(to) - angleTo(start)), Math.cos(angleTo(to) - angleTo(start)))
    const goal = inSteps ? Math.round((shape.angle + by) / TURNING_STEP) * TURNING_STEP - shape.angle : by
    return asFarAsImage((share) => turnedBy(shape, share * goal), size)
  }
  const by = { x: to.x - start.x, y: to.y - start.y }
  return asFarAsImage(
    (share) => resizeRotated(shape, grip.handle, { x: share * by.x, y: share * by.y }),
    size,
  )
}

/**
 * The shape after its grip was dragged from `start` to `to`, and the vertex that was moved.
 * @param inSteps turning goes by 15 degrees
 */
export const dragGrip = (
  shape: Shape,
  grip: Grip,
  start: ImagePoint,
  to: ImagePoint,
  size: Size,
  inSteps = false,
): { shape: Shape; vertex: VertexRef | null } => {
  if (grip.type === 'handle' && shape.type === 'rectangle')
    return { shape: resizeRectangle(shape, grip.handle, clampPoint(to, size)), vertex: null }
  if ((grip.type === 'handle' || grip.type === 'turn') && shape.type === 'rotated-rectangle')
    return { shape: dragRotated(shape, grip, start, to, size, inSteps), vertex: null }
  if (grip.type === 'vertex' && hasVertices(shape)) {
    const from = vertexAt(shape, grip.ref) ?? start
    // Moved by as much as the pointer: a press beside the vertex's middle does not make it jump.
    const target = { x: from.x + to.x - start.x, y: from.y + to.y - start.y }
    return { shape: moveVertex(shape, grip.ref, clampPoint(target, size)), vertex: grip.ref }
  }
  if (grip.type === 'midpoint' && hasVertices(shape)) {
    const target = { x: grip.at.x + to.x - start.x, y: grip.at.y + to.y - start.y }
    const inserted = insertVertex(shape, grip.edge, clampPoint(target, size))
    return { shape: inserted.shape, vertex: inserted.ref }
  }
  return { shape: moveWithin(shape, to.x - start.x, to.y - start.y, size), vertex: null }
}

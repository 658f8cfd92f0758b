/** The parts of the selected shape that the pointer can drag: vertices, edge midpoints, rectangle handles, the body. */
import type { ImagePoint } from '../../../common/geometry/point.ts'
import { moveVertex, insertVertex, resizeRectangle } from '../../../common/geometry/edit.ts'
import { nearestHandle, nearestMidpoint, nearestVertex, pointInShape } from '../../../common/geometry/hit.ts'
import { distanceToEdge, type Handle, type VertexRef } from '../../../common/geometry/hit.ts'
import type { Size } from '../../../common/geometry/point.ts'
import type { Polygon, Shape } from '../../../common/model.ts'
import { clampPoint, GRAB_RADIUS, LEAST_MIDPOINT_EDGE } from '../gesture.ts'
import { metricsOf } from '../metrics.ts'
import { moveAllWithin } from '../move-within.ts'

export type Grip =
  | { readonly type: 'vertex'; readonly ref: VertexRef }
  /** `edge` is named by its first vertex. */
  | { readonly type: 'midpoint'; readonly edge: VertexRef; readonly at: ImagePoint }
  | { readonly type: 'handle'; readonly handle: Handle }
  | { readonly type: 'body' }

/** Smaller on small shapes, so that their middle still moves the whole. Screen pixels. */
const reach = (shape: Shape, scale: number): number => {
  const { width, height } = metricsOf(shape).box
  return Math.min(GRAB_RADIUS, Math.max(3, (Math.min(width, height) * scale) / 4))
}

const ringOf = (polygon: Polygon, { part, ring }: VertexRef) =>
  ring === 0 ? polygon.parts[part]?.outer : polygon.parts[part]?.holes[ring - 1]

/** The vertex that `ref` names; null when there is none. */
export const vertexAt = (shape: Shape, ref: VertexRef): ImagePoint | null => {
  const vertex = shape.type === 'polygon' ? ringOf(shape, ref)?.[ref.vertex] : undefined
  return vertex ? { x: vertex[0], y: vertex[1] } : null
}

const edgeLength = (polygon: Polygon, edge: VertexRef): number => {
  const ring = ringOf(polygon, edge)
  const [a, b] = [ring?.[edge.vertex], ring?.[(edge.vertex + 1) % ring.length]]
  return a && b ? Math.hypot(b[0] - a[0], b[1] - a[1]) : 0
}

export const gripAt = (shape: Shape, point: ImagePoint, scale: number): Grip | null => {
  const limit = reach(shape, scale) / scale
  if (shape.type === 'rectangle') {
    const handle = nearestHandle(shape, point, limit)
    if (handle) return { type: 'handle', handle }
  } else {
    const vertex = nearestVertex(shape, point, limit)
    if (vertex) return { type: 'vertex', ref: vertex.ref }
    const middle = nearestMidpoint(shape, point, limit)
    if (middle && edgeLength(shape, middle.ref) * scale >= LEAST_MIDPOINT_EDGE)
      return { type: 'midpoint', edge: middle.ref, at: middle.point }
  }
  return pointInShape(shape, point) || distanceToEdge(shape, point) <= limit ? { type: 'body' } : null
}

/** Moves a shape, as far as it stays within the image. */
export const moveWithin = (shape: Shape, dx: number, dy: number, size: Size): Shape =>
  moveAllWithin([shape], dx, dy, size)[0] ?? shape

/** The shape after its grip was dragged from `start` to `to`, and the vertex that was moved. */
export const dragGrip = (
  shape: Shape,
  grip: Grip,
  start: ImagePoint,
  to: ImagePoint,
  size: Size,
): { shape: Shape; vertex: VertexRef | null } => {
  if (grip.type === 'handle' && shape.type === 'rectangle')
    return { shape: resizeRectangle(shape, grip.handle, clampPoint(to, size)), vertex: null }
  if (grip.type === 'vertex' && shape.type === 'polygon') {
    const from = vertexAt(shape, grip.ref) ?? start
    // Moved by as much as the pointer: a press beside the vertex's middle does not make it jump.
    const target = { x: from.x + to.x - start.x, y: from.y + to.y - start.y }
    return { shape: moveVertex(shape, grip.ref, clampPoint(target, size)), vertex: grip.ref }
  }
  if (grip.type === 'midpoint' && shape.type === 'polygon') {
    const target = { x: grip.at.x + to.x - start.x, y: grip.at.y + to.y - start.y }
    const { polygon, ref } = insertVertex(shape, grip.edge, clampPoint(target, size))
    return { shape: polygon, vertex: ref }
  }
  return { shape: moveWithin(shape, to.x - start.x, to.y - start.y, size), vertex: null }
}

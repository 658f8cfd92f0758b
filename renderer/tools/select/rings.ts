/** The ring of the selected shape that a click means: by its line, or by the hole or the part that the click is in. Pure. */
import { nearestEdge, nearestVertex, pointInShape, type VertexRef } from '../../../common/geometry/hit.ts'
import { hasVertices, insertVertex, type VertexShape } from '../../../common/geometry/edit.ts'
import type { ImagePoint } from '../../../common/geometry/point.ts'
import type { Polygon, Shape } from '../../../common/model.ts'

/** A ring of a polygon: `ring` 0 is the outer one, k is hole k - 1. */
export type RingRef = Pick<VertexRef, 'part' | 'ring'>

const ringCount = ({ parts }: Polygon): number => parts.reduce((sum, { holes }) => sum + 1 + holes.length, 0)

/** The hole that the point is in; of parts that lie in holes nothing is known here. */
export const holeAt = (shape: Shape, point: ImagePoint): RingRef | null => {
  if (shape.type !== 'polygon') return null
  for (const [part, { holes }] of shape.parts.entries()) {
    const hole = holes.findIndex((outer) =>
      pointInShape({ type: 'polygon', parts: [{ outer, holes: [] }] }, point),
    )
    if (hole >= 0) return { part, ring: hole + 1 }
  }
  return null
}

/** The ring whose line is within `limit` image pixels, else the part that the point is in. Null where there is but one ring. */
export const ringAt = (shape: Shape, point: ImagePoint, limit: number): RingRef | null => {
  if (shape.type !== 'polygon' || ringCount(shape) === 1) return null
  const edge = nearestEdge(shape, point, limit)
  if (edge) return { part: edge.ref.part, ring: edge.ref.ring }
  const part = shape.parts.findIndex((one) => pointInShape({ type: 'polygon', parts: [one] }, point))
  return part >= 0 && shape.parts.length > 1 ? { part, ring: 0 } : null
}

/** True when the shape has such a ring. */
export const hasRing = (shape: Shape, { part, ring }: RingRef): boolean =>
  shape.type === 'polygon' && shape.parts[part] !== undefined && shape.parts[part].holes.length >= ring

/** The shape with a vertex more where its outline is nearest; null when none is within `limit`, or a vertex is there. */
export const insertedAt = (
  shape: Shape,
  point: ImagePoint,
  limit: number,
): {
  readonly shape: VertexShape
  readonly ref: VertexRef
  readonly edge: VertexRef
  readonly at: ImagePoint
} | null => {
  if (!hasVertices(shape) || nearestVertex(shape, point, limit)) return null
  const edge = nearestEdge(shape, point, limit)
  return edge && { ...insertVertex(shape, edge.ref, edge.point), edge: edge.ref, at: edge.point }
}

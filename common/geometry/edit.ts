/** Edits of shapes as pure functions: a new shape each, the old one untouched. Null means that nothing is left. */
import type { Part, Polygon, Polyline, Rectangle, Ring, Shape } from '../model.ts'
import type { Handle, VertexRef } from './hit.ts'
import type { ImagePoint } from './point.ts'

/** Shapes whose vertices can be edited. */
export type VertexShape = Polygon | Polyline

export const hasVertices = (shape: Shape): shape is VertexShape =>
  shape.type === 'polygon' || shape.type === 'polyline'

/** A line's only ring is its line. */
const withRing = <S extends VertexShape>(shape: S, ref: VertexRef, change: (ring: Ring) => Ring): S => {
  if (shape.type === 'polyline') return { ...shape, points: change(shape.points) }
  const changed: Polygon = {
    type: 'polygon',
    parts: shape.parts.map((part, index): Part => {
      if (index !== ref.part) return part
      if (ref.ring === 0) return { outer: change(part.outer), holes: part.holes }
      return {
        outer: part.outer,
        holes: part.holes.map((hole, k) => (k === ref.ring - 1 ? change(hole) : hole)),
      }
    }),
  }
  return changed as S
}

export const moveVertex = <S extends VertexShape>(shape: S, ref: VertexRef, to: ImagePoint): S =>
  withRing(shape, ref, (ring) => ring.with(ref.vertex, [to.x, to.y]))

/** Adds a vertex on the edge that starts at `edge`; the new vertex is `edge.vertex + 1` of the same ring. */
export const insertVertex = <S extends VertexShape>(
  shape: S,
  edge: VertexRef,
  at: ImagePoint,
): { shape: S; ref: VertexRef } => ({
  shape: withRing(shape, edge, (ring) => ring.toSpliced(edge.vertex + 1, 0, [at.x, at.y])),
  ref: { ...edge, vertex: edge.vertex + 1 },
})

/** Removes a hole, or with the outer ring (`ring` 0) the whole part. Null when no part is left. */
export const removeRing = (polygon: Polygon, part: number, ring: number): Polygon | null => {
  if (ring > 0)
    return {
      type: 'polygon',
      parts: polygon.parts.map((old, index) =>
        index === part ? { outer: old.outer, holes: old.holes.toSpliced(ring - 1, 1) } : old,
      ),
    }
  const parts = polygon.parts.toSpliced(part, 1)
  return parts.length > 0 ? { type: 'polygon', parts } : null
}

/** The ring, or a line's line, that `ref` is of; undefined when there is none. */
export const ringAt = (shape: VertexShape, ref: Pick<VertexRef, 'part' | 'ring'>): Ring | undefined => {
  if (shape.type === 'polyline') return ref.part === 0 && ref.ring === 0 ? shape.points : undefined
  const part = shape.parts[ref.part]
  return ref.ring === 0 ? part?.outer : part?.holes[ref.ring - 1]
}

/**
 * Removes a vertex; a ring of 3 goes with it, an outer ring takes its part along. Null when no part is left, or one
 * point of a line.
 */
export const removeVertex = <S extends VertexShape>(shape: S, ref: VertexRef): S | null => {
  const least = shape.type === 'polyline' ? 2 : 3
  if ((ringAt(shape, ref)?.length ?? 0) > least)
    return withRing(shape, ref, (ring) => ring.toSpliced(ref.vertex, 1))
  return shape.type === 'polyline' ? null : (removeRing(shape, ref.part, ref.ring) as S | null)
}

/** Moves the whole shape by image pixels. */
export const translate = <S extends Shape>(shape: S, dx: number, dy: number): S => {
  const moved = (ring: Ring) => ring.map(([x, y]): [number, number] => [x + dx, y + dy])
  const result = (given: Shape): Shape => {
    switch (given.type) {
      case 'rectangle':
      case 'point':
        return { ...given, x: given.x + dx, y: given.y + dy }
      case 'rotated-rectangle':
        return { ...given, cx: given.cx + dx, cy: given.cy + dy }
      case 'polyline':
        return { ...given, points: moved(given.points) }
      case 'polygon':
        return {
          type: 'polygon',
          parts: given.parts.map((part) => ({ outer: moved(part.outer), holes: part.holes.map(moved) })),
        }
    }
  }
  return result(shape) as S
}

/** The shortest side that a drag can leave, image pixels. */
const LEAST_SIDE = 0.5

/** The rectangle of two opposite corners, in any order; sides are at least half a pixel. */
export const rectangleOfCorners = (a: ImagePoint, b: ImagePoint): Rectangle => ({
  type: 'rectangle',
  x: Math.min(a.x, b.x),
  y: Math.min(a.y, b.y),
  width: Math.max(LEAST_SIDE, Math.abs(a.x - b.x)),
  height: Math.max(LEAST_SIDE, Math.abs(a.y - b.y)),
})

/** Drags a handle to a point; past the opposite side the rectangle flips. Corners move both sides, others one. */
export const resizeRectangle = (rectangle: Rectangle, handle: Handle, to: ImagePoint): Rectangle => {
  const { x, y, width, height } = rectangle
  const [west, east] = [handle.includes('w'), handle.includes('e')]
  const [north, south] = [handle.includes('n'), handle.includes('s')]
  return rectangleOfCorners(
    { x: west ? to.x : x, y: north ? to.y : y },
    { x: east ? to.x : x + width, y: south ? to.y : y + height },
  )
}

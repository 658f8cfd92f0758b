/** The chosen vertices of the selected shape: which of them a lasso holds, and what is done to all of them. Pure. */
import { ringAt, type VertexShape } from '../../../common/geometry/edit.ts'
import { pointInShape, type VertexRef } from '../../../common/geometry/hit.ts'
import { boxOfRing, linesOf } from '../../../common/geometry/measure.ts'
import type { ImagePoint, Size } from '../../../common/geometry/point.ts'
import type { Part, Ring, Shape } from '../../../common/model.ts'
import { boxDeltaWithin } from '../move-within.ts'

export const isSameVertex = (a: VertexRef, b: VertexRef): boolean =>
  a.part === b.part && a.ring === b.ring && a.vertex === b.vertex

/** Those of the shape that lie within a line drawn around them. */
export const verticesIn = (shape: VertexShape, lasso: readonly ImagePoint[]): VertexRef[] => {
  const around: Shape = {
    type: 'polygon',
    parts: [{ outer: lasso.map(({ x, y }): Ring[number] => [x, y]), holes: [] }],
  }
  return linesOf(shape).flatMap(({ points, part, ring }) =>
    points.flatMap(([x, y], vertex) => (pointInShape(around, { x, y }) ? [{ part, ring, vertex }] : [])),
  )
}

/** The shape with each point as `map` gives it; a point that gives null is left out. */
const mapped = <S extends VertexShape>(
  shape: S,
  map: (point: Ring[number], ref: VertexRef) => Ring[number] | null,
): S => {
  const line = (points: Ring, part: number, ring: number): Ring =>
    points.flatMap((point, vertex) => {
      const now = map(point, { part, ring, vertex })
      return now ? [now] : []
    })
  if (shape.type === 'polyline') return { ...shape, points: line(shape.points, 0, 0) }
  const parts = shape.parts.map(({ outer, holes }, part): Part => ({
    outer: line(outer, part, 0),
    holes: holes.map((hole, index) => line(hole, part, index + 1)),
  }))
  return { ...shape, parts }
}

const keyOf = ({ part, ring, vertex }: VertexRef) => `${part} ${ring} ${vertex}`

/** The shape with these vertices moved by as much of (dx, dy) as keeps all of them within the image. */
export const movedVertices = <S extends VertexShape>(
  shape: S,
  refs: readonly VertexRef[],
  dx: number,
  dy: number,
  size: Size,
): S => {
  const places = refs.flatMap((ref): Ring => {
    const place = ringAt(shape, ref)?.[ref.vertex]
    return place ? [place] : []
  })
  if (places.length === 0) return shape
  const moved = new Set(refs.map(keyOf))
  const by = boxDeltaWithin([boxOfRing(places)], dx, dy, size)
  return mapped(shape, (point, ref) => (moved.has(keyOf(ref)) ? [point[0] + by.x, point[1] + by.y] : point))
}

/**
 * The shape without these vertices. A ring of which less than three are left goes with them, an outer ring takes its part
 * along. Null when nothing is left, or less than two of a line.
 */
export const withoutVertices = <S extends VertexShape>(shape: S, refs: readonly VertexRef[]): S | null => {
  const gone = new Set(refs.map(keyOf))
  const left: VertexShape = mapped(shape, (point, ref) => (gone.has(keyOf(ref)) ? null : point))
  if (left.type === 'polyline') return left.points.length < 2 ? null : (left as S)
  const parts = left.parts
    .filter(({ outer }) => outer.length >= 3)
    .map(({ outer, holes }): Part => ({ outer, holes: holes.filter(({ length }) => length >= 3) }))
  return parts.length === 0 ? null : ({ ...left, parts } as S)
}

/** The vertices of a shape that are at no vertex of what is left of it. */
export const verticesGone = (shape: Shape, left: Shape): VertexRef[] => {
  const placed = new Set(linesOf(left).flatMap(({ points }) => points.map(([x, y]) => `${x} ${y}`)))
  return linesOf(shape).flatMap(({ points, part, ring }) =>
    points.flatMap(([x, y], vertex) => (placed.has(`${x} ${y}`) ? [] : [{ part, ring, vertex }])),
  )
}

/** With one more, or one less. */
export const toggledVertex = (refs: readonly VertexRef[], ref: VertexRef): VertexRef[] =>
  refs.some((other) => isSameVertex(ref, other))
    ? refs.filter((other) => !isSameVertex(ref, other))
    : [...refs, ref]

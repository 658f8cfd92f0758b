/** Vertices that several shapes share, because one was snapped to the other: what becomes of the others. Pure. */
import { hasVertices, insertVertex, moveVertex, type VertexShape } from './edit.ts'
import { linesOf } from './measure.ts'
import type { ImagePoint } from './point.ts'
import type { VertexRef } from './hit.ts'
import type { Shape } from '../model.ts'

/** Vertices nearer than this are one, image pixels: outlines of the model are rounded to hundredths. */
const SAME_PLACE = 0.01

type Place = readonly [x: number, y: number]

const isSame = ([ax, ay]: Place, [bx, by]: Place) => Math.hypot(ax - bx, ay - by) <= SAME_PLACE

const placeOf = ({ x, y }: ImagePoint): Place => [x, y]

/** The vertices of the shape at these places, each with the index of its place. */
export const sharedVertices = (
  shape: Shape,
  places: readonly ImagePoint[],
): { readonly ref: VertexRef; readonly place: number }[] => {
  if (!hasVertices(shape)) return []
  const wanted = places.map(placeOf)
  return linesOf(shape).flatMap(({ points, part, ring }) =>
    points.flatMap((point, vertex) => {
      const place = wanted.findIndex((one) => isSame(one, point))
      return place < 0 ? [] : [{ ref: { part, ring, vertex }, place }]
    }),
  )
}

/** The shape with its vertices at `from` moved to `to`, place by place; null when it has none there. */
export const withSharedMoved = (
  shape: Shape,
  from: readonly ImagePoint[],
  to: readonly ImagePoint[],
): VertexShape | null => {
  if (!hasVertices(shape)) return null
  const found = sharedVertices(shape, from)
  return found.length === 0
    ? null
    : found.reduce<VertexShape>((moved, { ref, place }) => moveVertex(moved, ref, to[place]!), shape)
}

/** The shape with a vertex more at `at`, on its edge between these two ends; null when it has no such edge. */
export const withSharedInserted = (
  shape: Shape,
  ends: readonly [ImagePoint, ImagePoint],
  at: ImagePoint,
): VertexShape | null => {
  if (!hasVertices(shape)) return null
  const [a, b] = [placeOf(ends[0]), placeOf(ends[1])]
  for (const { points, isClosed, part, ring } of linesOf(shape))
    for (const [vertex, from] of points.entries()) {
      const to = points[vertex + 1] ?? (isClosed ? points[0] : undefined)
      if (to && ((isSame(from, a) && isSame(to, b)) || (isSame(from, b) && isSame(to, a))))
        return insertVertex(shape, { part, ring, vertex }, at).shape
    }
  return null
}

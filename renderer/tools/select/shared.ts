/**
 * Vertices that objects share, edited together while the view says so: what of the other objects changes with those of
 * the selected one. What is locked or hidden stays. Pure, but for `drawShared`.
 */
import { hasVertices, ringAt } from '../../../common/geometry/edit.ts'
import type { VertexRef } from '../../../common/geometry/hit.ts'
import type { ImagePoint } from '../../../common/geometry/point.ts'
import { sharedVertices, withSharedInserted, withSharedMoved } from '../../../common/geometry/shared.ts'
import type { Annotation, Shape } from '../../../common/model.ts'
import { drawShape, FALLBACK_COLOR, type Context } from '../../paint/paint.ts'
import type { ChangedShape, ToolContext, ToolEffect } from '../events.ts'
import { metricsOf } from '../metrics.ts'
import type { Look, StageView } from '../stage-view.ts'
import { vertexAt } from './grips.ts'
import { withoutVertices } from './vertices.ts'
import { msg } from '../../../common/said.ts'

const none: readonly ChangedShape[] = []

/** Boxes are looked at first: of thousands of objects few are near. */
const reaches = ({ shape }: Annotation, { x, y }: ImagePoint): boolean => {
  const { box } = metricsOf(shape)
  return x >= box.x - 1 && y >= box.y - 1 && x <= box.x + box.width + 1 && y <= box.y + box.height + 1
}

const changesOf = (
  from: Annotation,
  places: readonly ImagePoint[],
  context: ToolContext,
  change: (shape: Shape) => Shape | null,
): readonly ChangedShape[] => {
  if (!context.sharesVertices) return none
  return context.annotations.flatMap((other) => {
    if (other.id === from.id || context.isLocked(other) || !places.some((place) => reaches(other, place)))
      return []
    const shape = change(other.shape)
    return shape ? [{ from: other, shape }] : []
  })
}

const placesOf = (shape: Shape, refs: readonly VertexRef[]): ImagePoint[] =>
  refs.flatMap((ref) => vertexAt(shape, ref) ?? [])

/** What goes with these vertices of `from` when it becomes `shape`. */
export const movedWith = (
  from: Annotation,
  shape: Shape,
  refs: readonly VertexRef[],
  context: ToolContext,
): readonly ChangedShape[] => {
  const [was, is] = [placesOf(from.shape, refs), placesOf(shape, refs)]
  return changesOf(from, was, context, (other) => withSharedMoved(other, was, is))
}

/** What gets the vertex as well that was set on the edge of `from`, where the edge is shared. */
export const insertedWith = (
  from: Annotation,
  edge: VertexRef,
  at: ImagePoint,
  context: ToolContext,
): readonly ChangedShape[] => {
  const ring = hasVertices(from.shape) ? ringAt(from.shape, edge) : undefined
  const [a, b] = [ring?.[edge.vertex], ring?.[(edge.vertex + 1) % ring.length]]
  if (!a || !b) return none
  const ends = [
    { x: a[0], y: a[1] },
    { x: b[0], y: b[1] },
  ] as const
  return changesOf(from, ends, context, (other) => withSharedInserted(other, ends, at))
}

/** What loses the vertices as well; an object that would be gone with them stays as it is. */
export const removedWith = (
  from: Annotation,
  refs: readonly VertexRef[],
  context: ToolContext,
): readonly ChangedShape[] => {
  const places = placesOf(from.shape, refs)
  return changesOf(from, places, context, (other) => {
    const found = sharedVertices(other, places).map(({ ref }) => ref)
    return found.length > 0 && hasVertices(other) ? withoutVertices(other, found) : null
  })
}

/** Said when a vertex is shared with an object that is locked, and so stays behind there. */
const stayedBehind: ToolEffect = {
  type: 'notice',
  level: 'info',
  message: msg('An object that shares this vertex is locked, and stays as it is. Unlock it with {lock}.'),
}

/** What the user is told when these vertices of `from` change. */
export const saidOfShared = (
  from: Annotation,
  refs: readonly VertexRef[],
  context: ToolContext,
): readonly ToolEffect[] => {
  if (!context.sharesVertices) return []
  const places = placesOf(from.shape, refs)
  const isHeld = context.annotations.some(
    (other) =>
      other.id !== from.id &&
      context.isLocked(other) &&
      places.some((place) => reaches(other, place)) &&
      sharedVertices(other.shape, places).length > 0,
  )
  return isHeld ? [stayedBehind] : []
}

/** The effect; without `also` where nothing else changes. */
export const changeOf = (from: Annotation, shape: Shape, also: readonly ChangedShape[]): ToolEffect => ({
  type: 'change',
  from,
  shape,
  ...(also.length > 0 ? { also } : {}),
})

/** The others as they will be. */
export const drawShared = (
  context: Context,
  changed: readonly ChangedShape[],
  { view }: StageView,
  { labels }: Look,
): void => {
  for (const { from, shape } of changed) {
    const color = labels.get(from.labelId)?.color ?? FALLBACK_COLOR
    drawShape(context, view, shape, { color, fill: 0.15, line: 2, halo: true, dash: [6, 4] })
  }
}

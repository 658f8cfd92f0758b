/**
 * Snapping, while Shift is held: a vertex goes to the nearest vertex of another object, else to its nearest edge, so that
 * objects share their border. Pure, but for the mark that shows where.
 */
import { nearestEdge, nearestVertex } from '../../common/geometry/hit.ts'
import type { ImagePoint } from '../../common/geometry/point.ts'
import { toScreen } from '../../common/geometry/viewport.ts'
import type { Annotation, AnnotationId } from '../../common/model.ts'
import type { Context } from '../paint/paint.ts'
import type { ToolContext } from './events.ts'
import { metricsOf } from './metrics.ts'
import type { StageView } from './stage-view.ts'

export interface Snap {
  readonly point: ImagePoint
  /** Of a vertex, else of an edge. */
  readonly isVertex: boolean
}

/** How near it must be, screen pixels. */
const REACH = 10

const isNear = ({ shape }: Annotation, { x, y }: ImagePoint, limit: number) => {
  const { box } = metricsOf(shape)
  return (
    x >= box.x - limit &&
    y >= box.y - limit &&
    x <= box.x + box.width + limit &&
    y <= box.y + box.height + limit
  )
}

/** Null where nothing is near. @param except the object whose vertex it is */
export const snapAt = (
  point: ImagePoint,
  { annotations, scale }: Pick<ToolContext, 'annotations' | 'scale'>,
  except: AnnotationId | null,
): Snap | null => {
  const limit = REACH / scale
  const near = annotations
    .filter((annotation) => annotation.id !== except && isNear(annotation, point, limit))
    .map(({ shape }) => shape)
  const nearest = (find: typeof nearestVertex) =>
    near
      .flatMap((polygon) => find(polygon, point, limit) ?? [])
      .reduce<ReturnType<typeof nearestVertex>>(
        (best, one) => (best === null || one.distance < best.distance ? one : best),
        null,
      )
  const vertex = nearest(nearestVertex)
  if (vertex) return { point: vertex.point, isVertex: true }
  const edge = nearest(nearestEdge)
  return edge && { point: edge.point, isVertex: false }
}

const MARK = '#ff2bd6'
/** Half a side of the mark with its line and a turn, CSS pixels. */
export const SNAP_REACH = 15

/** A square at a vertex, a diamond on an edge. */
export const drawSnap = (
  context: Context,
  { point, isVertex }: Snap,
  { view }: Pick<StageView, 'view'>,
): void => {
  const { x, y } = toScreen(view, point)
  context.save()
  context.translate(x, y)
  if (!isVertex) context.rotate(Math.PI / 4)
  for (const [color, width] of [
    ['#ffffff', 4],
    [MARK, 2],
  ] as const) {
    context.strokeStyle = color
    context.lineWidth = width
    context.strokeRect(-8, -8, 16, 16)
  }
  context.restore()
}

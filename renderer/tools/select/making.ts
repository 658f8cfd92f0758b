/**
 * What the select tool makes of the selected outline with a key held: Shift on the outline redraws a stretch of it, by a
 * drag or by clicks; Shift beside it cuts by a line; Alt on a vertex deletes it, and those that the drag comes over. Pure.
 */
import { hasVertices, removeVertex, type VertexShape } from '../../../common/geometry/edit.ts'
import { nearestVertex, type VertexRef } from '../../../common/geometry/hit.ts'
import { asPolygon, hasArea } from '../../../common/geometry/measure.ts'
import type { ImagePoint } from '../../../common/geometry/point.ts'
import { cutShape, placeOnOutline, redrawn, type OutlinePlace } from '../../../common/geometry/redraw.ts'
import type { Annotation, Polygon } from '../../../common/model.ts'
import type { PointerInput, ToolContext, ToolEffect } from '../events.ts'
import { clampPoint, distance, DRAG_THRESHOLD, GRAB_RADIUS } from '../gesture.ts'
import { changeOf, removedWith } from './shared.ts'
import { verticesGone, verticesIn } from './vertices.ts'
import { t } from '../../texts/t.ts'

export type Making =
  | {
      readonly type: 'redraw'
      readonly from: Annotation
      /** Its outline; a rectangle's too. */
      readonly polygon: Polygon
      readonly start: OutlinePlace
      /** Between the outline's place and the pointer. */
      readonly path: readonly ImagePoint[]
      readonly pointer: ImagePoint
      /** The button is held, and `dragged` once it has moved: the drag draws by hand. */
      readonly held: boolean
      readonly dragged: boolean
    }
  | {
      readonly type: 'cut'
      readonly from: Annotation
      readonly polygon: Polygon
      readonly start: ImagePoint
      readonly end: ImagePoint
    }
  /** `shape` is what is left. */
  | { readonly type: 'erase'; readonly from: Annotation; readonly shape: VertexShape }
  /** A line around vertices, which chooses them. */
  | {
      readonly type: 'lasso'
      readonly from: Annotation
      readonly shape: VertexShape
      readonly path: readonly ImagePoint[]
      readonly dragged: boolean
      /** It began beside all objects without a key: a click there selects nothing. */
      readonly plain: boolean
    }

/** A press that may still be a click: nothing is shown of it. */
export const isUndecided = (making: Making): boolean => making.type === 'lasso' && !making.dragged

/** What a step makes: null as `making` when it is over. */
export interface Made {
  readonly making: Making | null
  readonly effects: readonly ToolEffect[]
  /** What is chosen by it; absent where it chooses nothing. */
  readonly chosen?: readonly VertexRef[]
  /** It is chosen besides the others, or no more. */
  readonly toggled?: VertexRef
}

const over = (...effects: readonly ToolEffect[]): Made => ({ making: null, effects })
const on = (making: Making): Made => ({ making, effects: [] })

/** Points of a drag nearer than this to the one before say nothing, screen pixels. */
const LEAST_STEP = 3

const said = (message: string): ToolEffect => ({ type: 'notice', level: 'info', message })

const erased = (shape: VertexShape, point: ImagePoint, scale: number): VertexShape => {
  const near = nearestVertex(shape, point, GRAB_RADIUS / scale)
  // The last three of the last ring stay: a shape without an outline is no shape.
  return (near && removeVertex(shape, near.ref)) ?? shape
}

/** A lasso that begins there; null where the shape has no vertices to choose. */
export const lassoAt = (point: ImagePoint, from: Annotation, plain: boolean): Making | null =>
  hasVertices(from.shape)
    ? { type: 'lasso', from, shape: from.shape, path: [point], dragged: false, plain }
    : null

/** A drag chooses what it goes round; a click one vertex more or less, or ends the selection. */
const lassoed = (making: Making & { type: 'lasso' }, at: ImagePoint, { scale }: ToolContext): Made => {
  if (making.dragged) return { ...over(), chosen: verticesIn(making.shape, making.path) }
  if (making.plain) return over({ type: 'select', id: null })
  const near = nearestVertex(making.shape, at, GRAB_RADIUS / scale)
  return near ? { ...over(), toggled: near.ref } : over()
}

/** What a press begins; null when it is none of these. */
export const begunAt = (
  { point, shift, alt }: PointerInput,
  from: Annotation,
  { scale, size }: ToolContext,
): Making | null => {
  if (shift && alt) return lassoAt(point, from, false)
  if (shift === alt) return null
  if (alt) {
    if (!hasVertices(from.shape)) return null
    const shape = erased(from.shape, point, scale)
    return shape === from.shape ? null : { type: 'erase', from, shape }
  }
  if (!hasArea(from.shape)) return null
  const polygon = asPolygon(from.shape)
  const start = placeOnOutline(polygon, point, GRAB_RADIUS / scale)
  if (!start) return { type: 'cut', from, polygon, start: point, end: point }
  return {
    type: 'redraw',
    from,
    polygon,
    start,
    path: [],
    pointer: clampPoint(point, size),
    held: true,
    dragged: false,
  }
}

/** Ends the stretch where the pointer meets the ring that it began on; null when it does not. */
const endedAt = (making: Making & { type: 'redraw' }, point: ImagePoint, scale: number): Made | null => {
  const { polygon } = making
  const place = placeOnOutline(polygon, point, GRAB_RADIUS / scale)
  if (!place || distance(place.point, making.start.point) * scale <= GRAB_RADIUS) return null
  const shape = redrawn(polygon, making.start, place, making.path)
  return shape && over({ type: 'change', from: making.from, shape })
}

export const movedTo = (making: Making, at: ImagePoint, { scale, size }: ToolContext): Making => {
  const point = clampPoint(at, size)
  switch (making.type) {
    case 'cut':
      return { ...making, end: at }
    case 'lasso': {
      const [start] = making.path
      const last = making.path.at(-1)
      if (!start || !last || distance(last, at) * scale < LEAST_STEP) return making
      const dragged = making.dragged || distance(start, at) * scale > DRAG_THRESHOLD
      return { ...making, dragged, path: [...making.path, at] }
    }
    case 'erase': {
      const shape = erased(making.shape, at, scale)
      return shape === making.shape ? making : { ...making, shape }
    }
    case 'redraw': {
      if (!making.held) return { ...making, pointer: point }
      const dragged =
        making.dragged || distance(making.path.at(-1) ?? making.start.point, point) * scale > DRAG_THRESHOLD
      const last = making.path.at(-1) ?? making.start.point
      const isFar = distance(last, point) * scale >= LEAST_STEP
      return {
        ...making,
        pointer: point,
        dragged,
        path: dragged && isFar ? [...making.path, point] : making.path,
      }
    }
  }
}

export const releasedAt = (before: Making, at: ImagePoint, context: ToolContext): Made => {
  const making = movedTo(before, at, context)
  switch (making.type) {
    case 'cut': {
      if (distance(making.start, making.end) * context.scale <= DRAG_THRESHOLD) return over()
      const shapes = cutShape(making.polygon, making.start, making.end)
      if (shapes.length === 1) return over(said(t('The line must cross the object from side to side.')))
      return over({ type: 'split', from: making.from, shapes })
    }
    case 'lasso':
      return lassoed(making, at, context)
    case 'erase':
      return over(
        changeOf(
          making.from,
          making.shape,
          removedWith(making.from, verticesGone(making.from.shape, making.shape), context),
        ),
      )
    case 'redraw': {
      const ended = making.dragged ? endedAt(making, making.pointer, context.scale) : null
      return ended ?? on({ ...making, held: false, dragged: false })
    }
  }
}

/** Another press of a stretch that is drawn by clicks: on the outline it ends it. */
export const pressedAt = (
  making: Making & { type: 'redraw' },
  at: ImagePoint,
  { scale, size }: ToolContext,
): Made => {
  const point = clampPoint(at, size)
  const last = making.path.at(-1)
  const isAgain = last !== undefined && distance(last, point) * scale <= DRAG_THRESHOLD
  const path = isAgain ? making.path : [...making.path, point]
  return endedAt(making, point, scale) ?? on({ ...making, path, pointer: point, held: true, dragged: false })
}

/** Backspace: one point less; the stretch is given up with the last. */
export const backFrom = (making: Making & { type: 'redraw' }): Made =>
  making.path.length === 0 ? over() : on({ ...making, path: making.path.slice(0, -1) })

/** Several selected objects dragged as one; a click on one of them selects that one alone. Pure, but for `drawSeveral`. */
import type { ImagePoint } from '../../../common/geometry/point.ts'
import type { Annotation, AnnotationId } from '../../../common/model.ts'
import { stepToScreen } from '../../../common/geometry/viewport.ts'
import { isLocked } from '../../../common/locks.ts'
import { drawShape, FALLBACK_COLOR, type Context } from '../../paint/paint.ts'
import type { ToolContext, ToolEffect } from '../events.ts'
import { distance, DRAG_THRESHOLD } from '../gesture.ts'
import { deltaWithin } from '../move-within.ts'
import { lockedNotice } from '../onto.ts'
import type { Look, StageView } from '../stage-view.ts'

export interface Several {
  readonly start: ImagePoint
  /** The one that was pressed. */
  readonly pressed: AnnotationId
  /** How far they are dragged, image pixels; null until the pointer has moved far enough to mean it. */
  readonly by: ImagePoint | null
}

/** @param stack what lies at the point, in the order in which clicks go through it */
export const severalAt = (
  point: ImagePoint,
  stack: readonly Annotation[],
  { selection }: ToolContext,
): Several | null => {
  const pressed = selection.size > 1 ? stack.find(({ id }) => selection.has(id)) : undefined
  return pressed ? { start: point, pressed: pressed.id, by: null } : null
}

/** Those that can be moved. */
const movable = (context: ToolContext) =>
  context.annotations.filter(
    (annotation) => context.selection.has(annotation.id) && !context.isLocked(annotation),
  )

export const severalTo = (several: Several, point: ImagePoint, context: ToolContext): Several => {
  const isFar = distance(several.start, point) * context.scale > DRAG_THRESHOLD
  if (several.by === null && !isFar) return several
  const shapes = movable(context).map(({ shape }) => shape)
  const { start } = several
  return { ...several, by: deltaWithin(shapes, point.x - start.x, point.y - start.y, context.size) }
}

/** What the release does. */
export const releasedSeveral = ({ by, pressed }: Several, context: ToolContext): ToolEffect =>
  by === null
    ? { type: 'select', id: pressed }
    : movable(context).length === 0
      ? lockedNotice
      : { type: 'move-selected', dx: by.x, dy: by.y }

/** More outlines than these would make the drag stutter. */
const MOST_DRAWN = 200

/** Where they will be. */
export const drawSeveral = (
  context: Context,
  { by }: Several,
  { annotations, selection, lockedLabels, view }: StageView,
  { labels }: Look,
): void => {
  if (by === null) return
  const step = stepToScreen(view, by)
  const moved = { ...view, x: view.x + step.x, y: view.y + step.y }
  const shown = annotations.filter(
    (annotation) => selection.has(annotation.id) && !isLocked(annotation, (id) => lockedLabels.has(id)),
  )
  for (const { shape, labelId } of shown.slice(0, MOST_DRAWN)) {
    const color = labels.get(labelId)?.color ?? FALLBACK_COLOR
    drawShape(context, moved, shape, { color, fill: 0.15, line: 2, halo: true, dash: [6, 4] })
  }
}

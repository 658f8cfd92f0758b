/** Draws the name of the shape that is edited, clear of its handles, and what is made of it. The shape itself is the active layer's. */
import { toScreen } from '../../../common/geometry/viewport.ts'
import type { LabelId, Shape } from '../../../common/model.ts'
import { DRAFT_LINE, drawLine, drawTag, type Context } from '../../paint/paint.ts'
import { metricsOf } from '../metrics.ts'
import type { Look, StageView } from '../stage-view.ts'
import type { SelectState } from './state.ts'

export const drawName = (
  context: Context,
  shape: Shape,
  labelId: LabelId,
  { view }: StageView,
  { labels }: Look,
): void => {
  const label = labels.get(labelId)
  if (!label) return
  const { x, y } = toScreen(view, metricsOf(shape).box)
  drawTag(context, label.name, label.color, x, y - 9)
}

const CUTS = '#d6293e'

/** The stretch that is drawn anew, or the line that cuts. */
export const drawMaking = (context: Context, { making }: SelectState, { view }: StageView): void => {
  if (making?.type === 'cut')
    drawLine(context, [toScreen(view, making.start), toScreen(view, making.end)], CUTS, [6, 4])
  if (making?.type === 'lasso' && making.dragged) {
    const around = making.path.map((point) => toScreen(view, point))
    drawLine(context, [...around, around[0]!], DRAFT_LINE, [5, 4])
  }
  if (making?.type !== 'redraw') return
  const start = toScreen(view, making.start.point)
  const path = making.path.map((point) => toScreen(view, point))
  drawLine(context, [start, ...path], DRAFT_LINE)
  drawLine(context, [path.at(-1) ?? start, toScreen(view, making.pointer)], DRAFT_LINE, [5, 4])
  context.beginPath()
  context.arc(start.x, start.y, 5, 0, 2 * Math.PI)
  context.fillStyle = DRAFT_LINE
  context.fill()
  context.lineWidth = 1.5
  context.strokeStyle = '#ffffff'
  context.stroke()
}

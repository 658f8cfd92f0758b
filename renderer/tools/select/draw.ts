/** Draws the name of the shape that is edited, clear of its handles. The shape itself is the active layer's. */
import { toScreen } from '../../../common/geometry/viewport.ts'
import type { LabelId, Shape } from '../../../common/model.ts'
import { drawTag, type Context } from '../../paint/paint.ts'
import { metricsOf } from '../metrics.ts'
import type { Look, StageView } from '../stage-view.ts'

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

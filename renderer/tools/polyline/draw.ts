/** Draws the line in the making: its points, and a rubber band to the pointer. */
import { toScreen } from '../../../common/geometry/viewport.ts'
import { drawDots, drawLine, type Context } from '../../paint/paint.ts'
import { drawSnap } from '../snap.ts'
import type { Look, StageView } from '../stage-view.ts'
import type { Tracing } from '../tracing.ts'

export const drawPolyline = (
  context: Context,
  { vertices, pointer: end, snap }: Tracing,
  { view, pointer }: StageView,
  { color }: Look,
): void => {
  const placed = vertices.map((point) => toScreen(view, point))
  const last = placed.at(-1)
  if (snap && pointer) drawSnap(context, snap, { view })
  if (!last) return
  drawLine(context, placed, color)
  if (end && pointer) drawLine(context, [last, toScreen(view, snap?.point ?? end)], color, [5, 4])
  drawDots(context, placed)
}

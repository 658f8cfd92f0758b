/** Draws what is made of the shape that is edited. The shape itself, with its name, is the active layer's. */
import { toScreen } from '../../../common/geometry/viewport.ts'
import { DRAFT_LINE, drawLine, type Context } from '../../paint/paint.ts'
import { onTiles, regionAround, wholeStage, type Region } from '../../paint/region.ts'
import { SNAP_REACH } from '../snap.ts'
import type { StageView } from '../stage-view.ts'
import { isUndecided } from './making.ts'
import type { SelectState } from './state.ts'

/** Where the tool draws; null for nowhere. */
export const selectRegion = (
  { making, several, drag }: SelectState,
  { view, stageSize }: StageView,
): Region | null => {
  // A press that may still be a click draws nothing, and a canvas of the stage's size is 2 ms of it.
  const isMade = making !== null && !isUndecided(making)
  if (isMade || several?.by || (drag && drag.also.length > 0)) return wholeStage(stageSize)
  return drag?.snap ? onTiles(regionAround(toScreen(view, drag.snap.point), SNAP_REACH)) : null
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

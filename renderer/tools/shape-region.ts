/** The part of the stage that a shape is drawn on. Pure. */
import { boxToScreen, type Viewport } from '../../common/geometry/viewport.ts'
import type { Shape } from '../../common/model.ts'
import { LINE, type Region } from '../paint/region.ts'
import { metricsOf } from './metrics.ts'

export const shapeRegion = (shape: Shape, view: Viewport): Region => {
  const { x, y, width, height } = boxToScreen(view, metricsOf(shape).box)
  return { x0: x - LINE, y0: y - LINE, x1: x + width + LINE, y1: y + height + LINE }
}

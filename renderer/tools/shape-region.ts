/** The part of the stage that a shape is drawn on. Pure. */
import { toScreen, type Viewport } from '../../common/geometry/viewport.ts'
import type { Shape } from '../../common/model.ts'
import { LINE, type Region } from '../paint/region.ts'
import { metricsOf } from './metrics.ts'

export const shapeRegion = (shape: Shape, view: Viewport): Region => {
  const { box } = metricsOf(shape)
  const { x, y } = toScreen(view, box)
  return {
    x0: x - LINE,
    y0: y - LINE,
    x1: x + box.width * view.scale + LINE,
    y1: y + box.height * view.scale + LINE,
  }
}

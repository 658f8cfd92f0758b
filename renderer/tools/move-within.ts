/** Moving shapes, one or several, as far as all of them stay within the image. Pure. */
import { translate } from '../../common/geometry/edit.ts'
import type { Size } from '../../common/geometry/point.ts'
import type { Shape } from '../../common/model.ts'
import { metricsOf } from './metrics.ts'

/** One that lies outside already may come back, and not go further. Image pixels. */
const along = (delta: number, start: number, end: number, side: number) =>
  Math.min(Math.max(delta, Math.min(0, -start)), Math.max(0, side - end))

export const moveAllWithin = (shapes: readonly Shape[], dx: number, dy: number, size: Size): Shape[] => {
  const boxes = shapes.map((shape) => metricsOf(shape).box)
  const across = boxes.reduce((d, { x, width }) => along(d, x, x + width, size.width), dx)
  const down = boxes.reduce((d, { y, height }) => along(d, y, y + height, size.height), dy)
  return shapes.map((shape) => translate(shape, across, down))
}

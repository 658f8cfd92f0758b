/** Moving shapes, one or several, as far as all of them stay within the image. Pure. */
import { translate } from '../../common/geometry/edit.ts'
import type { Box } from '../../common/geometry/measure.ts'
import type { ImagePoint, Size } from '../../common/geometry/point.ts'
import type { Shape } from '../../common/model.ts'
import { metricsOf } from './metrics.ts'

/** One that lies outside already may come back, and not go further. Image pixels. */
const along = (delta: number, start: number, end: number, side: number) =>
  Math.min(Math.max(delta, Math.min(0, -start)), Math.max(0, side - end))

/** As much of the way as all of the boxes can go. */
export const boxDeltaWithin = (boxes: readonly Box[], dx: number, dy: number, size: Size): ImagePoint => ({
  x: boxes.reduce((d, { x, width }) => along(d, x, x + width, size.width), dx),
  y: boxes.reduce((d, { y, height }) => along(d, y, y + height, size.height), dy),
})

/** As much of the way as all of the shapes can go. */
export const deltaWithin = (shapes: readonly Shape[], dx: number, dy: number, size: Size): ImagePoint =>
  boxDeltaWithin(
    shapes.map((shape) => metricsOf(shape).box),
    dx,
    dy,
    size,
  )

export const moveAllWithin = (shapes: readonly Shape[], dx: number, dy: number, size: Size): Shape[] => {
  const { x, y } = deltaWithin(shapes, dx, dy, size)
  return shapes.map((shape) => translate(shape, x, y))
}

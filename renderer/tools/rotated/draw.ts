/** Draws the rotated rectangle in the making: its first side, then all of it. */
import { toScreen } from '../../../common/geometry/viewport.ts'
import { drawDots, drawLine, drawShape, drawTag, type Context } from '../../paint/paint.ts'
import { drawOntoTag, ontoLook } from '../onto-look.ts'
import { sizeOf, type Look, type StageView } from '../stage-view.ts'
import { rectangleTo, type RotatedState } from './step.ts'

export const drawRotated = (
  context: Context,
  { ends, pointer: end, onto }: RotatedState,
  { view, image, pointer }: StageView,
  look: Look,
): void => {
  const size = sizeOf(image)
  const [start, other] = ends
  if (!size || !start) return
  const { color, dash } = ontoLook(onto, look)
  const to = pointer ? end : null
  const placed = ends.map((point) => toScreen(view, point))
  const rectangle = other && to ? rectangleTo(ends, to, size) : null
  if (rectangle)
    drawShape(context, view, rectangle, { ...ontoLook(onto, look), fill: 0.25, line: 2, halo: true })
  else if (!other && to) drawLine(context, [placed[0]!, toScreen(view, to)], color, [5, 4])
  if (other) drawLine(context, placed, color, dash)
  drawDots(context, placed)
  if (onto) drawOntoTag(context, onto, start, view, look)
  else if (rectangle && to) {
    const { x, y } = toScreen(view, to)
    const degrees = Math.round((rectangle.angle * 180) / Math.PI) % 360
    const text = `${Math.round(rectangle.width)} × ${Math.round(rectangle.height)}, ${degrees}°`
    drawTag(context, text, '#1b1b1b', x + 14, y - 10)
  }
}

/** Draws a part of a canvas anew. */
import type { Context } from './paint.ts'
import type { Region } from './region.ts'

/** Clears the region; what `draw` draws is seen in it alone. */
export const redrawWithin = (context: Context, { x0, y0, x1, y1 }: Region, draw: () => void): void => {
  context.save()
  context.beginPath()
  context.rect(x0, y0, x1 - x0, y1 - y0)
  context.clip()
  context.clearRect(x0, y0, x1 - x0, y1 - y0)
  draw()
  context.restore()
}

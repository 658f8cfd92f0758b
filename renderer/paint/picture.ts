/** A canvas filled with another one, or with itself moved. */
import type { Context } from './paint.ts'

/** Fills the canvas with a picture and nothing else, device pixels. */
export const fillWith = (
  context: Context,
  source: HTMLCanvasElement,
  x: number,
  y: number,
  factor: number,
): void => {
  context.save()
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.globalCompositeOperation = 'copy'
  context.drawImage(source, x, y, source.width * factor, source.height * factor)
  context.restore()
}

/**
 * The overlay's canvas, no larger than what it shows. Without a GPU the browser copies the whole of a canvas for each
 * frame that changes it: 2 ms of a click for one of the stage's size.
 */
import type { Region } from '../paint/region.ts'
import { contextOf, type Context } from '../paint/paint.ts'

export interface OverlayCanvas {
  /**
   * Puts the canvas over a part of the stage.
   * @param region CSS pixels of the stage, on whole device pixels; not empty
   * @returns what draws there, in the stage's CSS pixels
   */
  placeOver(region: Region, deviceRatio: number): Context
  hide(): void
}

export const createOverlayCanvas = (canvas: HTMLCanvasElement): OverlayCanvas => {
  const context = contextOf(canvas)
  let placed = ''

  const place = (what: string, width: number, height: number) => {
    if (what === placed) return false
    placed = what
    canvas.width = width
    canvas.height = height
    return true
  }

  return {
    placeOver({ x0, y0, x1, y1 }, deviceRatio) {
      const [width, height] = [x1 - x0, y1 - y0]
      const what = [x0, y0, width, height, deviceRatio].join(' ')
      if (place(what, Math.round(width * deviceRatio), Math.round(height * deviceRatio))) {
        Object.assign(canvas.style, {
          left: `${x0}px`,
          top: `${y0}px`,
          width: `${width}px`,
          height: `${height}px`,
        })
        context.setTransform(deviceRatio, 0, 0, deviceRatio, -x0 * deviceRatio, -y0 * deviceRatio)
      }
      return context
    },
    hide: () => void place('', 0, 0),
  }
}

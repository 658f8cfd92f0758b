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
   * @returns what draws there, in the stage's CSS pixels; what was there before is to be cleared
   */
  placeOver(region: Region, deviceRatio: number): Context
  hide(): void
  /** Nothing is seen of it; as hiding it, where it is small, but without a change of size that has to be laid out. */
  clear(): void
}

export const createOverlayCanvas = (canvas: HTMLCanvasElement): OverlayCanvas => {
  const context = contextOf(canvas)
  let placed = ''
  let isClear = true
  let ratio = 1
  const size = { width: 0, height: 0 }

  /** A new size empties a canvas, and has the page laid out. */
  const resize = (width: number, height: number, ratio: number) => {
    if (width === size.width && height === size.height) return
    Object.assign(size, { width, height })
    canvas.width = Math.round(width * ratio)
    canvas.height = Math.round(height * ratio)
    Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` })
  }

  return {
    placeOver({ x0, y0, x1, y1 }, deviceRatio) {
      isClear = false
      const [width, height] = [x1 - x0, y1 - y0]
      const what = [x0, y0, width, height, deviceRatio].join(' ')
      if (what === placed) return context
      placed = what
      if (deviceRatio !== ratio) resize(0, 0, deviceRatio)
      ratio = deviceRatio
      resize(width, height, deviceRatio)
      canvas.style.transform = `translate(${x0}px, ${y0}px)`
      context.setTransform(deviceRatio, 0, 0, deviceRatio, -x0 * deviceRatio, -y0 * deviceRatio)
      return context
    },
    hide() {
      if (placed !== '') resize(0, 0, ratio)
      placed = ''
    },
    clear() {
      if (isClear || placed === '') return
      isClear = true
      context.save()
      context.setTransform(1, 0, 0, 1, 0, 0)
      context.clearRect(0, 0, canvas.width, canvas.height)
      context.restore()
    },
  }
}

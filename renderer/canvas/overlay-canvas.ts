/**
 * A canvas that is no larger than what it shows. Without a GPU the browser copies the whole of a canvas for each frame that
 * changes it: 2 ms of a click for one of the stage's size.
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
  /** Where it lies; null when it is nowhere. */
  region(): Region | null
  hide(): void
  /** Nothing is seen of it; as hiding it, where it is small, but without a change of size that has to be laid out. */
  clear(): void
}

export const createOverlayCanvas = (canvas: HTMLCanvasElement): OverlayCanvas => {
  const context = contextOf(canvas)
  let placed: Region | null = null
  let isClear = true
  let ratio = 1
  const size = { width: 0, height: 0 }

  /** A new size empties a canvas, and has the page laid out. */
  const resize = (width: number, height: number) => {
    if (width === size.width && height === size.height) return
    Object.assign(size, { width, height })
    canvas.width = Math.round(width * ratio)
    canvas.height = Math.round(height * ratio)
    Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` })
  }

  return {
    placeOver(region, deviceRatio) {
      isClear = false
      const { x0, y0, x1, y1 } = region
      const isThere = placed?.x0 === x0 && placed.y0 === y0 && placed.x1 === x1 && placed.y1 === y1
      if (isThere && deviceRatio === ratio) return context
      placed = region
      if (deviceRatio !== ratio) resize(0, 0)
      ratio = deviceRatio
      resize(x1 - x0, y1 - y0)
      canvas.style.transform = `translate(${x0}px, ${y0}px)`
      context.setTransform(deviceRatio, 0, 0, deviceRatio, -x0 * deviceRatio, -y0 * deviceRatio)
      return context
    },
    region: () => placed,
    hide() {
      if (placed !== null) resize(0, 0)
      placed = null
    },
    clear() {
      if (isClear || placed === null) return
      isClear = true
      context.save()
      context.setTransform(1, 0, 0, 1, 0, 0)
      context.clearRect(0, 0, canvas.width, canvas.height)
      context.restore()
    },
  }
}

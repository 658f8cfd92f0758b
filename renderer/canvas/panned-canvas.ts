/**
 * A canvas that reaches beyond the stage at each side, so that a pan moves it and draws nothing for as long as it covers the
 * stage. Without a GPU strips of 500 outlines cost 7 ms a frame, and an image of 12 megapixels 8.
 */
import type { Size } from '../../common/geometry/point.ts'
import type { Viewport } from '../../common/geometry/viewport.ts'
import type { ShownCanvas } from './shown-canvas.ts'
import { shiftOf } from './redraw-plan.ts'

/** What is drawn on it, in CSS pixels of the canvas. */
interface Placed {
  readonly view: Viewport
  readonly size: Size
}

export interface PannedCanvas {
  /** Empties it. */
  resize(stage: Size, deviceRatio: number): void
  /** Puts it where it shows this view of the stage. @returns the same object while what is drawn on it will do */
  place(view: Viewport): Placed
}

/** How far it reaches beyond the stage, CSS pixels. */
const BEYOND = 64

/** @param canvas lies at the stage's corner */
export const createPannedCanvas = (
  canvas: HTMLCanvasElement,
  { resize }: Pick<ShownCanvas, 'resize'>,
): PannedCanvas => {
  let beyond = BEYOND
  let ratio = 1
  let size: Size = { width: 0, height: 0 }
  let placed: Placed | null = null

  const moveTo = (x: number, y: number) => {
    canvas.style.transform = `translate(${x}px, ${y}px)`
  }

  return {
    resize({ width, height }, deviceRatio) {
      ratio = deviceRatio
      // Whole pixels of the device.
      beyond = Math.ceil(BEYOND * ratio) / ratio
      size = { width: width + 2 * beyond, height: height + 2 * beyond }
      resize(Math.round(size.width * ratio), Math.round(size.height * ratio))
      Object.assign(canvas.style, { width: `${size.width}px`, height: `${size.height}px` })
      placed = null
    },
    place(view) {
      const middle = { ...view, x: view.x + beyond, y: view.y + beyond }
      const shift = placed && shiftOf(placed.view, middle, ratio)
      if (placed && shift && Math.max(Math.abs(shift.x), Math.abs(shift.y)) <= beyond * ratio) {
        moveTo(shift.x / ratio - beyond, shift.y / ratio - beyond)
        return placed
      }
      moveTo(-beyond, -beyond)
      placed = { view: middle, size }
      return placed
    },
  }
}

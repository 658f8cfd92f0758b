/**
 * A large canvas that changes seldom. Without a GPU the browser copies each canvas in sight for each frame, but not one that
 * was given a finished picture: so what is drawn is drawn out of sight, and shown when it is done.
 */

export interface ShownCanvas {
  /** Drawn on; out of sight. */
  readonly paper: HTMLCanvasElement
  /** Empties both. @param width device pixels, as is the height */
  resize(width: number, height: number): void
  /** What was drawn is seen from the next frame on. */
  show(): void
}

/** @throws Error in a browser that can't show pictures on a canvas */
export const createShownCanvas = (canvas: HTMLCanvasElement): ShownCanvas => {
  const context = canvas.getContext('bitmaprenderer')
  if (!context) throw new Error('This browser has no canvas for pictures.')
  const paper = document.createElement('canvas')
  let copy = new OffscreenCanvas(1, 1)
  return {
    paper,
    resize(width, height) {
      for (const sized of [canvas, paper]) Object.assign(sized, { width, height })
      copy = new OffscreenCanvas(width, height)
    },
    show() {
      copy.getContext('2d')?.drawImage(paper, 0, 0)
      context.transferFromImageBitmap(copy.transferToImageBitmap())
    },
  }
}

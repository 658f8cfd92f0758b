/** Lets what was just changed be painted before more work is begun. */

/** A window that is hidden or minimised has no frames: it does not wait for one longer than this, ms. */
const PATIENCE = 200

/** Resolves when the next frame has been handed on, where there are frames. */
export const afterPaint = (): Promise<void> =>
  new Promise((resolve) => {
    const late = setTimeout(resolve, PATIENCE)
    requestAnimationFrame(() => {
      // A task that is queued in a frame runs behind its painting.
      setTimeout(() => {
        clearTimeout(late)
        resolve()
      })
    })
  })

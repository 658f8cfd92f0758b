/** How large the brush is, image pixels across. Pure. */

/** Before the user has chosen a size: as large as this on screen, pixels. */
const FIRST_ON_SCREEN = 28
const LEAST = 1
const MOST = 4000

/** @param scale screen pixels an image pixel */
export const firstBrushSize = (scale: number): number => Math.max(LEAST, Math.round(FIRST_ON_SCREEN / scale))

export const resizedBrush = (size: number, factor: number): number =>
  Math.min(MOST, Math.max(LEAST, size * factor))

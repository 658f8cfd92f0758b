/** Logits [256 * 256] in the frame of one crop brought into another's, mirrored, averaged. Pure. */
import { FRAME_SIDE, LOGITS_SIDE } from '../../../common/geometry/letterbox.ts'
import type { Crop } from '../../../common/segmentation.ts'

/** A part of the image, which the 256 x 256 logits lie over with its long side; it may reach beyond the image. */
export type Area = Crop

const isSame = (a: Area, b: Area) =>
  a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height

interface Place {
  readonly low: number
  /** Of the cell after `low`, 0..1. */
  readonly part: number
}

const placeAt = (at: number): Place => {
  const held = Math.min(LOGITS_SIDE - 1, Math.max(0, at))
  const low = Math.min(LOGITS_SIDE - 2, Math.floor(held))
  return { low, part: held - low }
}

/** Bilinear. @param columns, rows where each of the 256 new cells looks */
const sample = (logits: Float32Array, columns: readonly Place[], rows: readonly Place[]): Float32Array => {
  const made = new Float32Array(LOGITS_SIDE * LOGITS_SIDE)
  for (const [y, row] of rows.entries()) {
    for (const [x, column] of columns.entries()) {
      const at = row.low * LOGITS_SIDE + column.low
      const below = at + LOGITS_SIDE
      const upper = logits[at]! * (1 - column.part) + logits[at + 1]! * column.part
      const lower = logits[below]! * (1 - column.part) + logits[below + 1]! * column.part
      made[y * LOGITS_SIDE + x] = upper * (1 - row.part) + lower * row.part
    }
  }
  return made
}

const cells = Array.from({ length: LOGITS_SIDE }, (_, cell) => cell)

/** Brings logits over one area to lie over another; beyond the edge the nearest value holds. */
export const moveLogits = (logits: Float32Array, from: Area, to: Area): Float32Array => {
  if (isSame(from, to)) return logits
  const step = Math.max(to.width, to.height) / LOGITS_SIDE
  const back = LOGITS_SIDE / Math.max(from.width, from.height)
  const places = (toStart: number, fromStart: number) =>
    cells.map((cell) => placeAt((toStart + (cell + 0.5) * step - fromStart) * back - 0.5))
  return sample(logits, places(to.x, from.x), places(to.y, from.y))
}

/** Left and right changed over within the crop. */
export const mirrorLogits = (logits: Float32Array, { width, height }: Crop): Float32Array => {
  const filled = (LOGITS_SIDE * width) / Math.max(width, height)
  return sample(
    logits,
    cells.map((cell) => placeAt(filled - cell - 1)),
    cells.map(placeAt),
  )
}

/** The area that the whole model frame covers when the crop's long side is `side` of its 1024 pixels. */
export const frameArea = ({ x, y, width, height }: Crop, side: number): Area => {
  const grown = (FRAME_SIDE / side) * Math.max(width, height)
  return side === FRAME_SIDE ? { x, y, width, height } : { x, y, width: grown, height: grown }
}

/** [256 * 256]: the mean of all. */
export const meanOfLogits = (all: readonly Float32Array[]): Float32Array => {
  const sum = new Float32Array(LOGITS_SIDE * LOGITS_SIDE)
  for (const logits of all) for (let cell = 0; cell < sum.length; cell++) sum[cell]! += logits[cell]!
  return sum.map((value) => value / all.length)
}

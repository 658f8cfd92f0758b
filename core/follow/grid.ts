/** The encoder's cells that show an image, and how much of each cell a mask covers. Pure. */
import {
  FRAME_SIDE,
  LOGITS_SIDE,
  resizedSize,
  shownCells,
  wholeImage,
} from '../../common/geometry/letterbox.ts'
import type { Size } from '../../common/geometry/point.ts'
import { CERTAINTY, logitsOfShape } from '../../common/geometry/shape-to-logits.ts'
import type { Shape } from '../../common/model.ts'

/** Cells of the encoder along a side of its frame. */
export const GRID_SIDE = 64
/** Logits of the decoder along a side of a cell. */
const LOGITS_PER_CELL = LOGITS_SIDE / GRID_SIDE

/** The cells that show the image; the rest of the frame is padding. Values of cells go row by row. */
export interface Grid {
  readonly columns: number
  readonly rows: number
}

/** A part of a grid, in whole cells: [x0, x1) x [y0, y1). */
export interface CellBox {
  readonly x0: number
  readonly y0: number
  readonly x1: number
  readonly y1: number
}

/** @param image the upright size, pixels */
export const gridOf = (image: Size): Grid => {
  const { width, height } = resizedSize(wholeImage(image))
  const cells = (length: number) => Math.min(GRID_SIDE, Math.ceil((length * GRID_SIDE) / FRAME_SIDE))
  return { columns: cells(width), rows: cells(height) }
}

/**
 * The mean of a value of the decoder's cells in each of the encoder's.
 * @param valueOf of the cell of the logits at [0, 256) x [0, 256)
 */
const meanInCells = ({ columns, rows }: Grid, valueOf: (at: number) => number): Float32Array => {
  const sums = new Float32Array(columns * rows)
  const share = 1 / (LOGITS_PER_CELL * LOGITS_PER_CELL)
  for (let y = 0; y < rows * LOGITS_PER_CELL; y++) {
    const row = Math.floor(y / LOGITS_PER_CELL) * columns
    for (let x = 0; x < columns * LOGITS_PER_CELL; x++)
      sums[row + Math.floor(x / LOGITS_PER_CELL)]! += share * valueOf(y * LOGITS_SIDE + x)
  }
  return sums
}

/** How much of each cell a shape covers, 0..1. @param image the upright size, pixels */
export const coverageOfShape = (shape: Shape, image: Size): Float32Array => {
  const frame = { crop: wholeImage(image), imageWidth: image.width, imageHeight: image.height }
  const logits = logitsOfShape(shape, frame)
  return meanInCells(gridOf(image), (at) => 0.5 + logits[at]! / (2 * CERTAINTY))
}

/** How much of each cell the decoder's hard mask covers, 0..1. @param logits [256 * 256], > 0 is inside */
export const coverageOfLogits = (logits: Float32Array, image: Size): Float32Array => {
  const { columns, rows } = shownCells(wholeImage(image))
  return meanInCells(gridOf(image), (at) =>
    logits[at]! > 0 && at % LOGITS_SIDE < columns && at < rows * LOGITS_SIDE ? 1 : 0,
  )
}

/** The cells of more than `above`, as a box; null when there are none. */
export const boxAbove = (values: Float32Array, { columns, rows }: Grid, above = 0): CellBox | null => {
  let [x0, y0, x1, y1] = [columns, rows, 0, 0]
  for (let y = 0, i = 0; y < rows; y++)
    for (let x = 0; x < columns; x++, i++) {
      if (!(values[i]! > above)) continue
      x0 = Math.min(x0, x)
      x1 = Math.max(x1, x + 1)
      y0 = Math.min(y0, y)
      y1 = y + 1
    }
  return x1 === 0 ? null : { x0, y0, x1, y1 }
}

/** The box and `cells` more on each side, within the grid. */
export const grow = ({ x0, y0, x1, y1 }: CellBox, cells: number, { columns, rows }: Grid): CellBox => ({
  x0: Math.max(0, x0 - cells),
  y0: Math.max(0, y0 - cells),
  x1: Math.min(columns, x1 + cells),
  y1: Math.min(rows, y1 + cells),
})

/** The middle of mass of the values above `above`, in cells (the middle of the first is 0); null without any. */
export const centreOf = (
  values: Float32Array,
  { columns }: Grid,
  above = 0,
): { readonly x: number; readonly y: number; readonly sum: number } | null => {
  let [sum, x, y] = [0, 0, 0]
  for (const [i, value] of values.entries()) {
    if (!(value > above)) continue
    sum += value
    x += value * (i % columns)
    y += value * Math.floor(i / columns)
  }
  return sum === 0 ? null : { x: x / sum, y: y / sum, sum }
}

/** Intersection over union of soft masks: the sum of the lesser values by the sum of the greater; 0 of two empty ones. */
export const softIou = (a: Float32Array, b: Float32Array): number => {
  let [both, either] = [0, 0]
  for (let i = 0; i < a.length; i++) {
    both += Math.min(a[i]!, b[i]!)
    either += Math.max(a[i]!, b[i]!)
  }
  return either === 0 ? 0 : both / either
}

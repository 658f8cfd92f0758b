/**
 * COCO's run-length encoding: runs of 0 and 1 by turns, zeros first, down the columns; `size` is [height, width].
 * The compressed string is the one of COCO's maskApi: 5 bits a character from '0' on, sign-extended, each run from the
 * fourth on as the difference to the run two before.
 */
import { CodedError } from '../errors.ts'
import type { Shape } from '../model.ts'
import type { Box } from './measure.ts'
import { rasterise, type Raster } from './rasterise.ts'

export interface Rle {
  /** [height, width] */
  readonly size: readonly [height: number, width: number]
  readonly counts: readonly number[]
}

/** RLE of a raster placed in an image of width x height; the raster must lie inside it. */
const rleOfRaster = (raster: Raster, width: number, height: number): Rle => {
  const counts: number[] = []
  let current = 0
  let run = 0
  const add = (value: number, length: number) => {
    if (length === 0) return
    if (value !== current) {
      counts.push(run)
      current = value
      run = 0
    }
    run += length
  }
  const below = height - raster.y - raster.height
  add(0, raster.x * height)
  for (let column = 0; column < raster.width; column++) {
    add(0, raster.y)
    for (let i = column; i < raster.data.length; i += raster.width) add(raster.data[i]!, 1)
    add(0, below)
  }
  add(0, (width - raster.x - raster.width) * height)
  counts.push(run)
  return { size: [height, width], counts }
}

/** RLE of a full mask, [height * width] row by row, 0 and 1. */
export const encodeRle = (mask: Uint8Array, width: number, height: number): Rle =>
  rleOfRaster({ x: 0, y: 0, width, height, data: mask }, width, height)

/** RLE of a shape's pixels in an image of width x height. */
export const rleOfShape = (shape: Shape, width: number, height: number): Rle =>
  rleOfRaster(rasterise(shape, width, height), width, height)

/** Pixels that are 1. */
export const rleArea = (rle: Rle): number =>
  rle.counts.reduce((sum, count, index) => (index % 2 === 1 ? sum + count : sum), 0)

/** Calls back for each stretch of ones within one column: rows from..to (exclusive). */
const eachStretch = (rle: Rle, found: (column: number, from: number, to: number) => void) => {
  const [height] = rle.size
  let at = 0
  rle.counts.forEach((count, index) => {
    for (let from = at; index % 2 === 1 && from < at + count;) {
      const column = Math.floor(from / height)
      const to = Math.min(at + count, (column + 1) * height)
      found(column, from - column * height, to - column * height)
      from = to
    }
    at += count
  })
}

/** @throws CodedError bad-input when the runs do not fill the size exactly. */
const checkRle = (rle: Rle) => {
  const [height, width] = rle.size
  const whole = (count: number) => Number.isSafeInteger(count) && count >= 0
  if (!whole(height) || !whole(width) || !rle.counts.every(whole))
    throw new CodedError('bad-input', 'The RLE has a size or run that is not a whole number.')
  const total = rle.counts.reduce((sum, count) => sum + count, 0)
  if (total !== height * width)
    throw new CodedError(
      'bad-input',
      `The RLE covers ${total} pixels, its size ${height} x ${width} has others.`,
    )
}

/** The smallest box around the ones: x, y, width, height in whole pixels; null when there are none. */
const rleBox = (rle: Rle): Box | null => {
  checkRle(rle)
  let [x0, y0, x1, y1] = [Infinity, Infinity, 0, 0]
  eachStretch(rle, (column, from, to) => {
    x0 = Math.min(x0, column)
    x1 = column + 1
    y0 = Math.min(y0, from)
    y1 = Math.max(y1, to)
  })
  return x1 > x0 ? { x: x0, y: y0, width: x1 - x0, height: y1 - y0 } : null
}

/**
 * The ones and the box around them; a full-size mask is never made. Null when there are none.
 * @throws CodedError bad-input when the runs do not fill the size exactly
 */
export const rasterOfRle = (rle: Rle): Raster | null => {
  const box = rleBox(rle)
  if (!box) return null
  const data = new Uint8Array(box.width * box.height)
  eachStretch(rle, (column, from, to) => {
    for (let row = from; row < to; row++) data[(row - box.y) * box.width + column - box.x] = 1
  })
  return { ...box, data }
}

/**
 * The full mask, [height * width] row by row, 0 and 1.
 * @throws CodedError bad-input when the runs do not fill the size exactly
 */
export const decodeRle = (rle: Rle): Uint8Array => {
  checkRle(rle)
  const [height, width] = rle.size
  const mask = new Uint8Array(height * width)
  eachStretch(rle, (column, from, to) => {
    for (let row = from; row < to; row++) mask[row * width + column] = 1
  })
  return mask
}

/** COCO's compressed string of the runs. */
export const compressCounts = (counts: readonly number[]): string => {
  let text = ''
  counts.forEach((count, index) => {
    let value = index > 2 ? count - counts[index - 2]! : count
    for (let more = true; more;) {
      const bits = value & 31
      value >>= 5
      more = bits & 16 ? value !== -1 : value !== 0
      text += String.fromCharCode((more ? bits | 32 : bits) + 48)
    }
  })
  return text
}

/**
 * The runs of COCO's compressed string.
 * @throws CodedError bad-input when the string breaks off or has a character that the code does not have
 */
export const expandCounts = (text: string): number[] => {
  const counts: number[] = []
  for (let at = 0; at < text.length;) {
    let value = 0
    for (let shift = 0, more = true; more; shift += 5) {
      const bits = text.charCodeAt(at++) - 48
      if (!(bits >= 0 && bits < 64) || shift > 30)
        throw new CodedError('bad-input', 'The compressed RLE string is damaged.')
      value |= (bits & 31) << shift
      more = (bits & 32) !== 0
      if (!more && bits & 16 && shift < 25) value |= -1 << (shift + 5)
    }
    counts.push(counts.length > 2 ? value + counts[counts.length - 2]! : value)
  }
  return counts
}

/**
 * The pixels of one ring as columns at which each row changes between out and in, by the same rule as rasterise.ts: what
 * two rings differ by is counted without painting either.
 */
import type { Ring } from '../model.ts'
import type { Box } from './measure.ts'

/** Of row `r`, the columns from `starts[r]` to `starts[r + 1]`, ascending; in from the first to the second, and so on. */
export interface PixelRows {
  readonly starts: Int32Array
  readonly columns: Int32Array
}

const sortShort = (columns: Int32Array, from: number, to: number) => {
  for (let i = from + 1; i < to; i++) {
    const value = columns[i]!
    let at = i
    for (; at > from && columns[at - 1]! > value; at--) columns[at] = columns[at - 1]!
    columns[at] = value
  }
}

/**
 * @param window in whole pixels; what lies outside of it is cut off
 * @param shift of the ring along both axes
 */
export const rowsOfRing = (ring: Ring, { x, y, width, height }: Box, shift = 0): PixelRows => {
  const count = ring.length
  const firstRow = (ay: number, by: number) => Math.max(0, Math.ceil((ay < by ? ay : by) - y - 0.5))
  const endRow = (ay: number, by: number) => Math.min(height, Math.ceil((ay < by ? by : ay) - y - 0.5))
  // How many more edges each row crosses than the one before; then how many all rows up to it cross.
  const starts = new Int32Array(height + 2)
  for (let i = 0, j = count - 1; i < count; j = i++) {
    const [ay, by] = [ring[j]![1] + shift, ring[i]![1] + shift]
    const [top, end] = [firstRow(ay, by), endRow(ay, by)]
    if (top >= end) continue
    starts[top + 1]!++
    starts[end + 1]!--
  }
  for (let row = 1; row <= height; row++) starts[row]! += starts[row - 1]!
  for (let row = 1; row <= height; row++) starts[row]! += starts[row - 1]!
  const columns = new Int32Array(starts[height]!)
  const next = starts.slice(0, height)
  for (let i = 0, j = count - 1; i < count; j = i++) {
    const [ax, ay] = [ring[j]![0] + shift, ring[j]![1] + shift]
    const [bx, by] = [ring[i]![0] + shift, ring[i]![1] + shift]
    const [top, end] = [firstRow(ay, by), endRow(ay, by)]
    const slope = (bx - ax) / (by - ay)
    for (let row = top; row < end; row++) {
      const column = Math.ceil(ax + (row + y + 0.5 - ay) * slope - x - 0.5)
      columns[next[row]!++] = column < 0 ? 0 : column > width ? width : column
    }
  }
  for (let row = 0; row < height; row++) sortShort(columns, starts[row]!, starts[row + 1]!)
  return { starts: starts.subarray(0, height + 1), columns }
}

/** Pixels that are in. */
export const countPixels = ({ columns }: PixelRows): number => {
  let count = 0
  for (let at = 0; at + 1 < columns.length; at += 2) count += columns[at + 1]! - columns[at]!
  return count
}

/** Pixels that are in one and not in the other, of the same window. */
export const countDifferent = (one: PixelRows, other: PixelRows): number => {
  let count = 0
  for (let row = 0; row + 1 < one.starts.length; row++) {
    let [a, b] = [one.starts[row]!, other.starts[row]!]
    const [endA, endB] = [one.starts[row + 1]!, other.starts[row + 1]!]
    let [isDifferent, since] = [false, 0]
    while (a < endA || b < endB) {
      const isOne = b === endB || (a < endA && one.columns[a]! <= other.columns[b]!)
      const at = isOne ? one.columns[a++]! : other.columns[b++]!
      if (isDifferent) count += at - since
      isDifferent = !isDifferent
      since = at
    }
  }
  return count
}

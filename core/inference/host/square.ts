/**
 * Between the frame that all of Maskwright speaks of (1024, the picture in its shape, padding right and below) and the
 * square of a model that has the picture stretched, or its cells in another number. Pure.
 */
import type { Size } from '../../../common/geometry/point.ts'
import { FRAME } from './pixels.ts'
import { MASK_SIDE } from './policy.ts'
import type { Tensor } from './sam.ts'

/** The part of the 1024 frame that the model's square shows: all of it, or the picture alone. */
export const squareOf = (fit: 'letterbox' | 'stretch', shown: Size | undefined): Size =>
  fit === 'stretch' && shown !== undefined ? shown : { width: FRAME, height: FRAME }

interface Place {
  readonly low: number
  readonly high: number
  /** Of the cell `high`, 0..1. */
  readonly part: number
}

/** Where each of `count` new cells looks among `from` old ones; beyond the edge the nearest holds. */
const placesOf = (count: number, from: number, toOld: (middle: number) => number): Place[] =>
  Array.from({ length: count }, (_, cell) => {
    const at = Math.min(from - 1, Math.max(0, toOld(cell + 0.5) - 0.5))
    const low = Math.floor(at)
    return { low, high: Math.min(from - 1, low + 1), part: at - low }
  })

/** Bilinear, one plane of `width` columns. */
const sample = (
  plane: Float32Array,
  width: number,
  columns: readonly Place[],
  rows: readonly Place[],
  to: Float32Array,
) => {
  let at = 0
  for (const row of rows) {
    const [upper, lower] = [row.low * width, row.high * width]
    for (const { low, high, part } of columns) {
      const above = plane[upper + low]! * (1 - part) + plane[upper + high]! * part
      const below = plane[lower + low]! * (1 - part) + plane[lower + high]! * part
      to[at++] = above * (1 - row.part) + below * row.part
    }
  }
}

/** A mask [256 * 256] over the frame -> [side * side] over the model's square. */
export const toSquare = (mask: Float32Array, square: Size, side: number): Float32Array => {
  if (side === MASK_SIDE && square.width === FRAME && square.height === FRAME) return mask
  const made = new Float32Array(side * side)
  const places = (length: number) =>
    placesOf(side, MASK_SIDE, (middle) => (middle / side) * length * (MASK_SIDE / FRAME))
  sample(mask, MASK_SIDE, places(square.width), places(square.height), made)
  return made
}

/**
 * Planes over the model's square -> planes over the frame.
 * @param tensor [..., C, h, w], all before C being 1
 * @param side of the planes that are made
 * @returns [1, C, side, side]; a view of `tensor` where nothing is to be moved
 * @throws Error when it is no such tensor
 */
export const fromSquare = ({ data, dims }: Tensor, square: Size, side = MASK_SIDE): Tensor => {
  const [height = 0, width = 0] = dims.slice(-2)
  const count = dims.at(-3) ?? 0
  const before = dims.slice(0, -3)
  if (dims.length < 4 || before.some((one) => one !== 1) || count < 1 || width < 2 || height < 2)
    throw new Error(`The model gives [${dims.join(', ')}], which are no planes of one picture.`)
  const made = { dims: [1, count, side, side] }
  if (width === side && height === side && square.width === FRAME && square.height === FRAME)
    return { data, ...made }
  const moved = new Float32Array(count * side * side)
  const columns = placesOf(side, width, (middle) => ((middle * FRAME) / side / square.width) * width)
  const rows = placesOf(side, height, (middle) => ((middle * FRAME) / side / square.height) * height)
  for (let plane = 0; plane < count; plane++)
    sample(
      data.subarray(plane * width * height, (plane + 1) * width * height),
      width,
      columns,
      rows,
      moved.subarray(plane * side * side, (plane + 1) * side * side),
    )
  return { data: moved, ...made }
}

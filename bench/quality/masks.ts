/** Masks of a whole image as bytes, how well two agree, and where a person would click next. Pure. */
import type { SegmentAnswer } from '../../common/segmentation.ts'
import { fieldOfLogits, isInField } from '../../common/geometry/field.ts'
import { createScratch } from '../../common/geometry/scratch.ts'
import { rasterise } from '../../common/geometry/rasterise.ts'
import type { PointPrompt, Shape } from '../../common/model.ts'

/** [height * width] row by row, 1 inside. */
export interface Mask {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

export const emptyMask = (width: number, height: number): Mask => ({
  width,
  height,
  data: new Uint8Array(width * height),
})

export const maskOfShape = (shape: Shape | null, width: number, height: number): Mask =>
  shape === null
    ? emptyMask(width, height)
    : { width, height, data: rasterise(shape, width, height, { x: 0, y: 0, width, height }).data }

/** The official mask of an answer's first candidate, in the size of the image: the field at each pixel's centre. */
export const maskOfLogits = ({ width, height, crop, candidates }: SegmentAnswer, candidate = 0): Mask => {
  const mask = emptyMask(width, height)
  const { logits } = candidates[candidate]!
  const field = fieldOfLogits(logits, { crop, imageWidth: width, imageHeight: height }, createScratch())
  if (field === null) return mask
  const { xs, ys } = field
  const [left, right] = [Math.max(0, Math.floor(xs[0]!)), Math.min(width, Math.ceil(xs.at(-1)!))]
  const [top, bottom] = [Math.max(0, Math.floor(ys[0]!)), Math.min(height, Math.ceil(ys.at(-1)!))]
  for (let y = top; y < bottom; y++) {
    if (y + 0.5 < ys[0]! || y + 0.5 > ys.at(-1)!) continue
    for (let x = left; x < right; x++) {
      if (x + 0.5 < xs[0]! || x + 0.5 > xs.at(-1)!) continue
      if (isInField(field, x + 0.5, y + 0.5)) mask.data[y * width + x] = 1
    }
  }
  return mask
}

export const iouOf = (a: Mask, b: Mask): number => {
  let [both, either] = [0, 0]
  for (let i = 0; i < a.data.length; i++) {
    both += a.data[i]! & b.data[i]!
    either += a.data[i]! | b.data[i]!
  }
  return either === 0 ? 1 : both / either
}

const FAR = 1e9

/** Squared distances along one line to the nearest 0 of `values` (Felzenszwalb and Huttenlocher, 2012). */
const transformLine = (values: Float64Array, length: number, out: Float64Array) => {
  const at = new Int32Array(length)
  const bounds = new Float64Array(length + 1)
  let last = 0
  bounds[0] = -FAR
  bounds[1] = FAR
  const meet = (q: number, p: number) => (values[q]! + q * q - values[p]! - p * p) / (2 * q - 2 * p)
  for (let q = 1; q < length; q++) {
    while (last > 0 && meet(q, at[last]!) <= bounds[last]!) last--
    const start = meet(q, at[last]!)
    last = start <= bounds[last]! ? 0 : last + 1
    at[last] = q
    bounds[last] = last === 0 ? -FAR : start
    bounds[last + 1] = FAR
  }
  for (let q = 0, k = 0; q < length; q++) {
    while (bounds[k + 1]! < q) k++
    out[q] = (q - at[k]!) ** 2 + values[at[k]!]!
  }
}

/**
 * The pixel deepest inside the region, and how deep, pixels squared. What lies outside of the image bounds it too.
 * Null when the region is empty.
 */
const deepestPixel = ({ width, height, data }: Mask) => {
  let [left, top, right, bottom] = [width, height, -1, -1]
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if (data[y * width + x] === 0) continue
      left = Math.min(left, x)
      right = Math.max(right, x)
      top = Math.min(top, y)
      bottom = y
    }
  if (right < 0) return null
  // A border of one pixel around the region, all outside.
  const [columns, rows] = [right - left + 3, bottom - top + 3]
  const grid = new Float64Array(columns * rows)
  for (let y = top; y <= bottom; y++)
    for (let x = left; x <= right; x++)
      if (data[y * width + x] !== 0) grid[(y - top + 1) * columns + x - left + 1] = FAR
  const line = new Float64Array(Math.max(columns, rows))
  const out = new Float64Array(line.length)
  for (let x = 0; x < columns; x++) {
    for (let y = 0; y < rows; y++) line[y] = grid[y * columns + x]!
    transformLine(line, rows, out)
    for (let y = 0; y < rows; y++) grid[y * columns + x] = out[y]!
  }
  const deepest = { x: left, y: top, depth: 0 }
  for (let y = 0; y < rows; y++) {
    line.set(grid.subarray(y * columns, (y + 1) * columns))
    transformLine(line, columns, out)
    for (let x = 0; x < columns; x++)
      if (out[x]! > deepest.depth) Object.assign(deepest, { x: left + x - 1, y: top + y - 1, depth: out[x]! })
  }
  return deepest
}

/**
 * The next click: in the middle of the largest error, by the distance to its edge; positive where the object is missed,
 * negative where too much is covered. Null when the mask is right.
 */
export const nextClick = (truth: Mask, found: Mask): PointPrompt | null => {
  const { width, height } = truth
  const missed = emptyMask(width, height)
  const covered = emptyMask(width, height)
  for (let i = 0; i < truth.data.length; i++) {
    missed.data[i] = truth.data[i]! & ~found.data[i]! & 1
    covered.data[i] = found.data[i]! & ~truth.data[i]! & 1
  }
  const [inside, outside] = [deepestPixel(missed), deepestPixel(covered)]
  if (inside === null && outside === null) return null
  const positive = (inside?.depth ?? 0) >= (outside?.depth ?? 0)
  const { x, y } = (positive ? inside : outside)!
  return { type: 'point', x: x + 0.5, y: y + 0.5, positive }
}

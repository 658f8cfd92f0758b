/**
 * Logits -> the field whose zero line is the mask's edge: the official upsampling (segment_anything's
 * Sam.postprocess_masks: 256 -> 1024 bilinear with align_corners=false, padding cut off, bilinear to the crop's size),
 * evaluated at the 1024-frame's pixel centres around the positive logits only. See SEMANTICS.md, "Mask to polygon".
 */
import { FRAME_SIDE, LOGITS_SIDE, resizedSize, type LogitsFrame } from './letterbox.ts'
import type { Scratch } from './scratch.ts'

/** Values on a grid whose columns and rows lie at xs and ys (image pixels, not decreasing). The outermost nodes are out. */
export interface Field {
  readonly width: number
  readonly height: number
  /** [height * width], row by row: bit 1 is set where the value is > 0. */
  readonly inside: Uint8Array
  /** [height * width], row by row; near the zero line; elsewhere 0 inside, and whatever outside. */
  readonly values: Float32Array
  readonly xs: Float64Array
  readonly ys: Float64Array
}

/** Value outside the crop; the columns and rows that hold it have the border's own coordinate. */
const OUTSIDE = -1
/** Model pixels a logit. */
const step = FRAME_SIDE / LOGITS_SIDE

/** One axis of the field: each grid line is `logits[low] * (1 - weight) + logits[high] * weight`. */
interface Axis {
  readonly size: number
  readonly low: Int32Array
  readonly high: Int32Array
  readonly weight: Float32Array
  readonly at: Float64Array
  /** Grid lines before and after the real ones: 2 at the crop's border (outside, border), else 0. */
  readonly before: number
  readonly after: number
}

/** The last logit that a resized side of `resized` model pixels uses. */
const lastUsed = (resized: number) => Math.min(LOGITS_SIDE - 1, Math.floor((resized - 0.5) / step - 0.5) + 1)

/**
 * Grid lines for the model pixels that logits `first`..`last` can make positive.
 * @param resized the side without padding, model pixels
 * @param origin the crop's start, @param length its side, image pixels
 */
const axisOf = (first: number, last: number, resized: number, origin: number, length: number): Axis => {
  const from = Math.max(0, step * first - 3)
  const to = Math.min(resized - 1, step * last + 6)
  const before = from === 0 ? 2 : 0
  const after = to === resized - 1 ? 2 : 0
  const size = before + (to - from + 1) + after
  const axis = {
    size,
    low: new Int32Array(size),
    high: new Int32Array(size),
    weight: new Float32Array(size),
    at: new Float64Array(size),
    before,
    after,
  }
  for (let i = 0; i < size; i++) {
    const pixel = from + i - before
    const clamped = Math.min(Math.max(pixel, 0), resized - 1)
    const logit = Math.min(Math.max((clamped + 0.5) / step - 0.5, 0), LOGITS_SIDE - 1)
    axis.low[i] = Math.floor(logit)
    axis.high[i] = Math.min(axis.low[i]! + 1, LOGITS_SIDE - 1)
    axis.weight[i] = logit - axis.low[i]!
    axis.at[i] = origin + Math.min(Math.max(((pixel + 0.5) * length) / resized, 0), length)
    if (pixel < 0) axis.at[i] = origin
    if (pixel >= resized) axis.at[i] = origin + length
  }
  return axis
}

/** First and last column and row of positive logits. */
interface PositiveBox {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** Of the logits that the crop uses; null when none is positive. */
const positiveBox = (logits: Float32Array, columns: number, rows: number): PositiveBox | null => {
  let [left, right, top, bottom] = [columns, -1, -1, -1]
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      if (logits[row * LOGITS_SIDE + column]! > 0) {
        if (top < 0) top = row
        bottom = row
        if (column < left) left = column
        if (column > right) right = column
      }
  return top < 0 ? null : { left, right, top, bottom }
}

/** The cells of 2 x 2 logits near which the zero line is: those with both signs, and their neighbours. [256 * 256] */
const nearCells = (
  logits: Float32Array,
  { left, right, top, bottom }: PositiveBox,
  scratch: Scratch,
): Uint8Array => {
  const near = scratch.bytes(LOGITS_SIDE * LOGITS_SIDE)
  const last = LOGITS_SIDE - 1
  for (let y = Math.max(0, top - 1); y <= Math.min(last, bottom); y++)
    for (let x = Math.max(0, left - 1); x <= Math.min(last, right); x++) {
      const i = y * LOGITS_SIDE + x
      const toRight = x < last ? 1 : 0
      const down = y < last ? LOGITS_SIDE : 0
      const positive = logits[i]! > 0
      const same =
        logits[i + toRight]! > 0 === positive &&
        logits[i + down]! > 0 === positive &&
        logits[i + down + toRight]! > 0 === positive
      if (same) continue
      const [from, to] = [Math.max(0, x - 1), Math.min(last, x + 1)]
      for (let row = Math.max(0, y - 1); row <= Math.min(last, y + 1); row++)
        for (let column = from; column <= to; column++) near[row * LOGITS_SIDE + column] = 1
    }
  return near
}

/** Grid columns from..to (exclusive) of which the zero line is near, or which are all in. */
interface Span {
  readonly near: boolean
  readonly from: number
  readonly to: number
}

/** The spans of the grid rows that lie between a row of logits and the next; what is all out has no span. */
const spansOf = (logits: Float32Array, near: Uint8Array, row: number, { size, low }: Axis): Span[] => {
  const spans: Span[] = []
  const kindOf = (column: number) => {
    const logit = row * LOGITS_SIDE + low[column]!
    return near[logit] === 1 ? 2 : logits[logit]! > 0 ? 1 : 0
  }
  for (let from = 0; from < size;) {
    const kind = kindOf(from)
    let to = from + 1
    while (to < size && kindOf(to) === kind) to++
    if (kind > 0) spans.push({ near: kind === 2, from, to })
    from = to
  }
  return spans
}

/**
 * The field of one mask; null when no logit of the crop is positive.
 * @param logits [256 * 256] row by row, > 0 is inside
 * @param scratch where the field's arrays are
 */
export const fieldOfLogits = (
  logits: Float32Array,
  { crop }: LogitsFrame,
  scratch: Scratch,
): Field | null => {
  const resized = resizedSize(crop)
  const box = positiveBox(logits, lastUsed(resized.width) + 1, lastUsed(resized.height) + 1)
  if (!box) return null
  const across = axisOf(box.left, box.right, resized.width, crop.x, crop.width)
  const down = axisOf(box.top, box.bottom, resized.height, crop.y, crop.height)
  const near = nearCells(logits, box, scratch)
  const { size: width, low, high, weight } = across
  const { size: height } = down
  const values = scratch.floats(width * height)
  const inside = scratch.bytes(width * height)
  let spans: Span[] = []
  for (let y = down.before > 0 ? 1 : 0; y < height - (down.after > 0 ? 1 : 0); y++) {
    const base = y * width
    const above = down.low[y]! * LOGITS_SIDE
    const below = down.high[y]! * LOGITS_SIDE
    const share = down.weight[y]!
    if (spans.length === 0 || y === 0 || down.low[y] !== down.low[y - 1])
      spans = spansOf(logits, near, down.low[y]!, across)
    for (const { near: evaluated, from, to } of spans) {
      if (!evaluated) {
        inside.fill(1, base + from, base + to)
        // Beside the border's outside an outline asks for it, and lies on the border with any value that is no NaN.
        values.fill(0, base + from, base + to)
        continue
      }
      for (let x = from; x < to; x++) {
        const left = logits[above + low[x]!]!
        const right = logits[above + high[x]!]!
        const start = left + (logits[below + low[x]!]! - left) * share
        const stop = right + (logits[below + high[x]!]! - right) * share
        const value = start + (stop - start) * weight[x]!
        values[base + x] = value
        if (value > 0) inside[base + x] = 1
      }
    }
    if (across.before > 0) [values[base], inside[base]] = [OUTSIDE, 0]
    if (across.after > 0) [values[base + width - 1], inside[base + width - 1]] = [OUTSIDE, 0]
  }
  if (down.before > 0) values.fill(OUTSIDE, 0, width)
  if (down.after > 0) values.fill(OUTSIDE, (height - 1) * width)
  return { width, height, inside, values, xs: across.at, ys: down.at }
}

/** Index of the last grid line at or before `value`, at most the last but one. */
const lineBefore = (lines: Float64Array, value: number) => {
  let [low, high] = [0, lines.length - 1]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (lines[middle]! <= value) low = middle
    else high = middle
  }
  return low
}

/** Whether the field is > 0 at an image point within its grid: at a pixel's centre, what the official mask says. */
export const isInField = ({ width, inside, values, xs, ys }: Field, x: number, y: number): boolean => {
  const [column, row] = [lineBefore(xs, x), lineBefore(ys, y)]
  const node = row * width + column
  const corners = [node, node + 1, node + width, node + width + 1] as const
  const insideCount = corners.filter((corner) => (inside[corner]! & 1) !== 0).length
  if (insideCount === 0 || insideCount === 4) return insideCount === 4
  const [a, b, c, d] = corners.map((corner) => values[corner]!) as [number, number, number, number]
  const across = (x - xs[column]!) / (xs[column + 1]! - xs[column]! || 1)
  const down = (y - ys[row]!) / (ys[row + 1]! - ys[row]! || 1)
  return (a * (1 - across) + b * across) * (1 - down) + (c * (1 - across) + d * across) * down > 0
}

/**
 * A mask that was asked for by a box of a data set keeps to that box: the box tells where the object ends, better than
 * logits alone do. Not for a box that a person draws, who sees the mask and need not draw close. Figures, and what a
 * box that is somewhat off does to them: docs/models.md, "Boxes that are labels". Pure.
 */
import type { BoxPrompt } from '../model.ts'
import { LOGITS_SIDE, shownCells, type LogitsFrame } from './letterbox.ts'

/** Levels that the edge is looked for at, logits: 0 is the model's own. */
const MOST = 1
const STEP = 1 / 8
/** What a level of 1 must gain in the IoU of the boxes. */
const PRICE = 0.01
/** How far past the box its mask is looked at, as a share of the box's side. */
const AROUND = 0.25
/** What logits lose a cell from half a cell within the box on. */
const DROP = 8
const WITHIN = 0.5

/** In cells, measured from the middle of the first: x from `x0` to `x1`. */
interface Sides {
  readonly x0: number
  readonly y0: number
  readonly x1: number
  readonly y1: number
}

const iouOf = (a: Sides, b: Sides): number => {
  const width = Math.min(a.x1, b.x1) - Math.max(a.x0, b.x0)
  const height = Math.min(a.y1, b.y1) - Math.max(a.y0, b.y0)
  if (width <= 0 || height <= 0) return 0
  const both = width * height
  return both / ((a.x1 - a.x0) * (a.y1 - a.y0) + (b.x1 - b.x0) * (b.y1 - b.y0) - both)
}

/** Where the values rise above the level and fall below it for good, from cell to cell; null where they never do. */
const endsOf = (highest: Float64Array, first: number, level: number): [number, number] | null => {
  const low = highest.findIndex((value) => value > level)
  if (low < 0) return null
  const high = highest.findLastIndex((value) => value > level)
  const edge = (inner: number, outer: number) => {
    const [here, there] = [highest[inner]!, highest[outer]]
    return there === undefined ? 0.5 : (here - level) / (here - there)
  }
  return [first + low - edge(low, low - 1), first + high + edge(high, high + 1)]
}

/** The highest logit of each column and row around the box. */
const profileOf = (logits: Float32Array, box: Sides, { columns, rows }: ReturnType<typeof shownCells>) => {
  const reach = (length: number) => AROUND * length + 1
  const [wide, high] = [reach(box.x1 - box.x0), reach(box.y1 - box.y0)]
  const left = Math.max(0, Math.floor(box.x0 - wide))
  const right = Math.min(columns - 1, Math.ceil(box.x1 + wide))
  const top = Math.max(0, Math.floor(box.y0 - high))
  const bottom = Math.min(rows - 1, Math.ceil(box.y1 + high))
  const none = (length: number) => new Float64Array(Math.max(0, length)).fill(-Infinity)
  const [across, down] = [none(right - left + 1), none(bottom - top + 1)]
  for (let y = top; y <= bottom; y++)
    for (let x = left; x <= right; x++) {
      const value = logits[y * LOGITS_SIDE + x]!
      if (value > across[x - left]!) across[x - left] = value
      if (value > down[y - top]!) down[y - top] = value
    }
  return { across, down, left, top }
}

/** The level at which the mask's own box is most like the one that was asked for. */
const levelOf = (logits: Float32Array, box: Sides, shown: ReturnType<typeof shownCells>): number => {
  const { across, down, left, top } = profileOf(logits, box, shown)
  const fitAt = (level: number) => {
    const xs = endsOf(across, left, level)
    const ys = endsOf(down, top, level)
    return xs === null || ys === null ? 0 : iouOf({ x0: xs[0], x1: xs[1], y0: ys[0], y1: ys[1] }, box)
  }
  let best = { level: 0, fit: fitAt(0) }
  for (let level = -MOST; level <= MOST; level += STEP) {
    const fit = fitAt(level) - PRICE * Math.abs(level)
    if (fit > best.fit) best = { level, fit }
  }
  return best.level
}

/**
 * @param logits [256 * 256] over the frame's crop, > 0 inside
 * @param box of the object, image pixels
 * @returns [256 * 256]: the edge where the mask fits its box best, and nothing outside of the box
 */
export const keepToBox = (
  logits: Float32Array,
  { crop }: LogitsFrame,
  box: BoxPrompt,
): Float32Array<ArrayBuffer> => {
  const cell = Math.max(crop.width, crop.height) / LOGITS_SIDE
  const place = (at: number, from: number) => (at - from) / cell - 0.5
  const sides: Sides = {
    x0: place(box.x0, crop.x),
    y0: place(box.y0, crop.y),
    x1: place(box.x1, crop.x),
    y1: place(box.y1, crop.y),
  }
  const level = levelOf(logits, sides, shownCells(crop))
  const beyond = (at: number, low: number, high: number) => Math.max(low - at, at - high)
  const columns = Float64Array.from({ length: LOGITS_SIDE }, (_, x) => beyond(x, sides.x0, sides.x1))
  const kept = new Float32Array(logits.length)
  for (let y = 0; y < LOGITS_SIDE; y++) {
    const past = beyond(y, sides.y0, sides.y1)
    for (let x = 0, at = y * LOGITS_SIDE; x < LOGITS_SIDE; x++, at++) {
      const out = Math.max(past, columns[x]!) + WITHIN
      kept[at] = logits[at]! - level - (out > 0 ? DROP * out : 0)
    }
  }
  return kept
}

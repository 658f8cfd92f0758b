/**
 * Logits where the model is unsure of the edge. There its zero line wanders from cell to cell, in hairs and crumbs that
 * nobody would draw: it is smoothed, and an edge that the model is sure of stays as it is. Pure.
 */
import { LOGITS_SIDE, shownCells, type LogitsFrame } from './letterbox.ts'

/**
 * Mean size of the logits around a cell under which it is smoothed as a whole, and over which not at all; between them
 * by shares. Measured on 209 objects (docs/performance.md, "Edges that the model is unsure of").
 */
const UNSURE = 1
const SURE = 3
/** What a logit counts at most: one sure cell does not outvote its unsure neighbours. */
const MOST = 4
/** A smaller change is none: an edge that does not wander stays as it is, to the last bit. */
const LEAST = 0.05
/**
 * Cells of a mask up to which nothing is smoothed, and from which on it is as said: the curves of a small object are as
 * narrow as what is smoothed away.
 */
const SMALL = 100
const LARGE = 400
/** Binomial weights of the cells around: [1 2 1] twice, and once for the mean size. */
const wide = [1, 4, 6, 4, 1]
const narrow = [1, 2, 1]

/**
 * The logits with an edge that wanders less where they are small.
 * @param logits [256 * 256] row by row over the padded model frame, > 0 is inside; not changed, and given back where the
 *   model is sure
 */
export const smoothUnsure = (logits: Float32Array, { crop }: LogitsFrame): Float32Array => {
  const { columns, rows } = shownCells(crop)
  const [lastColumn, lastRow] = [columns - 1, rows - 1]
  let cells = 0
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns; x++) if (logits[y * LOGITS_SIDE + x]! > 0) cells += 1
  const most = Math.min(1, (cells - SMALL) / (LARGE - SMALL))
  if (most <= 0) return logits
  let smoothed: Float32Array | null = null
  for (let y = 0; y < rows; y++) {
    const [above, below] = [Math.max(0, y - 1) * LOGITS_SIDE, Math.min(lastRow, y + 1) * LOGITS_SIDE]
    const base = y * LOGITS_SIDE
    for (let x = 0; x < columns; x++) {
      const [left, right] = [x > 0 ? x - 1 : 0, x < lastColumn ? x + 1 : lastColumn]
      const positive = logits[base + x]! > 0
      const isInner =
        logits[base + left]! > 0 === positive &&
        logits[base + right]! > 0 === positive &&
        logits[above + x]! > 0 === positive &&
        logits[below + x]! > 0 === positive &&
        logits[above + left]! > 0 === positive &&
        logits[above + right]! > 0 === positive &&
        logits[below + left]! > 0 === positive &&
        logits[below + right]! > 0 === positive
      if (isInner) continue
      let size = 0
      for (let j = 0; j < 3; j++) {
        const row = j === 0 ? above : j === 1 ? base : below
        size +=
          narrow[j]! *
          (Math.abs(logits[row + left]!) + 2 * Math.abs(logits[row + x]!) + Math.abs(logits[row + right]!))
      }
      const share = most * Math.min(1, (SURE - size / 16) / (SURE - UNSURE))
      if (share <= 0) continue
      let sum = 0
      for (let j = 0; j < 5; j++) {
        const row = Math.min(lastRow, Math.max(0, y + j - 2)) * LOGITS_SIDE
        for (let i = 0; i < 5; i++) {
          const value = logits[row + Math.min(lastColumn, Math.max(0, x + i - 2))]!
          sum += wide[j]! * wide[i]! * Math.min(MOST, Math.max(-MOST, value))
        }
      }
      const change = share * (sum / 256 - logits[base + x]!)
      if (Math.abs(change) < LEAST) continue
      smoothed ??= logits.slice()
      smoothed[base + x]! += change
    }
  }
  return smoothed ?? logits
}

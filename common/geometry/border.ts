/**
 * Logits along the image's border. The decoder sees padding there and frays: an object that goes on past the border stops
 * a cell or two before it, in teeth. Pure.
 */
import { LOGITS_SIDE, shownCells, type LogitsFrame } from './letterbox.ts'

/** Gaps of so many cells along the border, and no more, are teeth. */
const TOOTH = 4

/** Cell `i` along a line that runs by a border: of the line at the border (0), the one beside it (1), the next (2). */
type PlaceOf = (line: 0 | 1 | 2, i: number) => number

interface Side {
  readonly length: number
  readonly at: PlaceOf
}

/** Fills short gaps of line 1 where line 2 has none, then the cells of line 0 that have line 1 beside them. */
const mendSide = (logits: Float32Array, { length, at }: Side): void => {
  let last = -1
  for (let i = 0; i < length; i++) {
    if (logits[at(1, i)]! <= 0) continue
    const gap = last >= 0 && i - last - 1 <= TOOTH
    for (let j = last + 1; gap && j < i; j++) if (logits[at(2, j)]! > 0) logits[at(1, j)] = logits[at(2, j)]!
    last = i
  }
  for (let i = 0; i < length; i++) {
    const inner = logits[at(1, i)]!
    if (inner > 0 && logits[at(0, i)]! < inner) logits[at(0, i)] = inner
  }
}

/** The mask comes within a cell of that side: only then is anything to be mended. */
const comesNear = (logits: Float32Array, { length, at }: Side): boolean => {
  for (let i = 0; i < length; i++) if (logits[at(1, i)]! > 0) return true
  return false
}

/**
 * The logits with masks that come within a cell of the image's border reaching it; the crop's own borders within the
 * image stay as they are.
 * @param logits [256 * 256] row by row over the padded model frame; not changed, and given back where nothing is near
 */
export const reachBorders = (
  logits: Float32Array,
  { crop, imageWidth, imageHeight }: LogitsFrame,
): Float32Array => {
  const { columns, rows } = shownCells(crop)
  if (columns < 3 || rows < 3) return logits
  const borders: readonly (readonly [isThere: boolean, side: Side])[] = [
    [crop.x === 0, { length: rows, at: (line, i) => i * LOGITS_SIDE + line }],
    [
      crop.x + crop.width === imageWidth,
      { length: rows, at: (line, i) => i * LOGITS_SIDE + columns - 1 - line },
    ],
    [crop.y === 0, { length: columns, at: (line, i) => line * LOGITS_SIDE + i }],
    [
      crop.y + crop.height === imageHeight,
      { length: columns, at: (line, i) => (rows - 1 - line) * LOGITS_SIDE + i },
    ],
  ]
  const near = borders.flatMap(([isThere, side]) => (isThere && comesNear(logits, side) ? [side] : []))
  if (near.length === 0) return logits
  const mended = logits.slice()
  for (const side of near) mendSide(mended, side)
  return mended
}

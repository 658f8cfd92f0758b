/**
 * What the lines of YOLO label files are, by the numbers in them: one kind for a whole source, since lines of different
 * kinds can have as many numbers. Pure. The kinds are those that Ultralytics writes and reads (docs.ultralytics.com,
 * datasets/{detect,segment,obb,pose} and `Results.save_txt`).
 */

import type { DatasetHints } from '../../import/class-names.ts'

/** The numbers of a line behind the class, by what they are. */
export type LineKind =
  | { readonly type: 'boxes' }
  | { readonly type: 'polygons' }
  /** Four corners: `x1 y1 x2 y2 x3 y3 x4 y4`, with a confidence as it may be. */
  | { readonly type: 'corners' }
  /** A box and key points of so many numbers altogether. */
  | { readonly type: 'pose'; readonly numbers: number }
  /** A box with the id of its track, with a confidence before it as it may be. */
  | { readonly type: 'tracks' }

/** What was counted of the lines of a source. */
export interface LineCounts {
  /** Lines by how many numbers they have behind the class. */
  readonly lengths: ReadonlyMap<number, number>
  /** Lines of 5 or 6 numbers whose last one is whole and not a share. */
  readonly ids: number
  /** Lines of 8 numbers whose corners make a parallelogram, as a turned rectangle does whatever the image's sides. */
  readonly parallelograms: number
  /** Lines of 8 numbers that make none, with a corner at the border of the image: of a turned rectangle that was cut there. */
  readonly cut: number
  /** Lines of more than 4 numbers whose further pairs, or triples, lie in the box that the first four make. */
  readonly pairsInBox: number
  readonly triplesInBox: number
}

export interface LineCounter {
  add(numbers: readonly number[]): void
  counts(): LineCounts
}

/** Key points lie on their object; a detector's may lie a little outside of its box, as a share of the box's side. */
const AROUND = 0.1

const areInBox = (numbers: readonly number[], step: 2 | 3): boolean => {
  const rest = numbers.length - 4
  if (rest < step || rest % step !== 0) return false
  const [cx, cy, w, h] = numbers as [number, number, number, number, ...number[]]
  const isInImage = Math.abs(cx - 0.5) + w / 2 <= 0.51 && Math.abs(cy - 0.5) + h / 2 <= 0.51
  if (!(w > 0 && h > 0 && isInImage)) return false
  const [wide, high] = [(0.5 + AROUND) * w, (0.5 + AROUND) * h]
  for (let at = 4; at < numbers.length; at += step) {
    const [x, y, visible] = [numbers[at]!, numbers[at + 1]!, step === 3 ? numbers[at + 2]! : 2]
    // One that is not there is written as zeros.
    if (x === 0 && y === 0) continue
    if (Math.abs(x - cx) > wide || Math.abs(y - cy) > high) return false
    if (step === 3 && (visible < 0 || visible > 2)) return false
  }
  return true
}

/** As a share of the image's sides: six decimals, and what rounding to whole pixels makes of them. */
const CORNER_SLACK = 0.004

const isParallelogram = ([x0, y0, x1, y1, x2, y2, x3, y3]: readonly number[]): boolean =>
  Math.abs(x0! - x1! + x2! - x3!) < CORNER_SLACK && Math.abs(y0! - y1! + y2! - y3!) < CORNER_SLACK

/** So near at the border a corner was moved to it. */
const BORDER_SLACK = 1e-4

const isAtBorder = (numbers: readonly number[]): boolean =>
  numbers.some((value) => value <= BORDER_SLACK || value >= 1 - BORDER_SLACK)

export const createLineCounter = (): LineCounter => {
  const lengths = new Map<number, number>()
  const seen = { ids: 0, parallelograms: 0, cut: 0, pairsInBox: 0, triplesInBox: 0 }
  return {
    add(numbers) {
      const { length } = numbers
      lengths.set(length, (lengths.get(length) ?? 0) + 1)
      const last = numbers[length - 1]!
      if ((length === 5 || length === 6) && Number.isInteger(last) && last > 1) seen.ids++
      if (length === 8) {
        if (isParallelogram(numbers)) seen.parallelograms++
        else if (isAtBorder(numbers)) seen.cut++
      }
      if (length > 4 && areInBox(numbers, 2)) seen.pairsInBox++
      if (length > 4 && areInBox(numbers, 3)) seen.triplesInBox++
    },
    counts: () => ({ lengths, ...seen }),
  }
}

/** So many lines tell key points from outlines without a data.yaml that does. */
const LINES_OF_POSE = 4

/** Numbers of a pose line with this shape of key points, and with a confidence or the id of a track behind them. */
const poseLengths = (numbers: number) => [4 + numbers, 5 + numbers, 6 + numbers]

/** @returns what the lines are; of a source without lines, boxes */
export const kindOfLines = (
  { lengths, ids, parallelograms, cut, pairsInBox, triplesInBox }: LineCounts,
  { keyPoints, task }: DatasetHints,
): LineKind => {
  const lines = [...lengths.values()].reduce((sum, count) => sum + count, 0)
  const countOf = (length: number) => lengths.get(length) ?? 0
  if (keyPoints !== null) {
    const [points, each] = keyPoints
    // A file may have been written with other key points than the yaml says; what counts is that they fit the box.
    if (poseLengths(points * each).some((length) => countOf(length) > 0))
      return { type: 'pose', numbers: points * each }
  }
  if (ids > 0 && countOf(5) + countOf(6) === lines) return { type: 'tracks' }
  if ([...lengths.keys()].every((length) => length <= 5)) return { type: 'boxes' }
  if (task === 'segment') return { type: 'polygons' }
  if (task === 'obb' && countOf(8) + countOf(9) === lines) return { type: 'corners' }
  const [only] = lengths.size === 1 ? [...lengths.keys()] : []
  if (only === undefined) return { type: 'polygons' }
  const areCorners = parallelograms > 0 && parallelograms + cut === lines
  if (only === 9 || (only === 8 && areCorners)) return { type: 'corners' }
  // All lines have as many numbers, which outlines of several objects hardly ever do; an odd number is no outline at all.
  const isLikely = only % 2 === 1 || lines >= LINES_OF_POSE
  if (isLikely && (triplesInBox === lines || pairsInBox === lines)) return { type: 'pose', numbers: only - 4 }
  return { type: 'polygons' }
}

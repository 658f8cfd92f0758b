/** Which places of an image look like an object: where to ask, and which of the masks there is one more of it. Pure. */
import type { Size } from '../../common/geometry/point.ts'
import type { DecodedMask } from './follow.ts'
import { boxAbove, coverageOfLogits, gridOf, grow, softIou, type Grid } from './grid.ts'
import { TOKEN_LENGTH, type Tokens } from './tokens.ts'

/** A place that is less alike is not asked. */
const LEAST_ALIKE = 0.5
/** What is found is one more when it covers the alike cells around it so well (soft IoU) ... */
const LEAST_CONFIDENCE = 0.5
/** ... and is no more than so many times as large as the object, or as small. */
const MOST_SCALE = 4
/** It is known when it shares so much with what is known, intersection over union, or lies within it by that share. */
const SAME = 0.5
/** Cells around a mask that it is held against. */
const AROUND = 2

export interface Alike extends DecodedMask {
  /** 0..1 */
  readonly confidence: number
  /** Where the decoder was asked. */
  readonly cell: { readonly x: number; readonly y: number }
}

const areaOf = (coverage: Float32Array) => coverage.reduce((sum, value) => sum + value, 0)

/** An object that is known, in its own image. */
export interface KnownObject {
  readonly tokens: Tokens
  /** How much of each cell it covers, 0..1. */
  readonly coverage: Float32Array
}

/** The mean of the object's tokens, of length 1: [256]. */
const meanToken = ({ tokens, coverage }: KnownObject): Float64Array => {
  const mean = new Float64Array(TOKEN_LENGTH)
  for (const [cell, share] of coverage.entries())
    if (share > 0)
      for (let k = 0; k < TOKEN_LENGTH; k++) mean[k]! += share * tokens.data[cell * TOKEN_LENGTH + k]!
  const length = Math.hypot(...mean)
  return length === 0 ? mean : mean.map((value) => value / length)
}

const cosines = ({ data, columns, rows }: Tokens, mean: Float64Array): Float32Array =>
  Float32Array.from({ length: columns * rows }, (_, cell) => {
    let sum = 0
    for (let k = 0; k < TOKEN_LENGTH; k++) sum += mean[k]! * data[cell * TOKEN_LENGTH + k]!
    return sum
  })

/** For each cell, how alike it is to the object: 1 as the object's own cells are in the mean, 0 as an image is. */
export const alikeMap = (now: Tokens, object: KnownObject): Float32Array => {
  const mean = meanToken(object)
  const own = cosines(object.tokens, mean)
  const size = areaOf(object.coverage)
  const usual = own.reduce((sum, value, cell) => sum + value * object.coverage[cell]!, 0) / size
  return cosines(now, mean).map((value) => Math.min(1, Math.max(0, value / usual)))
}

/** The mean of each cell and its eight neighbours. */
const smooth = (map: Float32Array, { columns, rows }: Grid): Float32Array =>
  map.map((_, cell) => {
    const [x, y] = [cell % columns, Math.floor(cell / columns)]
    let [sum, count] = [0, 0]
    for (let ny = Math.max(0, y - 1); ny <= Math.min(rows - 1, y + 1); ny++)
      for (let nx = Math.max(0, x - 1); nx <= Math.min(columns - 1, x + 1); nx++) {
        sum += map[ny * columns + nx]!
        count++
      }
    return sum / count
  })

/** The cells that are most alike among their neighbours, the most alike first. */
export const peaksOf = (map: Float32Array, grid: Grid): number[] => {
  const { columns, rows } = grid
  const soft = smooth(map, grid)
  const isPeak = (cell: number) => {
    const [x, y] = [cell % columns, Math.floor(cell / columns)]
    for (let ny = Math.max(0, y - 1); ny <= Math.min(rows - 1, y + 1); ny++)
      for (let nx = Math.max(0, x - 1); nx <= Math.min(columns - 1, x + 1); nx++) {
        const other = ny * columns + nx
        // Of equal neighbours the first is the peak.
        if (soft[other]! > soft[cell]! || (soft[other] === soft[cell] && other < cell)) return false
      }
    return true
  }
  return [...soft.keys()]
    .filter((cell) => soft[cell]! >= LEAST_ALIKE && isPeak(cell))
    .sort((a, b) => soft[b]! - soft[a]!)
}

const isSame = (a: Float32Array, b: Float32Array): boolean => {
  let both = 0
  for (let at = 0; at < a.length; at++) both += Math.min(a[at]!, b[at]!)
  return softIou(a, b) > SAME || both > SAME * Math.min(areaOf(a), areaOf(b))
}

/** The map around a mask, and nothing elsewhere: others of its kind do not count against it. */
const around = (map: Float32Array, coverage: Float32Array, grid: Grid): Float32Array => {
  const box = boxAbove(coverage, grid)
  const part = new Float32Array(map.length)
  if (box === null) return part
  const { x0, y0, x1, y1 } = grow(box, AROUND, grid)
  for (let y = y0; y < y1; y++)
    part.set(map.subarray(y * grid.columns + x0, y * grid.columns + x1), y * grid.columns + x0)
  return part
}

/**
 * The other objects of an image that look like one that is known.
 * @param known coverage of what the image has already: it is not found again
 * @param decode the masks at the middle of a cell
 * @param most so many places are asked at most
 */
export const findAlike = async (
  image: Size,
  now: Tokens,
  object: KnownObject,
  known: readonly Float32Array[],
  decode: (cell: { readonly x: number; readonly y: number }) => Promise<readonly DecodedMask[]>,
  most: number,
): Promise<Alike[]> => {
  const grid = gridOf(image)
  const map = alikeMap(now, object)
  const taken = [...known]
  const size = areaOf(object.coverage)
  const found: Alike[] = []
  const open = (cell: number) => taken.every((coverage) => coverage[cell]! < 0.5)
  let asked = 0
  for (const cell of peaksOf(map, grid)) {
    if (asked >= most) break
    if (!open(cell)) continue
    asked++
    const place = { x: cell % grid.columns, y: Math.floor(cell / grid.columns) }
    const masks = await decode(place)
    let best: { readonly mask: Alike; readonly coverage: Float32Array } | null = null
    for (const mask of masks) {
      const coverage = coverageOfLogits(mask.logits, image)
      const area = areaOf(coverage)
      const confidence = softIou(coverage, around(map, coverage, grid))
      const fits = area >= size / MOST_SCALE && area <= size * MOST_SCALE && confidence >= LEAST_CONFIDENCE
      // The decoder writes over what it gave out.
      if (fits && confidence > (best?.mask.confidence ?? 0))
        best = { mask: { ...mask, logits: mask.logits.slice(), confidence, cell: place }, coverage }
    }
    if (best === null || taken.some((other) => isSame(other, best.coverage))) continue
    taken.push(best.coverage)
    found.push(best.mask)
  }
  return found
}

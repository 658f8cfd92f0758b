/**
 * From a detector's tensors to boxes in its frame. What comes out is a stranger's: shapes are checked, and numbers that
 * are none are left out. Pure.
 */
import type { Decoding, DetectorRecipe, RowExtra } from '../../detector.ts'
import { sigmoid } from '../sigmoid.ts'
import { cornersOf, type RotatedBox } from './rotated.ts'
import { suppress } from './suppress.ts'

/** As floats, whatever they were. */
export interface Floats {
  readonly data: Float32Array
  readonly dims: readonly number[]
}

/** An object in the frame's pixels. */
export interface Found {
  readonly classIndex: number
  readonly score: number
  readonly box: readonly [x0: number, y0: number, x1: number, y1: number]
  readonly rotated: RotatedBox | null
  readonly points: readonly { readonly x: number; readonly y: number; readonly seen: boolean }[]
  /** Weights of the prototypes, or the query whose mask is its own. */
  readonly mask: Float32Array | number | null
}

type Outputs = Readonly<Record<string, Floats>>
interface Frame {
  readonly width: number
  readonly height: number
}

/** A point that is less sure is taken as unseen: Ultralytics' `conf` of its plots. */
const SEEN = 0.5

const outputOf = (outputs: Outputs, name: string, rank: number): Floats => {
  const found = outputs[name]
  if (found?.dims.length !== rank)
    throw new Error(
      `The output ${name} is [${found?.dims.join(', ') ?? 'absent'}], and was otherwise before.`,
    )
  return found
}

const boxAround = (x: number, y: number, width: number, height: number): Found['box'] => [
  x - width / 2,
  y - height / 2,
  x + width / 2,
  y + height / 2,
]

type At = (index: number) => number

/** @param at the numbers after box and classes */
const extraOf = (
  extra: RowExtra,
  at: At,
  box: Omit<RotatedBox, 'angle'>,
): Pick<Found, 'rotated' | 'points' | 'mask'> => {
  const none = { rotated: null, points: [], mask: null }
  switch (extra.kind) {
    case 'none':
      return none
    case 'angle':
      return { ...none, rotated: { ...box, angle: at(0) } }
    case 'coefficients':
      return { ...none, mask: Float32Array.from({ length: extra.count }, (_, index) => at(index)) }
    case 'points':
      return {
        ...none,
        points: Array.from({ length: extra.count }, (_, index) => ({
          x: at(index * extra.numbers),
          y: at(index * extra.numbers + 1),
          seen: extra.numbers === 2 || at(index * extra.numbers + 2) >= SEEN,
        })),
      }
  }
}

/** The box around a rotated one. */
const upright = (found: Found): Found => {
  if (found.rotated === null) return found
  const corners = cornersOf(found.rotated)
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)]
  return { ...found, box: [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)] }
}

const ofGrid = (
  decoding: Extract<Decoding, { kind: 'grid' }>,
  outputs: Outputs,
  { width, height }: Frame,
  classes: number,
  minScore: number,
): Found[] => {
  const { data, dims } = outputOf(outputs, decoding.output, 3)
  const [, a = 0, b = 0] = dims
  const [attributes, rows] = decoding.attributesFirst ? [a, b] : [b, a]
  const first = decoding.objectness ? 5 : 4
  if (attributes < first + classes)
    throw new Error(`A box has ${attributes} numbers, too few for its classes.`)
  const [across, along] = decoding.attributesFirst ? [rows, 1] : [1, attributes]
  const [wide, high] = decoding.unit === 'share' ? [width, height] : [1, 1]
  const found: Found[] = []
  for (let row = 0; row < rows; row++) {
    const at: At = (attribute) => data[attribute * across + row * along]!
    const sure = decoding.objectness ? at(4) : 1
    if (sure < minScore) continue
    let [classIndex, score] = [0, -Infinity]
    for (let index = 0; index < classes; index++)
      if (at(first + index) > score) [classIndex, score] = [index, at(first + index)]
    score *= sure
    if (!(score >= minScore)) continue
    const box = { x: at(0) * wide, y: at(1) * high, width: at(2) * wide, height: at(3) * high }
    const extra = extraOf(decoding.extra, (index) => at(first + classes + index), box)
    found.push({ classIndex, score, box: boxAround(box.x, box.y, box.width, box.height), ...extra })
  }
  return suppress(found.map(upright), decoding.nms)
}

const ofRows = (
  decoding: Extract<Decoding, { kind: 'rows' }>,
  outputs: Outputs,
  minScore: number,
): Found[] => {
  const rank = outputs[decoding.output]?.dims.length === 2 ? 2 : 3
  const { data, dims } = outputOf(outputs, decoding.output, rank)
  const numbers = dims[rank - 1] ?? 0
  const rows = dims[rank - 2] ?? 0
  const { from, scoreFirst } = decoding
  if (numbers < from + 6) throw new Error(`A row has ${numbers} numbers, too few for a box.`)
  const found: Found[] = []
  for (let row = 0; row < rows; row++) {
    const at: At = (index) => data[row * numbers + from + index]!
    const [score, classIndex] = scoreFirst ? [at(4), at(5)] : [at(5), at(4)]
    const [a, b, c, d] = [at(0), at(1), at(2), at(3)]
    const isFilling = a === 0 && b === 0 && c === 0 && d === 0
    if (isFilling || !(score >= minScore) || !(classIndex >= 0)) continue
    const centre = { x: a, y: b, width: c, height: d }
    const box: Found['box'] = decoding.box === 'corners' ? [a, b, c, d] : boxAround(a, b, c, d)
    const extra = extraOf(decoding.extra, (index) => at(6 + index), centre)
    found.push({ classIndex: Math.round(classIndex), score, box, ...extra })
  }
  return suppress(found.map(upright), null)
}

/** Scores of one query's classes. */
const scoresOf = (logits: Float32Array, activation: 'sigmoid' | 'softmax'): Float32Array => {
  if (activation === 'sigmoid') return logits.map(sigmoid)
  const top = logits.reduce((most, value) => Math.max(most, value), -Infinity)
  const powers = logits.map((value) => Math.exp(value - top))
  const sum = powers.reduce((all, value) => all + value, 0)
  return powers.map((value) => value / sum)
}

const ofQueries = (
  decoding: Extract<Decoding, { kind: 'queries' }>,
  outputs: Outputs,
  { width, height }: Frame,
  classes: number,
  minScore: number,
): Found[] => {
  const logits = outputOf(outputs, decoding.logits, 3)
  const boxes = outputOf(outputs, decoding.boxes, 3)
  const [, queries = 0, columns = 0] = logits.dims
  if (boxes.dims[1] !== queries || boxes.dims[2] !== 4) throw new Error('There is not a box for each query.')
  const { firstClass } = decoding
  const found: Found[] = []
  for (let query = 0; query < queries; query++) {
    const scores = scoresOf(logits.data.subarray(query * columns, (query + 1) * columns), decoding.activation)
    const [x = 0, y = 0, w = 0, h = 0] = boxes.data.subarray(query * 4, query * 4 + 4)
    const box = boxAround(x * width, y * height, w * width, h * height)
    // A query may be of several classes: sigmoids do not exclude each other.
    for (let column = firstClass; column < Math.min(columns, firstClass + classes); column++) {
      const score = scores[column]!
      if (!(score >= minScore)) continue
      found.push({
        classIndex: column - firstClass,
        score,
        box,
        rotated: null,
        points: [],
        mask: decoding.masks === null ? null : query,
      })
    }
  }
  return suppress(found, null)
}

const ofLabelled = (
  decoding: Extract<Decoding, { kind: 'labelled' }>,
  outputs: Outputs,
  minScore: number,
): Found[] => {
  const labels = outputOf(outputs, decoding.labels, 2)
  const boxes = outputOf(outputs, decoding.boxes, 3)
  const scores = outputOf(outputs, decoding.scores, 2)
  const found: Found[] = []
  for (let at = 0; at < scores.data.length; at++) {
    const [score, classIndex] = [scores.data[at]!, labels.data[at] ?? -1]
    const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = boxes.data.subarray(at * 4, at * 4 + 4)
    if (!(score >= minScore) || !(classIndex >= 0)) continue
    const box = [x0, y0, x1, y1] as const
    found.push({ classIndex: Math.round(classIndex), score, box, rotated: null, points: [], mask: null })
  }
  return suppress(found, null)
}

/** A query is of the word that fits it best; of two boxes at one place the better stays. */
const ofWords = (
  decoding: Extract<Decoding, { kind: 'words' }>,
  outputs: Outputs,
  { width, height }: Frame,
  minScore: number,
): Found[] => {
  const logits = outputOf(outputs, decoding.logits, 3)
  const boxes = outputOf(outputs, decoding.boxes, 3)
  const [, queries = 0, columns = 0] = logits.dims
  if (boxes.dims[1] !== queries || boxes.dims[2] !== 4) throw new Error('There is not a box for each query.')
  const found: Found[] = []
  for (let query = 0; query < queries; query++) {
    let [best, score] = [0, 0]
    for (const [word, places] of decoding.columns.entries())
      for (const column of places) {
        const value = column < columns ? sigmoid(logits.data[query * columns + column]!) : 0
        if (value > score) [best, score] = [word, value]
      }
    if (!(score >= minScore) || score === 0) continue
    const [x = 0, y = 0, w = 0, h = 0] = boxes.data.subarray(query * 4, query * 4 + 4)
    const box = boxAround(x * width, y * height, w * width, h * height)
    found.push({ classIndex: best, score, box, rotated: null, points: [], mask: null })
  }
  return suppress(found, decoding.nms, false)
}

const isUsable = ({ box, score, points }: Found) =>
  Number.isFinite(score) &&
  box.every(Number.isFinite) &&
  box[2] > box[0] &&
  box[3] > box[1] &&
  points.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))

/** @returns the best first, at most 300 @throws Error when the tensors are not as the recipe says */
export const decode = (
  { decoding, image, classes }: Pick<DetectorRecipe, 'decoding' | 'image' | 'classes'>,
  outputs: Outputs,
  minScore: number,
): Found[] => {
  const all = () => {
    switch (decoding.kind) {
      case 'grid':
        return ofGrid(decoding, outputs, image, classes.length, minScore)
      case 'rows':
        return ofRows(decoding, outputs, minScore)
      case 'queries':
        return ofQueries(decoding, outputs, image, classes.length, minScore)
      case 'labelled':
        return ofLabelled(decoding, outputs, minScore)
      case 'words':
        return ofWords(decoding, outputs, image, minScore)
    }
  }
  return all().filter(isUsable)
}

/** The outputs that a recipe reads. */
export const outputsRead = (decoding: Decoding, withMasks: boolean): string[] => {
  switch (decoding.kind) {
    case 'grid':
    case 'rows':
      return [
        decoding.output,
        ...(withMasks && decoding.extra.kind === 'coefficients' ? [decoding.extra.prototypes] : []),
      ]
    case 'queries':
      return [
        decoding.logits,
        decoding.boxes,
        ...(withMasks && decoding.masks !== null ? [decoding.masks] : []),
      ]
    case 'words':
      return [decoding.logits, decoding.boxes]
    case 'labelled':
      return [decoding.labels, decoding.boxes, decoding.scores]
  }
}

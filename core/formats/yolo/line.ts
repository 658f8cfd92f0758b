/** One line of a YOLO label file as an object. Pure. */
import { maxOf, minOf } from '../../../common/extremes.ts'
import { limits } from '../../../common/limits.ts'
import type { Ring } from '../../../common/model.ts'
import { said } from '../../../common/said.ts'
import type { Refusal } from './lines-of.ts'
import type { ReadObject, ReadShape } from '../../import/objects.ts'
import type { LineKind } from './kinds.ts'

/** Beyond the edge by rounding, as a share. */
const SLACK = 0.01

/** What a line says of its object, without the name of its class. */
export type YoloObject = Pick<ReadObject, 'box' | 'shape' | 'score' | 'lost'> & {
  readonly classIndex: number
}

type Box = ReadObject['box']

const boxOfCentre = ([cx, cy, w, h]: readonly number[]): Box => [
  cx! - w! / 2,
  cy! - h! / 2,
  cx! + w! / 2,
  cy! + h! / 2,
]

const boxAround = (numbers: readonly number[]): Box => {
  const xs = numbers.filter((_, index) => index % 2 === 0)
  const ys = numbers.filter((_, index) => index % 2 === 1)
  return [minOf(xs), minOf(ys), maxOf(xs), maxOf(ys)]
}

const ringOf = (numbers: readonly number[]): Ring =>
  Array.from({ length: Math.floor(numbers.length / 2) }, (_, index): Ring[number] => [
    numbers[2 * index]!,
    numbers[2 * index + 1]!,
  ])

const isShare = (value: number) => value >= -SLACK && value <= 1 + SLACK

const confidenceOf = (value: number | undefined): number | null =>
  value === undefined ? null : Math.min(1, Math.max(0, value))

const box: ReadShape = { type: 'box' }
const TRACK_LOST = said('The number of its track is left out.')
const POSE_LOST = said('Its key points are left out.')

interface Parts {
  /** What must be shares of the image. */
  readonly shares: readonly number[]
  readonly object: Omit<YoloObject, 'classIndex'>
}

const ofBox = (numbers: readonly number[], score: number | undefined, lost?: string): Parts => ({
  shares: numbers.slice(0, 4),
  object: {
    box: boxOfCentre(numbers),
    shape: box,
    score: confidenceOf(score),
    ...(lost === undefined ? {} : { lost }),
  },
})

const ofRing = (numbers: readonly number[], score?: number): Parts => ({
  shares: numbers,
  object: {
    box: boxAround(numbers),
    shape: { type: 'polygon', rings: [ringOf(numbers)] },
    score: confidenceOf(score),
  },
})

/** Corners of a box at the border lie outside, as in DOTA: its middle does not, and it is not twice as large as the image. */
const ofCorners = (numbers: readonly number[], score?: number): Parts => {
  const around = boxAround(numbers)
  const [x0, y0, x1, y1] = around
  return {
    shares: [(x0 + x1) / 2, (y0 + y1) / 2, (x1 - x0) / 2, (y1 - y0) / 2],
    object: {
      box: around,
      shape: { type: 'rotated', corners: ringOf(numbers) },
      score: confidenceOf(score),
    },
  }
}

/** @returns what the numbers behind the class mean; null when a line of this kind has no such number of them */
const partsOf = (numbers: readonly number[], kind: LineKind): Parts | null => {
  const { length } = numbers
  if (kind.type === 'pose') {
    const more = length - 4 - kind.numbers
    return more >= 0 && more <= 2
      ? ofBox(numbers, more > 0 ? numbers[length - more] : undefined, POSE_LOST)
      : null
  }
  if (kind.type === 'tracks' && length >= 5 && length <= 6)
    return ofBox(numbers, length === 6 ? numbers[4] : undefined, TRACK_LOST)
  if (length === 4) return ofBox(numbers, undefined)
  if (length === 5)
    return isShare(numbers[4]!) ? ofBox(numbers, numbers[4]) : ofBox(numbers, undefined, TRACK_LOST)
  if (kind.type === 'corners' && (length === 8 || length === 9))
    return ofCorners(numbers.slice(0, 8), numbers[8])
  return length % 2 === 0 ? ofRing(numbers) : null
}

/** @returns the object, or why the line is none */
export const objectOfLine = (fields: readonly string[], kind: LineKind): YoloObject | Refusal => {
  const numbers = fields.map(Number)
  if (fields.length < 5)
    return (place) =>
      said('{place} has {found} of the 5 numbers of a box; it is left out.', { place, found: fields.length })
  if (numbers.some((value) => !Number.isFinite(value)))
    return (place) => said('{place} is not made of numbers; it is left out.', { place })
  const [classIndex, ...rest] = numbers as [number, ...number[]]
  if (!Number.isInteger(classIndex) || classIndex < 0)
    return (place) =>
      said('{place} has the class {name}, which is no whole number; it is left out.', {
        place,
        name: fields[0]!.slice(0, 40),
      })
  const parts = partsOf(rest, kind)
  if (parts === null)
    return (place) => said('{place} is neither a box nor a polygon; it is left out.', { place })
  if (rest.length > 2 * limits.pointsOfShape)
    return (place) =>
      said('{place} has more than {points, number} points; it is left out.', {
        place,
        points: limits.pointsOfShape,
      })
  if (!parts.shares.every(isShare))
    return (place) => said('{place} has numbers outside of 0 to 1; it is left out.', { place })
  const [x0, y0, x1, y1] = parts.object.box
  if (x1 <= x0 || y1 <= y0)
    return (place) => said('{place} has no width or height; it is left out.', { place })
  return { ...parts.object, classIndex }
}

/**
 * Photos that changed under their objects: when one has, what can become of the objects, and where their points lie in
 * the picture that is there now. Pure.
 */
import { boxOfCorners, cornersOfRotated } from './geometry/measure.ts'
import { rotatedOfCorners } from './geometry/rotated.ts'
import type { Annotation, ImageItem, Prompt, Ring, Shape } from './model.ts'
import { said } from './said.ts'

/** What can become of the objects. Turns are those of the picture: a quarter to the right, to the left. */
export const settlings = ['keep', 'scale', 'turn', 'turn-right', 'turn-left', 'drop'] as const
export type Settling = (typeof settlings)[number]

type Picture = NonNullable<ImageItem['madeOn']>

interface Frame {
  readonly width: number
  readonly height: number
  readonly orientation: number
}

/** The content is another one. A new time alone, as copying gives it, is no change. */
export const isChanged = ({ madeOn, bytes, contentHash }: ImageItem): boolean =>
  madeOn !== null &&
  (madeOn.bytes !== bytes ||
    (madeOn.contentHash !== null && contentHash !== null && madeOn.contentHash !== contentHash))

const frameOf = ({
  width,
  height,
  orientation,
}: Pick<Picture, 'width' | 'height' | 'orientation'>): Frame | null =>
  width === null || height === null ? null : { width, height, orientation: orientation ?? 1 }

const isSameSize = (a: Frame, b: Frame) => a.width === b.width && a.height === b.height

/** Two sides that were each rounded to whole pixels. */
const isSameShape = (a: Frame, b: Frame) =>
  Math.abs(a.width * b.height - a.height * b.width) <= Math.max(a.width, a.height, b.width, b.height)

const swapped = ({ width, height, orientation }: Frame): Frame => ({
  width: height,
  height: width,
  orientation,
})

const storedOf = (frame: Frame) => (frame.orientation >= 5 ? swapped(frame) : frame)

/** The pixels are stored as before and shown another way: only the tag was changed, so the turn is known. */
const isRetagged = (from: Frame, to: Frame) =>
  from.orientation !== to.orientation &&
  isSameSize(storedOf(from), storedOf(to)) &&
  // A square that was written anew, upright, looks the same from outside.
  from.width !== from.height

/** The ways that fit this change, the likeliest first; `keep` and `drop` are always there. */
export const settlingsOf = (
  item: Pick<ImageItem, 'madeOn' | 'width' | 'height' | 'orientation'>,
): Settling[] => {
  const from = item.madeOn && frameOf(item.madeOn)
  const to = frameOf(item)
  if (!from || !to) return ['keep', 'drop']
  if (isRetagged(from, to)) return ['turn', 'keep', 'drop']
  if (isSameSize(from, to)) return ['keep', 'drop']
  if (isSameShape(from, to)) return ['scale', 'keep', 'drop']
  if (isSameShape(from, swapped(to))) return ['turn-right', 'turn-left', 'keep', 'drop']
  return ['scale', 'keep', 'drop']
}

type Point = readonly [x: number, y: number]
type Turn = (point: Point) => [number, number]

/** From the stored to the upright frame by EXIF's numbers, in shares of the sides. */
const upright: Readonly<Record<number, Turn>> = {
  1: ([x, y]) => [x, y],
  2: ([x, y]) => [1 - x, y],
  3: ([x, y]) => [1 - x, 1 - y],
  4: ([x, y]) => [x, 1 - y],
  5: ([x, y]) => [y, x],
  6: ([x, y]) => [1 - y, x],
  7: ([x, y]) => [1 - y, 1 - x],
  8: ([x, y]) => [y, 1 - x],
}
/** All others are their own reverse. */
const reverses: Readonly<Record<number, number>> = { 6: 8, 8: 6 }

const turnBy = (orientation: number): Turn => upright[orientation] ?? upright[1]!

const turnFor = (how: Settling, from: Frame, to: Frame): Turn => {
  if (how === 'turn-right') return turnBy(6)
  if (how === 'turn-left') return turnBy(8)
  if (how !== 'turn') return turnBy(1)
  const back = turnBy(reverses[from.orientation] ?? from.orientation)
  return (point) => turnBy(to.orientation)(back(point))
}

const box = ([ax, ay]: Point, [bx, by]: Point) => ({
  x0: Math.min(ax, bx),
  y0: Math.min(ay, by),
  x1: Math.max(ax, bx),
  y1: Math.max(ay, by),
})

/**
 * The same objects in the picture that is there now; `keep` leaves every number as it is.
 * @returns null when one of the two sizes is not known
 */
export const movedTo = (
  item: Pick<ImageItem, 'madeOn' | 'width' | 'height' | 'orientation'>,
  how: Exclude<Settling, 'drop'>,
): ((annotation: Annotation) => Annotation) | null => {
  if (how === 'keep') return (annotation) => annotation
  const from = item.madeOn && frameOf(item.madeOn)
  const to = frameOf(item)
  if (!from || !to) return null
  const turn = turnFor(how, from, to)
  const move = ([x, y]: Point): [number, number] => {
    const [u, v] = turn([x / from.width, y / from.height])
    return [u * to.width, v * to.height]
  }
  const ring = (points: Ring): Ring => points.map(move)
  const shape = (given: Shape): Shape => {
    if (given.type === 'polygon')
      return {
        ...given,
        parts: given.parts.map(({ outer, holes }) => ({ outer: ring(outer), holes: holes.map(ring) })),
      }
    if (given.type === 'polyline') return { ...given, points: ring(given.points) }
    if (given.type === 'rotated-rectangle') return rotatedOfCorners(ring(cornersOfRotated(given)))
    if (given.type === 'point') {
      const [x, y] = move([given.x, given.y])
      return { ...given, x, y }
    }
    const corners = box(move([given.x, given.y]), move([given.x + given.width, given.y + given.height]))
    return { ...given, ...boxOfCorners(corners) }
  }
  const prompt = (given: Prompt): Prompt => {
    if (given.type === 'box')
      return { ...given, ...box(move([given.x0, given.y0]), move([given.x1, given.y1])) }
    const [x, y] = move([given.x, given.y])
    return { ...given, x, y }
  }
  return (annotation) => ({
    ...annotation,
    shape: shape(annotation.shape),
    prompts: annotation.prompts.map(prompt),
  })
}

const sizeText = ({ width, height }: Pick<Picture, 'width' | 'height'>): string | null =>
  width === null || height === null ? null : `${width} × ${height}`

/** What happened, in words for the user, for window, terminal and report. */
export const changeText = (item: Pick<ImageItem, 'madeOn' | 'width' | 'height' | 'orientation'>): string => {
  const before = item.madeOn && sizeText(item.madeOn)
  const now = sizeText(item)
  if (before !== null && now !== null && before !== now)
    return said(
      'The photo has changed since its objects were made: it was {before} pixels and has {now} now.',
      { before, now },
    )
  return settlingsOf(item)[0] === 'turn'
    ? said('The photo has changed since its objects were made: it was turned.')
    : said('The photo has changed since its objects were made.')
}

/**
 * An object as it was read -> a shape that the project can hold: in pixels of the upright image, within it, made of
 * simple rings. What has to be changed for that is said; what can't be is a problem. Pure.
 */
import { CodedError } from '../../common/errors.ts'
import { clipToImage, nestRings } from '../../common/geometry/clip.ts'
import { bboxOf, boxOfRing, countVertices, signedArea } from '../../common/geometry/measure.ts'
import type { Size } from '../../common/geometry/point.ts'
import { polygonOfRaster } from '../../common/geometry/mask-to-polygon.ts'
import { rasterise } from '../../common/geometry/rasterise.ts'
import { rotatedOfRing } from '../../common/geometry/rotated.ts'
import { splitRing } from '../../common/geometry/split-ring.ts'
import { entangledEdges } from '../../common/geometry/validity.ts'
import { limits } from '../../common/limits.ts'
import type { Part, Ring, RotatedRectangle, Shape } from '../../common/model.ts'
import { said } from '../../common/said.ts'
import type { ReadObject } from './objects.ts'
import { polygonOfMaskShape } from './mask-shape.ts'
import { storedSizeOf, turnShape } from './turned.ts'

export interface FittedObject {
  readonly shape: Shape
  /** What became of it on the way, in sentences. */
  readonly changes: readonly string[]
}

/** Sides may differ by rounding: a picture of 4032 x 3024 scaled to 640 x 480. As a share of a side. */
const RATIO_SLACK = 0.01

/** Factors from the file's numbers to pixels of the image, or why there are none. */
const scaleOf = (
  { unit, size }: Pick<ReadObject, 'unit' | 'size'>,
  image: Size,
): { readonly x: number; readonly y: number; readonly change: string | null } | string => {
  if (unit === 'share') return { x: image.width, y: image.height, change: null }
  if (size === null || (size.width === image.width && size.height === image.height))
    return { x: 1, y: 1, change: null }
  const [x, y] = [image.width / size.width, image.height / size.height]
  const sizes = { theirs: `${size.width} x ${size.height}`, size: `${image.width} x ${image.height}` }
  if (Math.abs(x / y - 1) > RATIO_SLACK)
    return said('It is of a picture of {theirs}, the image has {size}, which is another shape', sizes)
  return { x, y, change: said('Scaled: the labels are of {theirs}, the image has {size}.', sizes) }
}

/** Millionths of a pixel: what differs less is the same number, written by another program. */
const rounded = (value: number) => Math.round(value * 1e6) / 1e6

const isGood = (ring: Ring): boolean =>
  ring.every(([x, y]) => Math.abs(x) <= limits.coordinate && Math.abs(y) <= limits.coordinate)

const scaledRing = (ring: Ring, { x, y }: { readonly x: number; readonly y: number }): Ring =>
  x === 1 && y === 1 ? ring : ring.map(([px, py]) => [rounded(px * x), rounded(py * y)])

/** One that crosses itself may have as much on one side as on the other. */
const hasArea = (ring: Ring) => {
  if (ring.length < 3) return false
  const { width, height } = boxOfRing(ring)
  return signedArea(ring) !== 0 || (width > 0 && height > 0)
}

/** Rings of more points are made anew without a look: finding crossings may take the square of their number. */
const LOOKED_POINTS = 20_000

/** Every corner of the pixels, no speck left out. */
const exact = { tolerance: 0, minArea: 0, minShare: 0 }

const CROSSING = said('Its outline crossed itself: it was made anew from the pixels that it covers.')

/** A polygon without crossings: of a part whose rings cross, the pixels that it covers. */
const untangled = (parts: readonly Part[], image: Size): { parts: Part[]; isChanged: boolean } => {
  let isChanged = false
  const made = parts.flatMap((part): readonly Part[] => {
    const rings = [part.outer, ...part.holes]
    const points = rings.reduce((sum, ring) => sum + ring.length, 0)
    if (points <= LOOKED_POINTS && entangledEdges(rings, 1).size === 0) return [part]
    isChanged = true
    const raster = rasterise({ type: 'polygon', parts: [part] }, image.width, image.height)
    return polygonOfRaster(raster, image.width, image.height, exact)?.parts ?? []
  })
  return { parts: made, isChanged }
}

/** Each of the file's rings is a part, or several with holes that hang together by lines of no width. */
const partsOfRings = (rings: readonly Ring[]): Part[] =>
  rings.flatMap((ring) => {
    const split = splitRing(ring).filter(hasArea)
    const [first, second] = split
    if (first === undefined) return []
    return second === undefined ? [{ outer: first, holes: [] }] : nestRings(split)
  })

type Fitted = { readonly shape: Shape; readonly change?: string | undefined } | string

const rectangleOf = ([x0, y0, x1, y1]: ReadObject['box'], { x, y }: { x: number; y: number }): Fitted => {
  const [left, top] = [rounded(x0 * x), rounded(y0 * y)]
  const [width, height] = [rounded(x1 * x) - left, rounded(y1 * y) - top]
  if (![left, top, width, height].every(Number.isFinite)) return said('It has numbers that are none')
  if (width <= 0 || height <= 0) return said('It has no width or height')
  return { shape: { type: 'rectangle', x: left, y: top, width: rounded(width), height: rounded(height) } }
}

const polygonOfParts = (parts: readonly Part[], image: Size): Fitted => {
  if (parts.length === 0) return said('Its outline has fewer than three points, or no area')
  const clean = untangled(parts, image)
  if (clean.parts.length === 0) return said('Its outline covers nothing')
  return {
    shape: { type: 'polygon', parts: clean.parts },
    change: clean.isChanged ? CROSSING : undefined,
  }
}

const tooMany = (rings: readonly Ring[]): string | null => {
  if (rings.length > limits.ringsOfShape) return said('It has {rings, number} rings', { rings: rings.length })
  const points = rings.reduce((sum, ring) => sum + ring.length, 0)
  return points > limits.pointsOfShape ? said('Its outline has {points, number} points', { points }) : null
}

const lineOf = (points: Ring, scale: { x: number; y: number }): Fitted => {
  const line = scaledRing(points, scale)
  if (line.length < 2) return said('Its line has fewer than two points')
  if (line.length > limits.pointsOfShape)
    return said('Its line has {points, number} points', { points: line.length })
  return isGood(line) ? { shape: { type: 'polyline', points: line } } : said('It has numbers that are none')
}

const shapeOf = (
  { shape, box }: Pick<ReadObject, 'shape' | 'box'>,
  scale: { x: number; y: number },
  image: Size,
): Fitted => {
  if (shape.type === 'box') return rectangleOf(box, scale)
  if (shape.type === 'point') {
    const at = scaledRing([[(box[0] + box[2]) / 2, (box[1] + box[3]) / 2]], scale)
    const [x, y] = at[0]!
    return isGood(at) ? { shape: { type: 'point', x, y } } : said('It has numbers that are none')
  }
  if (shape.type === 'line') return lineOf(shape.points, scale)
  if (shape.type === 'rotated') {
    const corners = scaledRing(shape.corners, scale)
    const rotated = isGood(corners) ? rotatedOfRing(corners) : null
    if (rotated && hasMiddleIn(rotated, image)) return { shape: rotated }
    return shapeOf({ shape: { type: 'polygon', rings: [shape.corners] }, box }, scale, image)
  }
  if (shape.type === 'mask' || shape.type === 'raster') {
    const polygon = polygonOfMaskShape(shape)
    if (polygon === null) return said('Its mask is empty')
    const parts = scale.x === 1 && scale.y === 1 ? polygon.parts : scaledParts(polygon.parts, scale)
    return { shape: { type: 'polygon', parts: [...parts] } }
  }
  if (shape.type === 'flat')
    return shapeOf({ shape: { type: 'polygon', rings: shape.rings.map(ringOfFlat) }, box }, scale, image)
  const given =
    shape.type === 'polygon' ? shape.rings : shape.parts.flatMap(({ outer, holes }) => [outer, ...holes])
  const problem = tooMany(given)
  if (problem !== null) return problem
  if (shape.type === 'parts') {
    const parts = scaledParts(shape.parts, scale)
    const isNumbers = parts.every(({ outer, holes }) => [outer, ...holes].every(isGood))
    return isNumbers ? polygonOfParts(parts, image) : said('It has numbers that are none')
  }
  const rings = shape.rings.map((ring) => scaledRing(ring, scale))
  return rings.every(isGood)
    ? polygonOfParts(partsOfRings(rings), image)
    : said('It has numbers that are none')
}

const ringOfFlat = (numbers: readonly number[]): Ring =>
  Array.from({ length: numbers.length / 2 }, (_, at): Ring[number] => [
    numbers[2 * at]!,
    numbers[2 * at + 1]!,
  ])

const scaledParts = (parts: readonly Part[], scale: { x: number; y: number }): Part[] =>
  parts.map(({ outer, holes }) => ({
    outer: scaledRing(outer, scale),
    holes: holes.map((hole) => scaledRing(hole, scale)),
  }))

/** Less than this past the border, pixels, is rounding and not worth a line. */
const SLACK = 0.01

const sticksOut = (shape: Shape, { width, height }: Size) => {
  const box = bboxOf(shape)
  return (
    box.x < -SLACK ||
    box.y < -SLACK ||
    box.x + box.width > width + SLACK ||
    box.y + box.height > height + SLACK
  )
}

const sizeOfText = (shape: Shape) =>
  shape.type === 'polygon' || shape.type === 'polyline' ? JSON.stringify(shape).length : 0

/** Points of which the text may be too long. */
const MANY_POINTS = 50_000

/** Said of labels of the picture as it is stored. */
export const TURNED = said('Turned: the labels are of the photo without the turn that its EXIF tag asks for.')

/**
 * The object's shape in the image, or why it has none; a sentence without its full stop.
 * @param image the upright size
 * @param orientation EXIF's, 1-8, of the image's file
 */
export const fitObject = (
  object: ReadObject,
  image: Size,
  orientation = 1,
): FittedObject | { readonly problem: string } => {
  const stored = storedSizeOf(object.size, image, orientation)
  if (stored === null) return fitUpright(object, image)
  const fitted = fitUpright(object, stored)
  if ('problem' in fitted) return fitted
  return { shape: turnShape(fitted.shape, stored, orientation), changes: [TURNED, ...fitted.changes] }
}

/** A turned box at the border stays whole, as its file has it: cut, it would be none any more. */
const hasMiddleIn = ({ cx, cy }: RotatedRectangle, { width, height }: Size) =>
  cx >= 0 && cy >= 0 && cx <= width && cy <= height

const fitUpright = (object: ReadObject, image: Size): FittedObject | { readonly problem: string } => {
  const scale = scaleOf(object, image)
  if (typeof scale === 'string') return { problem: scale }
  let made: Fitted
  try {
    made = shapeOf(object, scale, image)
  } catch (thrown) {
    if (!(thrown instanceof CodedError)) throw thrown
    return { problem: thrown.message.replace(/\.$/, '') }
  }
  if (typeof made === 'string') return { problem: made }
  const isWhole = made.shape.type === 'rotated-rectangle'
  const isOut = !isWhole && sticksOut(made.shape, image)
  const shape = isWhole ? made.shape : clipToImage(made.shape, image)
  const nothing = made.shape.type === 'polyline' ? said('It has no length') : said('It has no area')
  if (shape === null) return { problem: isOut ? said('It lies outside the image') : nothing }
  if (countVertices(shape) > MANY_POINTS && sizeOfText(shape) > limits.shapeBytes)
    return { problem: said('Its outline is too long to be kept') }
  const changes = [scale.change, made.change, isOut ? said('Clipped to the image.') : null]
  return { shape, changes: changes.filter((change) => typeof change === 'string') }
}

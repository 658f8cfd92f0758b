/**
 * What a line of the table says of an object. The first eight columns are those that TensorFlow's and Roboflow's object
 * detection tables have. Pure. See docs/formats.md.
 */
import { areaOf, bboxOf, ringsOfPart } from '../../../common/geometry/measure.ts'
import type { BareShape, Polygon, Ring } from '../../../common/model.ts'
import type { FittedShape } from '../../export/fit.ts'

export const CSV_COLUMNS = [
  'filename',
  'width',
  'height',
  'class',
  'xmin',
  'ymin',
  'xmax',
  'ymax',
  'area',
  'score',
  'source',
  'polygon',
] as const

/** What is added on request: of the object, then of its image, which is said on each of its lines. */
export const CSV_EXTRAS = ['group_id', 'track_id', 'attributes', 'tags', 'flag', 'reviewed'] as const

/** Hundredths of a pixel, as in COCO's files. */
const hundredths = (value: number) => Math.round(value * 100) / 100

const placeText = ([x, y]: Ring[number]) => `${hundredths(x)} ${hundredths(y)}`

const ringText = (ring: Ring) => `(${[...ring, ring[0]!].map(placeText).join(', ')})`

/** The polygon as well-known text (OGC 06-103r4): x y in image pixels, rings closed, outer ring first. */
export const wktOf = ({ parts }: Polygon): string => {
  const bodies = parts.map((part) => `(${ringsOfPart(part).map(ringText).join(', ')})`)
  return bodies.length === 1 ? `POLYGON ${bodies[0]}` : `MULTIPOLYGON (${bodies.join(', ')})`
}

/** A point or a line as well-known text. */
export const wktOfBare = (shape: BareShape): string =>
  shape.type === 'point'
    ? `POINT (${placeText([shape.x, shape.y])})`
    : `LINESTRING (${shape.points.map(placeText).join(', ')})`

/** The same measures, of what covers nothing. */
export const measuresOfBare = (shape: BareShape): readonly number[] => {
  const { x, y, width, height } = bboxOf(shape)
  return [x, y, x + width, y + height, 0].map(hundredths)
}

const inHundredths = (ring: Ring): Ring => ring.map(([x, y]) => [hundredths(x), hundredths(y)])

/** xmin, ymin, xmax, ymax and the area of the region as it is written, image pixels. */
export const measuresOf = ({ box, polygon: { parts } }: FittedShape): readonly number[] => {
  const written: Polygon = {
    type: 'polygon',
    parts: parts.map(({ outer, holes }) => ({ outer: inHundredths(outer), holes: holes.map(inHundredths) })),
  }
  return [box.x, box.y, box.x + box.width, box.y + box.height, areaOf(written)].map(hundredths)
}

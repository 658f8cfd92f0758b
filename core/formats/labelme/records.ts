/**
 * The records of labelme's JSON, as its label file has them since version 5 (labelme/_label_file.py); AnyLabeling and
 * X-AnyLabeling read the same. Coordinates are image pixels from the corner of the first pixel, as ours. Pure.
 */
import { joinParts } from '../../../common/geometry/join.ts'
import { cornersOfRotated } from '../../../common/geometry/measure.ts'
import type { Annotation, Part, Ring } from '../../../common/model.ts'
import { marksOf, type Marks } from '../../export/extras.ts'
import type { BareObject, FittedObject } from '../../export/objects.ts'

/** labelme writes its own version here and reads any. */
const VERSION = '7.0.0'

export interface LabelmeShape {
  readonly label: string
  readonly points: Ring
  /** Shapes of one image with the same number are one object. */
  readonly group_id: number | null
  readonly description: string
  readonly shape_type: 'polygon' | 'rectangle' | 'rotation' | 'point' | 'linestrip'
  readonly flags: Readonly<Record<string, boolean>>
  readonly score?: number
  /** Of a rotation, radians: X-AnyLabeling's. */
  readonly direction?: number
  /** As X-AnyLabeling has them; yes and no stand in `flags`. */
  readonly attributes?: Readonly<Record<string, string | number | boolean>>
  /** Objects of one image with the same number belong together. */
  readonly object_group?: number
  readonly track_id?: number
}

/** The attribute that labelme has a field of its own for. */
export const DESCRIPTION = 'description'

const extrasOfShape = ({ attributes, groupId, trackId }: Annotation) => {
  const entries = Object.entries(attributes)
  const description = attributes[DESCRIPTION]
  const rest = entries.filter(
    ([name, value]) =>
      typeof value !== 'boolean' && !(name === DESCRIPTION && typeof value === 'string' && value !== ''),
  )
  return {
    description: typeof description === 'string' ? description : '',
    flags: Object.fromEntries(
      entries.filter((entry): entry is [string, boolean] => typeof entry[1] === 'boolean'),
    ),
    ...(rest.length === 0 ? {} : { attributes: Object.fromEntries(rest) }),
    ...(groupId === null ? {} : { object_group: groupId }),
    ...(trackId === null ? {} : { track_id: trackId }),
  }
}

/** Millionths of a pixel: a corner is a sum, whose last digits would be others after each import. */
const millionths = (value: number) => Math.round(value * 1e6) / 1e6

/** One ring a part, its holes cut in. */
const ringOf = (part: Part): Ring =>
  part.holes.length === 0 ? part.outer : joinParts({ type: 'polygon', parts: [part] }, { keepHoles: true })

interface Written {
  readonly name: string
  readonly withScore: boolean
  /** Rotated rectangles as X-AnyLabeling has them, which labelme does not open. */
  readonly withRotation: boolean
  readonly withExtras: boolean
  readonly group: () => number
}

/** The object's shapes: one, or one a part. @param group numbers an object of several parts, unlike any before */
export const shapesOf = (
  object: FittedObject | BareObject,
  { name, withScore, withRotation, withExtras, group }: Written,
): LabelmeShape[] => {
  const { annotation } = object
  const extras = withExtras ? extrasOfShape(annotation) : { description: '', flags: {} }
  const score = withScore && annotation.score !== null ? { score: annotation.score } : {}
  const shape = (points: Ring, shape_type: LabelmeShape['shape_type'], group_id: number | null) => ({
    label: name,
    points,
    group_id,
    shape_type,
    ...extras,
    ...score,
  })
  if ('bare' in object)
    return [
      object.bare.type === 'point'
        ? shape([[object.bare.x, object.bare.y]], 'point', null)
        : shape(object.bare.points, 'linestrip', null),
    ]
  const { fitted } = object
  const { x, y, width, height } = fitted.box
  const given = annotation.shape
  if (withRotation && given.type === 'rotated-rectangle' && !fitted.isClipped)
    return [{ ...shape(cornersOfRotated(given), 'rotation', null), direction: given.angle }]
  if (given.type === 'rectangle') {
    const corners: Ring = [
      [millionths(x), millionths(y)],
      [millionths(x + width), millionths(y + height)],
    ]
    return [shape(corners, 'rectangle', null)]
  }
  const rings = fitted.polygon.parts.map(ringOf)
  const id = rings.length > 1 ? group() : null
  return rings.map((ring) => shape(ring, 'polygon', id))
}

/** What is said of an image: its tags are flags, which labelme shows. */
const marksOfFile = (marks: Marks | null) => {
  const { tags = [], ...rest } = marks === null ? {} : marksOf(marks)
  return { flags: Object.fromEntries(tags.map((tag) => [tag, true])), ...rest }
}

/** The text of a file. @param imagePath from the file's folder, with forward slashes @param marks null: not asked for */
export const labelmeText = (
  imagePath: string,
  { width, height }: { readonly width: number; readonly height: number },
  shapes: readonly LabelmeShape[],
  marks: Marks | null,
): string =>
  `${JSON.stringify(
    {
      version: VERSION,
      ...marksOfFile(marks),
      shapes,
      imagePath,
      imageData: null,
      imageHeight: height,
      imageWidth: width,
    },
    null,
    2,
  )}\n`

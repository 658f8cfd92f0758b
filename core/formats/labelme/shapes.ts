/**
 * Shapes of labelme's JSON as objects; those of AnyLabeling and X-AnyLabeling too, which have a few more kinds
 * (`rotation`, `quadrilateral`) and rectangles of four corners. Pure, but for the PNG of a mask.
 */
import { shapeOf } from '../../import/places.ts'
import { z } from 'zod'
import { CodedError } from '../../../common/errors.ts'
import type { Size } from '../../../common/geometry/point.ts'
import { boxOfRing } from '../../../common/geometry/measure.ts'
import { cleanLabelName } from '../../../common/label-name.ts'
import { limits } from '../../../common/limits.ts'
import type { Ring } from '../../../common/model.ts'
import { checkValue } from '../../../common/plain-faults.ts'
import { said } from '../../../common/said.ts'
import {
  isRecord,
  readAttributes,
  readMarks,
  readNumber,
  type ReadExtras,
  type ReadMarks,
} from '../../import/extras.ts'
import { readProblem, type LoadedObjects, type ReadObject, type ReadShape } from '../../import/objects.ts'
import { DESCRIPTION } from './records.ts'
import { rasterWhere, readPngSamples } from '../../import/png-samples.ts'

const side = z.number().positive().nullable().catch(null)
export const labelmeSchema = z.object({
  shapes: z.array(z.unknown()).max(limits.objectsOfImage * 10),
  imageWidth: side.optional(),
  imageHeight: side.optional(),
  flags: z.unknown().optional(),
  flag: z.unknown().optional(),
})

const shapeSchema = z.object({
  label: z.union([z.string(), z.number().transform(String)]),
  points: z.array(z.tuple([z.number(), z.number()], z.unknown())).max(limits.pointsOfShape),
  shape_type: z.string().nullish(),
  group_id: z.union([z.number(), z.string()]).nullish(),
  score: z.number().nullish().catch(null),
  mask: z.string().nullish(),
  flags: z.unknown().optional(),
  description: z.unknown().optional(),
  difficult: z.unknown().optional(),
  attributes: z.unknown().optional(),
  object_group: z.unknown().optional(),
  track_id: z.unknown().optional(),
})
type Shape = z.infer<typeof shapeSchema>

/** Points of a circle: the polygon has the circle's area, and lies within a five hundredth of its radius. */
const CIRCLE_POINTS = 64

/** A circle is its centre and a point on it. */
const circleOf = ([centre, edge]: Ring): Ring => {
  const [x, y] = centre!
  const step = (2 * Math.PI) / CIRCLE_POINTS
  const radius = Math.hypot(edge![0] - x, edge![1] - y) * Math.sqrt(step / Math.sin(step))
  return Array.from({ length: CIRCLE_POINTS }, (_, index) => [
    x + radius * Math.cos(index * step),
    y + radius * Math.sin(index * step),
  ])
}

/** What a shape is: the ring around it, a box, or pixels; or why it is no object. */
type Made =
  | { readonly ring: Ring }
  | { readonly box: Ring }
  | { readonly shape: ReadShape; readonly box: Ring }
  | string

const ofMask = ({ points, mask }: Shape, where: string): Made => {
  if (typeof mask !== 'string' || points.length === 0)
    return said('{place} has no mask; it is left out.', { place: where })
  const [x, y] = points[0]!
  const raster = rasterWhere(
    readPngSamples(Buffer.from(mask, 'base64'), said('the mask of {where}', { where })),
    Boolean,
    {
      x: Math.max(0, Math.round(x)),
      y: Math.max(0, Math.round(y)),
    },
  )
  if (raster === null) return said('{place} has an empty mask; it is left out.', { place: where })
  const { x: left, y: top, width, height } = raster
  return {
    shape: { type: 'raster', raster },
    box: [
      [left, top],
      [left + width, top + height],
    ],
  }
}

const tooFew = (place: string, points: Ring) =>
  said('{place} has {points, number} points; it is left out.', { place, points: points.length })

const makeShape = (shape: Shape, where: string): Made => {
  const points: Ring = shape.points.map(([x, y]) => [x, y])
  const type = shape.shape_type ?? 'polygon'
  switch (type) {
    case 'polygon':
    case 'quadrilateral':
      return points.length < 3 ? tooFew(where, points) : { ring: points }
    case 'rotation':
      if (points.length < 3) return tooFew(where, points)
      return points.length === 4
        ? { shape: { type: 'rotated', corners: points }, box: points }
        : { ring: points }
    case 'point':
      return points.length === 1 ? { shape: { type: 'point' }, box: points } : tooFew(where, points)
    case 'line':
    case 'linestrip':
      return points.length < 2 ? tooFew(where, points) : { shape: { type: 'line', points }, box: points }
    case 'rectangle':
      return points.length < 2 ? tooFew(where, points) : { box: points }
    case 'circle':
      return points.length < 2 ? tooFew(where, points) : { ring: circleOf(points) }
    case 'mask':
      return ofMask(shape, where)
    default:
      return said('{place} is of the kind {type}, which is not known; it is left out.', {
        place: where,
        type: type.slice(0, 40),
      })
  }
}

const cornersOf = (ring: Ring): ReadObject['box'] => {
  const { x, y, width, height } = boxOfRing(ring)
  return [x, y, x + width, y + height]
}

const ringOfBox = (points: Ring): Ring => {
  const [x0, y0, x1, y1] = cornersOf(points)
  return [
    [x0, y0],
    [x1, y0],
    [x1, y1],
    [x0, y1],
  ]
}

/** Parts of one object: shapes of one class with one group. */
interface Group {
  readonly object: Omit<ReadObject, 'box' | 'shape'> & { readonly number: number | null }
  readonly rings: Ring[]
  /** A rectangle that is alone stays one. */
  isBox: boolean
}

const shapeOfGroup = ({ rings, isBox }: Group): ReadShape =>
  isBox && rings.length === 1 ? { type: 'box' } : { type: 'polygon', rings }

/** A field may stand for an attribute of its name. */
const isSaid = (value: unknown) => typeof value === 'string' && value.trim() !== ''

/** labelme's flags and description, X-AnyLabeling's attributes and `difficult`, and what our own export adds. */
const extrasOfShape = (shape: Shape): { extras?: ReadExtras; lost?: string } => {
  const given = {
    ...(isRecord(shape.attributes) ? shape.attributes : {}),
    ...(isRecord(shape.flags) ? shape.flags : {}),
    ...(isSaid(shape.description) ? { [DESCRIPTION]: shape.description } : {}),
    ...(shape.difficult === true ? { difficult: true } : {}),
  }
  const { attributes, lost } = readAttributes(given)
  const [groupId, trackId] = [readNumber(shape.object_group), readNumber(shape.track_id)]
  if (Object.keys(attributes).length === 0 && groupId === null && trackId === null && lost === null) return {}
  return { extras: { attributes, groupId, trackId }, ...(lost === null ? {} : { lost }) }
}

/** Shapes of several classes with one number belong together; of one class they are parts of one object. */
const withGroups = (objects: readonly (ReadObject & { readonly number: number | null })[]): ReadObject[] => {
  const classes = new Map<number, Set<string>>()
  for (const { number, label } of objects)
    if (number !== null) classes.set(number, (classes.get(number) ?? new Set()).add(label))
  return objects.map(({ number, ...object }) =>
    number === null || (classes.get(number)?.size ?? 0) < 2 || (object.extras?.groupId ?? null) !== null
      ? object
      : { ...object, extras: { ...object.extras, groupId: number } },
  )
}

/** The image's flags that are set are its tags. */
const marksOf = ({ flags, flag }: z.infer<typeof labelmeSchema>): ReadMarks | null =>
  readMarks(isRecord(flags) ? Object.keys(flags).filter((name) => flags[name] === true) : [], flag)

/** What a class without a name is called. */
const NAMELESS = 'unnamed'

/** @param where the file, for reports */
export const objectsOfShapes = (file: z.infer<typeof labelmeSchema>, where: string): LoadedObjects => {
  const { shapes, imageWidth, imageHeight } = file
  const size: Size | null = imageWidth && imageHeight ? { width: imageWidth, height: imageHeight } : null
  const problems: LoadedObjects['problems'][number][] = []
  const groups = new Map<string, Group>()
  const objects: ((ReadObject & Pick<Group['object'], 'number'>) | Group)[] = []
  for (const [index, value] of shapes.entries()) {
    const place = shapeOf(where, index + 1)
    const leaveOut = (message: string) => problems.push(readProblem(null, message))
    const checked = checkValue(shapeSchema, value)
    if ('fault' in checked) {
      leaveOut(
        said('{where} is no object ({fault}); it is left out.', { where: place, fault: checked.fault }),
      )
      continue
    }
    const { label, group_id: group, score } = checked.data
    let made: Made
    try {
      made = makeShape(checked.data, place)
    } catch (thrown) {
      if (!(thrown instanceof CodedError)) throw thrown
      made = said("{place} has a mask that can't be read ({why}); it is left out.", {
        place,
        why: thrown.message,
      })
    }
    if (typeof made === 'string') {
      leaveOut(made)
      continue
    }
    const name = cleanLabelName(label) || NAMELESS
    const object = {
      label: name,
      unit: 'pixel',
      score: score ?? null,
      size,
      where: place,
      number: readNumber(group),
      ...extrasOfShape(checked.data),
    } as const
    if ('shape' in made) {
      objects.push({ ...object, box: cornersOf(made.box), shape: made.shape })
      continue
    }
    const [ring, isBox] = 'ring' in made ? [made.ring, false] : [ringOfBox(made.box), true]
    const key = group === undefined || group === null ? null : `${group} ${name}`
    const known = key === null ? undefined : groups.get(key)
    if (known !== undefined) {
      known.rings.push(ring)
      known.isBox = false
      continue
    }
    const fresh: Group = { object, rings: [ring], isBox }
    if (key !== null) groups.set(key, fresh)
    objects.push(fresh)
  }
  const read = objects.map((one) =>
    'rings' in one ? { ...one.object, box: cornersOf(one.rings.flat()), shape: shapeOfGroup(one) } : one,
  )
  return { objects: withGroups(read), problems, marks: marksOf(file) }
}

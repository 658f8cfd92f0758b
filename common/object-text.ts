/**
 * Objects as text for the system's clipboard: labelme's JSON, so that other programs can read and write it. What labelme
 * cannot say is added: `holes` of a ring, which others leave out. A text that comes in is a stranger's until it was checked
 * here. docs/clipboard.md describes it.
 */
import { z } from 'zod'
import { cleanLabelName } from './label-name.ts'
import { limits } from './limits.ts'
import { cornersOfRotated } from './geometry/measure.ts'
import { rotatedOfRing } from './geometry/rotated.ts'
import {
  annotationSchema,
  shapeSchema,
  type Annotation,
  type Part,
  type Polygon,
  type Ring,
  type Shape,
} from './model.ts'

/** labelme's, of which the shapes are. */
const VERSION = '7.0.0'

/** The longest text that is looked at, UTF-16 units. */
const LONGEST = limits.shapesOfImageBytes

/** What is said of an object besides its class. */
export type Told = Partial<Pick<Annotation, 'attributes' | 'groupId'>>

export interface NamedShape extends Told {
  /** Of the class. */
  readonly name: string
  /** Image pixels. */
  readonly shape: Shape
}

interface TextShape {
  readonly label: string
  readonly shape_type: 'polygon' | 'rectangle' | 'rotation' | 'point' | 'linestrip'
  readonly points: Ring
  readonly holes?: readonly Ring[]
  /** Shapes with the same number are parts of one object. */
  readonly group_id: number | null
  /** Of a rotation, radians: X-AnyLabeling's. */
  readonly direction?: number
}

/** As in our labelme files: what is yes or no are labelme's flags, all else X-AnyLabeling's attributes. */
const saidOf = ({ attributes = {}, groupId = null }: Told) => {
  const entries = Object.entries(attributes)
  const flags = entries.filter(([, value]) => typeof value === 'boolean')
  const rest = entries.filter(([, value]) => typeof value !== 'boolean')
  return {
    ...(flags.length > 0 ? { flags: Object.fromEntries(flags) } : {}),
    ...(rest.length > 0 ? { attributes: Object.fromEntries(rest) } : {}),
    ...(groupId === null ? {} : { object_group: groupId }),
  }
}

const plainShapesOf = ({ name, shape }: NamedShape, group: number): TextShape[] => {
  if (shape.type === 'rectangle') {
    const { x, y, width, height } = shape
    const points: Ring = [
      [x, y],
      [x + width, y + height],
    ]
    return [{ label: name, shape_type: 'rectangle', points, group_id: null }]
  }
  if (shape.type === 'rotated-rectangle') {
    const points = cornersOfRotated(shape)
    return [{ label: name, shape_type: 'rotation', points, direction: shape.angle, group_id: null }]
  }
  if (shape.type === 'point')
    return [{ label: name, shape_type: 'point', points: [[shape.x, shape.y]], group_id: null }]
  if (shape.type === 'polyline')
    return [{ label: name, shape_type: 'linestrip', points: shape.points, group_id: null }]
  const group_id = shape.parts.length > 1 ? group : null
  return shape.parts.map(({ outer, holes }) => ({
    label: name,
    shape_type: 'polygon',
    points: outer,
    ...(holes.length > 0 ? { holes } : {}),
    group_id,
  }))
}

const shapesOf = (object: NamedShape, group: number) => {
  const said = saidOf(object)
  return plainShapesOf(object, group).map((shape) => ({ ...shape, ...said }))
}

/** @param image the one they are on: its path, and its size in pixels */
export const textOfObjects = (
  objects: readonly NamedShape[],
  image: { readonly path: string; readonly width: number | null; readonly height: number | null },
): string =>
  JSON.stringify({
    version: VERSION,
    flags: {},
    shapes: objects.flatMap(shapesOf),
    imagePath: image.path,
    imageData: null,
    imageHeight: image.height,
    imageWidth: image.width,
  })

const pointSchema = z.tuple([z.number(), z.number()]).rest(z.number())
const textShapeSchema = z.object({
  label: z.string(),
  shape_type: z.string().default('polygon'),
  points: z.array(pointSchema).max(limits.pointsOfShape),
  holes: z.array(z.array(pointSchema)).max(limits.ringsOfShape).optional(),
  group_id: z.union([z.number(), z.string()]).nullish(),
  // What makes no sense is left out; the shape is not.
  flags: z.unknown().optional(),
  attributes: z.unknown().optional(),
  object_group: annotationSchema.shape.groupId.catch(null).default(null),
})
const textSchema = z.object({ shapes: z.array(z.unknown()).max(limits.objectsOfImage) })

export interface ReadObjects {
  readonly objects: readonly NamedShape[]
  /** Shapes that are none of ours or make no sense. */
  readonly skipped: number
}

const ringOf = (points: readonly (readonly [number, number, ...number[]])[]): Ring =>
  points.map(([x, y]) => [x, y])

const rectangleOf = (points: Ring): Shape | null => {
  const [a, b] = [points[0], points.at(points.length === 4 ? 2 : 1)]
  if (!a || !b || (points.length !== 2 && points.length !== 4)) return null
  const [x, y] = [Math.min(a[0], b[0]), Math.min(a[1], b[1])]
  return { type: 'rectangle', x, y, width: Math.abs(a[0] - b[0]), height: Math.abs(a[1] - b[1]) }
}

/** Shapes of one list of points; null for the kinds that are none of ours. */
const plainShapeOf = (kind: string, points: Ring): Shape | null => {
  const [first] = points
  if (kind === 'rectangle') return rectangleOf(points)
  if (kind === 'rotation')
    return rotatedOfRing(points) ?? { type: 'polygon', parts: [{ outer: points, holes: [] }] }
  if (kind === 'point') return first ? { type: 'point', x: first[0], y: first[1] } : null
  return kind === 'line' || kind === 'linestrip' ? { type: 'polyline', points } : null
}

const valuesOf = (given: unknown): Annotation['attributes'] =>
  annotationSchema.shape.attributes.catch({}).parse(given)

const checked = (name: string, shape: unknown, told: Told): NamedShape | null => {
  const parsed = shapeSchema.safeParse(shape)
  return parsed.success ? { name, shape: parsed.data, ...told } : null
}

/**
 * The objects of a text that was pasted.
 * @returns null when it is not labelme's JSON, or too long to be looked at
 */
export const objectsOfText = (text: string): ReadObjects | null => {
  if (text.length > LONGEST || !text.trimStart().startsWith('{')) return null
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch {
    return null
  }
  const known = textSchema.safeParse(given)
  if (!known.success) return null
  const objects: NamedShape[] = []
  /** Where the object of a group stands in the list. */
  const groups = new Map<string, number>()
  let skipped = 0
  const take = (object: NamedShape | null): boolean => {
    if (object) objects.push(object)
    else skipped += 1
    return object !== null
  }
  for (const one of known.data.shapes) {
    const parsed = textShapeSchema.safeParse(one)
    const name = parsed.success ? cleanLabelName(parsed.data.label) : ''
    if (!parsed.success || name === '') {
      skipped += 1
      continue
    }
    const { shape_type, points, holes = [], group_id, flags, attributes: given, object_group } = parsed.data
    const attributes = valuesOf({ ...valuesOf(given), ...valuesOf(flags) })
    const told: Told = {
      ...(Object.keys(attributes).length > 0 ? { attributes } : {}),
      ...(object_group === null ? {} : { groupId: object_group }),
    }
    const ring = ringOf(points)
    if (shape_type !== 'polygon') take(checked(name, plainShapeOf(shape_type, ring), told))
    else {
      const part: Part = { outer: ring, holes: holes.map(ringOf) }
      const key = group_id === null || group_id === undefined ? null : JSON.stringify([name, group_id])
      const place = key === null ? undefined : groups.get(key)
      const before = place === undefined ? undefined : objects[place]
      const parts = before?.shape.type === 'polygon' ? [...before.shape.parts, part] : [part]
      const made = checked(name, { type: 'polygon', parts } satisfies Polygon, told)
      if (made && place !== undefined) objects[place] = made
      else if (take(made) && key !== null) groups.set(key, objects.length - 1)
    }
  }
  return { objects, skipped }
}

/** One record of COCO JSON: an image, a category, an annotation or a result. Pure. */
import { z } from 'zod'
import { changeOfName, cleanLabelName, namelessClass, notesOfNames } from '../../../common/label-name.ts'
import { minOf, maxOf } from '../../../common/extremes.ts'
import type { Size } from '../../../common/geometry/point.ts'
import { checkValue } from '../../../common/plain-faults.ts'
import { said } from '../../../common/said.ts'
import { parseWithNaN } from '../../files/json.ts'
import { readAttributes, readMarks, readNumber, type ReadMarks } from '../../import/extras.ts'
import type { ReadObject } from '../../import/objects.ts'
import { shapeOfSegmentation } from './segmentation.ts'

const idSchema = z.union([z.number(), z.string()])

/** Whole numbers that some tools write as 1.0 or "1". */
const whole = z.union([
  z.int(),
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number),
])

const recordSchema = z.object({
  image_id: idSchema.nullish(),
  file_name: z.string().nullish(),
  category_id: whole,
  bbox: z.tuple([z.number(), z.number(), z.number().positive(), z.number().positive()]).nullish(),
  score: z.number().nullish(),
  area: z.number().nullish().catch(null),
  iscrowd: z.union([z.number(), z.boolean(), z.string()]).nullish(),
  segmentation: z.unknown().optional(),
  attributes: z.unknown().optional(),
  group_id: z.unknown().optional(),
  track_id: z.unknown().optional(),
})
export type CocoRecord = z.infer<typeof recordSchema>

/** What says nothing of a size (0, null, a text) leaves the image without one; its name counts. */
const side = z.int().positive().nullable().catch(null)
const imageSchema = z.object({
  id: idSchema,
  file_name: z.string().min(1),
  width: side.optional(),
  height: side.optional(),
  tags: z.unknown().optional(),
  flag: z.unknown().optional(),
})

export interface CocoImageRecord {
  readonly id: string
  readonly name: string
  readonly size: Size | null
  /** What is said of it; null when nothing is. */
  readonly marks: ReadMarks | null
}

/** An id as the key that records and images meet by: 1 and "1" are one. */
export const keyOfId = (id: string | number): string => String(id)

/** Why it is no image is said in words. */
export const readImageRecord = (value: unknown): CocoImageRecord | { readonly fault: string } => {
  const checked = checkValue(imageSchema, value)
  if ('fault' in checked) return checked
  const { id, file_name: name, width, height, tags, flag } = checked.data
  const size = width && height ? { width, height } : null
  return { id: keyOfId(id), name, size, marks: readMarks(tags, flag) }
}

const categorySchema = z.object({ id: whole, name: z.string().catch('') })

export interface CocoCategories {
  readonly names: ReadonlyMap<number, string>
  readonly notes: readonly string[]
  /** Ids that several have: the last one counts. */
  readonly twice: readonly number[]
}

/** Names by id, cleaned; what is no category is none. */
export const readCategories = (values: readonly unknown[]): CocoCategories => {
  const names = new Map<number, string>()
  const changes: string[] = []
  const twice = new Set<number>()
  for (const value of values) {
    const read = categorySchema.safeParse(value)
    if (!read.success) continue
    const { id, name } = read.data
    const clean = cleanLabelName(name) || namelessClass(id)
    if (names.has(id)) twice.add(id)
    names.set(id, clean)
    const change = changeOfName(id, name, clean)
    if (change !== null) changes.push(change)
  }
  return { names, notes: notesOfNames(changes), twice: [...twice] }
}

/** The value of one element; undefined, which no JSON is, when it is none. A NaN in it is read as null. */
export const valueOfElement = (text: string): unknown => {
  try {
    return parseWithNaN(text)
  } catch {
    return undefined
  }
}

const isNumber = (value: unknown): value is number => Number.isFinite(value)
const isOptional = (value: unknown) => value === undefined || isNumber(value)

const isBox = (value: unknown): boolean =>
  Array.isArray(value) && value.length === 4 && value.every(isNumber) && value[2]! > 0 && value[3]! > 0

/** A record as most are, of which the schema would change nothing: it takes a tenth of the time to see that. */
const isUsual = (value: unknown): value is CocoRecord => {
  if (typeof value !== 'object' || value === null) return false
  const record = value as Readonly<Record<string, unknown>>
  return (
    record.file_name === undefined &&
    isOptional(record.image_id) &&
    Number.isSafeInteger(record.category_id) &&
    (record.bbox === undefined || isBox(record.bbox)) &&
    isOptional(record.score) &&
    isOptional(record.area) &&
    isOptional(record.iscrowd)
  )
}

export const readRecord = (value: unknown): { readonly data: CocoRecord } | { readonly fault: string } => {
  if (isUsual(value)) return { data: value }
  return value === undefined ? { fault: said('it is no JSON') } : checkValue(recordSchema, value)
}

/** The box around the shape, where the record has none of its own. */
const boxOfShape = (shape: ReadObject['shape'] | null): ReadObject['box'] | null => {
  if (shape?.type === 'mask') return [0, 0, shape.width, shape.height]
  if (shape?.type !== 'flat') return null
  const numbers = shape.rings.flat()
  const [xs, ys] = [0, 1].map((axis) => numbers.filter((_, at) => at % 2 === axis)) as [number[], number[]]
  return [minOf(xs), minOf(ys), maxOf(xs), maxOf(ys)]
}

export const isCrowd = ({ iscrowd }: CocoRecord): boolean => Number(iscrowd ?? 0) === 1

/** CVAT has the track among the attributes. */
const extrasOf = ({ attributes: given, group_id: group, track_id: track }: CocoRecord) => {
  if (given === undefined && group === undefined && track === undefined) return {}
  const { attributes, lost } = readAttributes(given)
  const trackId = readNumber(track) ?? readNumber(attributes.track_id)
  const isTrack = (name: string) => name === 'track_id' && trackId !== null
  const own = Object.fromEntries(Object.entries(attributes).filter(([name]) => !isTrack(name)))
  return { lost, extras: { attributes: own, groupId: readNumber(group), trackId } }
}

const UNREAD = said('Its segmentation can’t be read; its box is taken.')

/** The object of a record, or why it is none. */
export const objectOfRecord = (
  data: CocoRecord,
  label: string,
  size: Size | null,
  where: string,
): ReadObject | { readonly fault: string } => {
  const shape = shapeOfSegmentation(data.segmentation)
  const box = data.bbox ? cornersOf(data.bbox) : boxOfShape(shape)
  if (box === null) return { fault: said('{field} is missing', { field: 'bbox' }) }
  const { lost = null, extras } = extrasOf(data)
  const notes = [...(shape === null ? [UNREAD] : []), ...(lost === null ? [] : [lost])]
  return {
    label,
    box,
    unit: 'pixel',
    shape: shape ?? { type: 'box' },
    score: data.score ?? null,
    area: data.area ?? null,
    size,
    where,
    ...(extras === undefined ? {} : { extras }),
    ...(notes.length === 0 ? {} : { lost: notes.join(' ') }),
  }
}

const cornersOf = ([x, y, width, height]: readonly [number, number, number, number]): ReadObject['box'] => [
  x,
  y,
  x + width,
  y + height,
]

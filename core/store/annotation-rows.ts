/**
 * Rows of the annotations table as annotations. Owns what a row must be to count as one, and that a row which is not,
 * or which is too much to be shown, stops nothing but itself.
 */
import type { Database } from 'better-sqlite3'
import type { DamagedObject } from '../../common/contract/damaged.ts'
import { limits } from '../../common/limits.ts'
import {
  consistencySchema,
  annotationSchema,
  maskRefSchema,
  type Consistency,
  type Annotation,
  type ImageId,
  type MaskRef,
} from '../../common/model.ts'
import { inOrder } from '../../common/object-order.ts'
import { said } from '../../common/said.ts'
import { canonicalJson } from './json.ts'

export interface Row {
  id: string
  image_id: number
  label_id: string
  source: Annotation['source']
  model_id: string | null
  score: number | null
  candidate: number | null
  locked: number
  proposed: number
  group_id: number | null
  track_id: number | null
  created_at: number
  updated_at: number
  shape: string
  prompts: string
  mask: string | null
  consistency: string | null
  attributes: string | null
  rank: number | null
}

export const rowColumns = [
  'id',
  'image_id',
  'label_id',
  'source',
  'model_id',
  'score',
  'candidate',
  'locked',
  'proposed',
  'group_id',
  'track_id',
  'created_at',
  'updated_at',
  'shape',
  'prompts',
  'mask',
  'consistency',
  'attributes',
  'rank',
] as const satisfies (keyof Row)[]

const parsed = (text: unknown): unknown => {
  if (typeof text !== 'string') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What an object without its mask can do without: what can't be read of it is as good as not there. */
const maskOf = (text: string | null): { mask?: MaskRef } => {
  const mask = text === null ? undefined : maskRefSchema.safeParse(parsed(text)).data
  return mask ? { mask } : {}
}

/** As of the mask: an object can do without. */
const consistencyOf = (text: string | null): { consistency?: Consistency } => {
  const consistency = text === null ? undefined : consistencySchema.safeParse(parsed(text)).data
  return consistency ? { consistency } : {}
}

/** The field that is wrong -> what to say of it. */
const reasons: Readonly<Record<string, string>> = {
  shape: said('Its outline can’t be read.'),
  prompts: said('Its clicks and boxes can’t be read.'),
  attributes: said('Its attributes can’t be read.'),
}

/** What is not a text of its own that may be long. */
const plainFields = (row: Row) => ({
  id: row.id,
  imageId: row.image_id,
  labelId: row.label_id,
  source: row.source,
  modelId: row.model_id,
  score: row.score,
  candidate: row.candidate,
  locked: row.locked !== 0,
  ...maskOf(row.mask),
  ...consistencyOf(row.consistency),
  proposed: row.proposed !== 0,
  groupId: row.group_id,
  trackId: row.track_id,
  ...(row.rank === null ? {} : { rank: row.rank }),
  createdAt: row.created_at,
  updatedAt: row.updated_at,
})

/** The annotation, or why the row is none, in words for the user. */
export const annotationOfRow = (row: Row): Annotation | { readonly reason: string } => {
  const checked = annotationSchema.safeParse({
    ...plainFields(row),
    shape: parsed(row.shape),
    prompts: parsed(row.prompts),
    attributes: row.attributes === null ? {} : parsed(row.attributes),
  })
  if (checked.success) return checked.data
  const field = String(checked.error.issues[0]?.path[0])
  return { reason: reasons[field] ?? said('Its record can’t be read.') }
}

/** @param shape its shape as JSON */
export const rowOfAnnotation = (annotation: Annotation, shape: string): Row => ({
  id: annotation.id,
  image_id: annotation.imageId,
  label_id: annotation.labelId,
  source: annotation.source,
  model_id: annotation.modelId,
  score: annotation.score,
  candidate: annotation.candidate,
  locked: annotation.locked ? 1 : 0,
  proposed: annotation.proposed ? 1 : 0,
  group_id: annotation.groupId,
  track_id: annotation.trackId,
  created_at: annotation.createdAt,
  updated_at: annotation.updatedAt,
  shape,
  prompts: JSON.stringify(annotation.prompts),
  mask: annotation.mask ? JSON.stringify(annotation.mask) : null,
  consistency: annotation.consistency ? canonicalJson(annotation.consistency) : null,
  attributes: Object.keys(annotation.attributes).length === 0 ? null : canonicalJson(annotation.attributes),
  rank: annotation.rank ?? null,
})

/** Those that can be read. */
export const readable = (rows: readonly Row[]): Annotation[] =>
  rows.map(annotationOfRow).filter((annotation) => 'id' in annotation)

/** The annotation as JSON, without reading its points; null when one of its columns is no JSON. */
export const textOfRow = (row: Row): string | null => {
  const [shape, prompts, attributes] = [row.shape, row.prompts, row.attributes ?? '{}']
  if ([shape, prompts, attributes].some((text) => parsed(text) === undefined)) return null
  const texts = `"shape":${shape},"prompts":${prompts},"attributes":${attributes}`
  return `{${texts},${JSON.stringify(plainFields(row)).slice(1)}`
}

/** The objects of an image, in the order in which they are drawn, and those that can't be read. */
export interface Objects {
  readonly annotations: Annotation[]
  readonly damaged: DamagedObject[]
}

const { shapesOfImageBytes, objectsOfImage } = limits

/** Column -> the most bytes of it. */
const longest: Readonly<Record<string, number>> = {
  shape: limits.shapeBytes,
  prompts: limits.promptsBytes,
  mask: limits.shapeBytes,
  consistency: limits.consistencyBytes,
  attributes: limits.attributesBytes,
}

/** What is too long is not read, which may have been made to fill the memory: '' is no JSON. */
export const guardedColumns = rowColumns
  .map((column) => {
    const most = longest[column]
    if (most === undefined) return column
    return `CASE WHEN octet_length(${column}) > ${most} THEN '' ELSE ${column} END AS ${column}`
  })
  .join(', ')

const TOO_MUCH = said('There is too much on this image for it to be shown.')

const textOf = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 64) : '')

/** Reads the objects of an image within the limits; what is beyond them is listed as damaged, a thousand at most. */
export const readObjects = (db: Database): ((imageId: ImageId) => Objects) => {
  const select = db.prepare<[number], Row & { sequence: number }>(
    `SELECT sequence, ${guardedColumns} FROM annotations WHERE image_id = ? ORDER BY sequence LIMIT ${objectsOfImage}`,
  )
  const selectRest = db.prepare<[number, number], { sequence: number }>(
    'SELECT sequence FROM annotations WHERE image_id = ? AND sequence > ? ORDER BY sequence LIMIT 1000',
  )
  return (imageId) => {
    const annotations: Annotation[] = []
    const damaged: DamagedObject[] = []
    let room: number = shapesOfImageBytes
    let last = -Infinity
    for (const row of select.iterate(imageId)) {
      room -= ((row.shape as string | null)?.length ?? 0) + (row.mask?.length ?? 0)
      if (room < 0) break
      last = row.sequence
      const annotation = annotationOfRow(row)
      if ('id' in annotation) annotations.push(annotation)
      else damaged.push({ ...annotation, sequence: last, id: textOf(row.id), labelId: textOf(row.label_id) })
    }
    // Asked only where there may be more: an index lookup, but of every image of an export.
    if (room < 0 || annotations.length + damaged.length === objectsOfImage)
      for (const { sequence } of selectRest.iterate(imageId, Math.max(last, Number.MIN_SAFE_INTEGER)))
        damaged.push({ sequence, id: '', labelId: null, reason: TOO_MUCH })
    return { annotations: [...inOrder(annotations)], damaged }
  }
}

/**
 * What a Diff may hold: as it comes from the page, and as it lies in the undo log. Owns both schemas. What is to be
 * stored anew is held to the limits of model.ts; what is stored already only has to be readable, since a limit that an
 * older file does not keep must never stop an undo, a rename or a deletion.
 */
import { z } from 'zod'
import { limits } from './limits.ts'
import {
  annotationSchema,
  attributeSchema,
  imageRecordSchema,
  labelSchema,
  maskRefSchema,
  pictureRecordSchema,
  pointShapeSchema,
  polylineSchema,
  promptSchema,
  rectangleSchema,
  rotatedRectangleSchema,
  type Label,
} from './model.ts'
import { stretchSchema } from './rendition.ts'

const point = z.tuple([z.number(), z.number()])
const storedRing = z.array(point)
const storedShapeSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('polygon'),
    parts: z.array(z.object({ outer: storedRing, holes: z.array(storedRing) })),
  }),
  rectangleSchema.extend({ width: z.number(), height: z.number() }),
  rotatedRectangleSchema.extend({ width: z.number(), height: z.number(), angle: z.number() }),
  pointShapeSchema,
  polylineSchema.extend({ points: storedRing }),
])
const storedLabelSchema = labelSchema.extend({
  id: z.string(),
  name: z.string(),
  color: z.string(),
  key: z.string().nullable(),
  supercategory: z.string().nullable(),
  description: z.string().nullable(),
  attributes: z.array(attributeSchema.extend({ name: z.string(), choices: z.array(z.string()) })),
})
const storedAnnotationSchema = annotationSchema.extend({
  id: z.string(),
  labelId: z.string(),
  shape: storedShapeSchema,
  modelId: z.string().nullable(),
  prompts: z.array(promptSchema),
  mask: maskRefSchema
    .extend({
      before: z
        .object({ shape: storedShapeSchema, detail: z.number(), made: z.string().optional() })
        .optional(),
    })
    .optional(),
  groupId: z.int().nullable(),
  trackId: z.int().nullable(),
  attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
})
const storedImageSchema = imageRecordSchema.extend({
  flag: z.string().nullable(),
  reviewed: z.object({ by: z.string(), at: z.int() }).nullable(),
  tags: z.array(z.string()),
  stretch: stretchSchema.nullable(),
})

/** A Diff of the undo log, in the newest format, and of the events: no limits. */
export const storedDiffSchema = z.object({
  labels: z.object({
    added: z.array(storedLabelSchema),
    updated: z.array(z.tuple([storedLabelSchema, storedLabelSchema])),
    removed: z.array(storedLabelSchema),
  }),
  annotations: z.object({
    added: z.array(storedAnnotationSchema),
    /** Pairs [from, to] with the same id. */
    updated: z.array(z.tuple([storedAnnotationSchema, storedAnnotationSchema])),
    removed: z.array(storedAnnotationSchema),
  }),
  /** Images come and go with the folder: an edit only changes what the user says of them. */
  images: z.object({ updated: z.array(z.tuple([storedImageSchema, storedImageSchema])) }),
  /** What the objects of an image were made on: a file that changed under them was settled. */
  pictures: z.object({ updated: z.array(z.tuple([pictureRecordSchema, pictureRecordSchema])) }),
})

/** Both sides of a change of a label; what `to` changes keeps to the limits. */
const labelChangeSchema = z
  .tuple([storedLabelSchema, storedLabelSchema])
  .transform(([from, to], context): [Label, Label] => {
    const changed = Object.entries(labelSchema.shape).filter(
      ([key]) => JSON.stringify(from[key as keyof Label]) !== JSON.stringify(to[key as keyof Label]),
    )
    const kept: Record<string, unknown> = { ...to }
    for (const [key, schema] of changed) {
      const parsed = schema.safeParse(to[key as keyof Label])
      if (parsed.success) kept[key] = parsed.data
      else
        for (const { message } of parsed.error.issues)
          context.addIssue({ code: 'custom', path: [1, key], message })
    }
    return [from, kept as Label]
  })

/** A list of records of one kind, no longer than one edit of the page may have. */
const listOf = <T extends z.ZodType>(record: T) => z.array(record).max(limits.recordsOfEdit)

/** A Diff as `edit.commit` takes it. */
export const diffSchema = z.object({
  labels: z.object({
    added: listOf(labelSchema),
    updated: listOf(labelChangeSchema),
    removed: listOf(storedLabelSchema),
  }),
  annotations: z.object({
    added: listOf(annotationSchema),
    updated: listOf(z.tuple([storedAnnotationSchema, annotationSchema])),
    removed: listOf(storedAnnotationSchema),
  }),
  images: z.object({ updated: listOf(z.tuple([storedImageSchema, imageRecordSchema])) }),
  pictures: z.object({ updated: listOf(z.tuple([pictureRecordSchema, pictureRecordSchema])) }),
})

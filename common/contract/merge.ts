/** Two people's work put together: what is asked, and what is told. "Here" is the project that takes, "there" the other one. */
import { z } from 'zod'
import { imageIdSchema, shapeSchema } from '../model.ts'
import { pathText } from '../text.ts'

/** Whose word counts where two objects of one thing differ. */
const mergeChoiceSchema = z.enum(['here', 'there', 'both'])
export type MergeChoice = z.infer<typeof mergeChoiceSchema>

/** In what two objects of one thing differ. */
const mergeReasonSchema = z.enum(['class', 'shape', 'attributes'])
export type MergeReason = z.infer<typeof mergeReasonSchema>

const objectId = z.string().min(1).max(64)

export const mergeRequestSchema = z.object({
  /** A folder of images with its project, or a project file. */
  other: pathText(),
  /** From this IoU on two objects are the same thing. */
  iou: z.number().min(0.05).max(1),
  /** For every difference that is not decided by itself; `ask`: nothing is stored while one is left. */
  rule: z.enum(['ask', 'here', 'there', 'both']),
  decisions: z
    .array(z.object({ imageId: imageIdSchema, here: objectId, there: objectId, choice: mergeChoiceSchema }))
    .max(100_000),
  /** Names of classes there that are not one with a class here whose name differs in upper and lower case alone. */
  apart: z.array(z.string().max(200)).max(20_000),
  /** How many differences and lines the report lists; the others are counted. */
  most: z.int().min(0).max(10_000_000),
})
export type MergeRequest = z.infer<typeof mergeRequestSchema>
export type MergeRule = MergeRequest['rule']

const count = z.int().nonnegative()

const mergeObjectSchema = z.object({
  id: objectId,
  shape: shapeSchema,
  /** The name of its class. */
  label: z.string(),
  color: z.string(),
  /** Who made or changed it last; null where that is not known. */
  author: z.string().nullable(),
  attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
})

const mergeConflictSchema = z.object({
  imageId: imageIdSchema,
  image: z.string(),
  /** In which the two differ; at least one. */
  reasons: z.array(mergeReasonSchema),
  iou: z.number(),
  here: mergeObjectSchema,
  there: mergeObjectSchema,
  /** The object here is locked: its outline and class stay, whatever is said. */
  isHeld: z.boolean(),
  /** What becomes of it; null: nobody has said. */
  choice: mergeChoiceSchema.nullable(),
})
export type MergeConflict = z.infer<typeof mergeConflictSchema>

/** What a merge would do, or did. */
export const mergeReportSchema = z.object({
  /** The project file there. */
  file: z.string(),
  images: z.object({
    both: count,
    onlyHere: count,
    onlyThere: count,
    /** Of `both`, those of one path whose files differ. */
    byPath: count,
    /** Of `both`, those that can't be merged; `lines` say why. */
    leftOut: count,
    /** Whose state, flag, review, tags or side change here. */
    changed: count,
  }),
  objects: z.object({
    same: count,
    onlyHere: count,
    /** They come new. */
    onlyThere: count,
    conflicts: count,
    /** Of `conflicts`. */
    undecided: count,
    byHere: count,
    byThere: count,
    byBoth: count,
    /** Objects on images that are only there, which don't come. */
    leftThere: count,
  }),
  proposals: z.object({ added: count, covered: count, overtaken: count }),
  classes: z.array(
    z.object({
      there: z.string(),
      /** The class here that it is; null: it comes new. */
      here: z.string().nullable(),
      /** The names differ in upper and lower case alone. */
      isCaseTwin: z.boolean(),
    }),
  ),
  /** The first of `objects.conflicts`. */
  conflicts: z.array(mergeConflictSchema),
  /** What else was decided, or left out, and why. */
  lines: z.array(z.object({ image: z.string().nullable(), message: z.string() })),
  lineCount: count,
})
export type MergeReport = z.infer<typeof mergeReportSchema>

/** What a run of a merge tells: objects that it has stored so far; at its end the whole report. */
export const mergeDetailSchema = z.object({ objects: count, report: mergeReportSchema.nullable() })

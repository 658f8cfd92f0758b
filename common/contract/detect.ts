/** A detector of the user's own, in an ONNX file: what it is, what it finds on an image, and a run over many. */
import { z } from 'zod'
import { imageIdSchema, polygonSchema } from '../model.ts'
import { qualitySchema } from '../segmentation.ts'
import { shardSchema } from '../shard.ts'
import { pathText } from '../text.ts'
import { call } from './call.ts'
import { imageFilterSchema } from './images.ts'

const detectorSchema = z.object({
  /** An .onnx file. */
  path: pathText(),
  /** A file with the names of its classes; those that it has itself when left out. */
  names: pathText().optional(),
  /** Which of the kinds that it may be, by its id; the likeliest when left out. */
  readAs: z.string().max(64).optional(),
  /** What one by words is to find: "cup. spoon." */
  words: z.string().max(4000).optional(),
})

const share = z.number().min(0).max(1)
const className = z.string().trim().min(1).max(200)

const ways = ['boxes', 'masks', 'outlines'] as const

export const detectRequestSchema = z.object({
  detector: detectorSchema,
  scope: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('image'), imageId: imageIdSchema }),
    z.object({ kind: z.literal('filter'), filter: imageFilterSchema }),
    /** All images, or the part of them that is this job's. */
    z.object({ kind: z.literal('project'), shard: shardSchema.optional() }),
  ]),
  /** What is less sure is left out. */
  minScore: share,
  /** Classes of the detector that are left out (`to` null), become another, or have a limit of their own. */
  classes: z
    .array(z.object({ from: className, to: className.nullable(), minScore: share.optional() }))
    .max(100_000),
  /** boxes: as they are; masks: of the model for masks, by the boxes; outlines: those that the detector gives. */
  as: z.enum(ways),
  /** How hard each box is looked at for its mask; good when left out. */
  quality: qualitySchema.optional(),
  /** Stored as proposals, which count for nothing before a person accepts them. */
  proposed: z.boolean(),
})
export type DetectRequest = z.infer<typeof detectRequestSchema>

const count = z.int().nonnegative()

export const detectDetailSchema = z.object({
  /** Objects written. */
  objects: count,
  /** Detections of what an object was there for already. */
  already: count,
})

const detectorLookSchema = z.object({
  /** The file's name without its end. */
  name: z.string(),
  bytes: count,
  /** All that it can be, the likelier first. */
  kinds: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      task: z.enum(['boxes', 'masks', 'rotated boxes', 'points']),
      /** Of the picture that it takes. */
      width: count,
      height: count,
      classes: z.array(z.string()),
      /** Where the names are from; null when they are numbers alone. */
      namesFrom: z.string().nullable(),
      /** Its classes are the words that it is asked for. */
      byWords: z.boolean(),
    }),
  ),
})
export type DetectorLook = z.infer<typeof detectorLookSchema>

const point = z.object({ x: z.number(), y: z.number() })

const foundSchema = z.object({
  class: z.string(),
  score: share,
  /** Left, top, right, bottom, image pixels. */
  box: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  /** Of a rotated box. */
  corners: z.array(point).nullable(),
  outline: polygonSchema.nullable(),
  /** Those that are seen. */
  points: z.array(point),
})
export type FoundObject = z.infer<typeof foundSchema>

export const detectCalls = {
  /**
   * Reads a file, runs it once on grey, and tells what it is. Refused with `bad-input` and the reason when it is no
   * detector that can be run, with `not-found` when it is not there.
   */
  'detect.look': call(z.object({ detector: detectorSchema }), detectorLookSchema),
  /** What it finds on an image, the surest first; nothing is stored. Refused as `detect.look`. */
  'detect.try': call(
    z.object({ detector: detectorSchema, imageId: imageIdSchema, minScore: share }),
    z.object({ width: count, height: count, ms: z.number(), found: z.array(foundSchema) }),
  ),
} as const

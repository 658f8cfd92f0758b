/** A detector's boxes that become masks. */
import { z } from 'zod'
import { imageIdSchema } from '../model.ts'
import { qualitySchema } from '../segmentation.ts'
import { shardSchema } from '../shard.ts'
import { pathText } from '../text.ts'
import { call } from './call.ts'
import { imageFilterSchema } from './images.ts'
import { problemSchema } from './work.ts'

export const boxesRequestSchema = z.object({
  source: z.object({
    /** A folder of YOLO txt files, one such file, or a COCO results or instances JSON. */
    path: pathText(),
    /** classes.txt or data.yaml, when it does not lie beside the boxes; of COCO results, an instances JSON too. */
    names: pathText().optional(),
    /** Boxes with a lower score are left out; boxes without a score are taken. */
    minScore: z.number().min(0).max(1).optional(),
    /** As of an import: the id of the format, and the encoding of the names. */
    as: z.string().max(64).optional(),
    encoding: z.string().max(32).optional(),
  }),
  scope: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('image'), imageId: imageIdSchema }),
    z.object({ kind: z.literal('filter'), filter: imageFilterSchema }),
    /** All images, or the part of them that is this job's. */
    z.object({ kind: z.literal('project'), shard: shardSchema.optional() }),
  ]),
  /** How hard each box is looked at; good when left out. */
  quality: qualitySchema.optional(),
})
export type BoxesRequest = z.infer<typeof boxesRequestSchema>

/** What a run of boxes to masks tells besides its progress. */
export const boxesDetailSchema = z.object({
  /** Annotations written. */
  objects: z.int().nonnegative(),
  /** What to know about the boxes, such as where the names of their classes come from. */
  notes: z.array(z.string()),
})

const count = z.int().nonnegative()

/** What a run would do. Boxes that are objects already are among those counted. */
const boxesLookSchema = z.object({
  boxes: count,
  /** Images of the scope that have boxes. */
  images: count,
  /** At most 100 of `classCount`: those without a name first, then by their boxes. */
  classes: z.array(
    z.object({
      name: z.string(),
      boxes: count,
      /** The project has none of that name: it would be made. */
      isNew: z.boolean(),
      /** The labels have a number that no name was found for. */
      isNameless: z.boolean(),
    }),
  ),
  classCount: count,
  /** The file that the names are from; null when they are in no file. */
  namesFrom: z.string().nullable(),
  notes: z.array(z.string()),
  /** What does not fit and would be left out; at most 100 of `problemCount`. */
  problems: z.array(problemSchema),
  problemCount: count,
})
export type BoxesLook = z.infer<typeof boxesLookSchema>

export const boxesCalls = {
  /** Reads the boxes and writes nothing. Refused as the start of the work is: `not-found`, `bad-input`. */
  'boxes.look': call(boxesRequestSchema, boxesLookSchema),
} as const

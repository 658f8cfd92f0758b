/** A detector's boxes that become masks. */
import { z } from 'zod'
import { imageIdSchema } from '../model.ts'
import { call, nothing } from './call.ts'
import { imageFilterSchema } from './images.ts'
import { workProgressSchema } from './work.ts'

export const boxesProgressSchema = workProgressSchema.extend({
  /** Annotations written. */
  objects: z.int().nonnegative(),
})
export type BoxesProgress = z.infer<typeof boxesProgressSchema>

export const boxesRequestSchema = z.object({
  source: z.object({
    /** A folder of YOLO txt files, one such file, or a COCO results or instances JSON. */
    path: z.string().min(1),
    /** classes.txt or data.yaml, when it does not lie beside the boxes; of COCO results, an instances JSON too. */
    names: z.string().min(1).optional(),
    /** Boxes with a lower score are left out; boxes without a score are taken. */
    minScore: z.number().min(0).max(1).optional(),
  }),
  scope: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('image'), imageId: imageIdSchema }),
    z.object({ kind: z.literal('filter'), filter: imageFilterSchema }),
    z.object({ kind: z.literal('project') }),
  ]),
})
export type BoxesRequest = z.infer<typeof boxesRequestSchema>

export const boxesCalls = {
  /**
   * Boxes of a detector become masks of the images in `scope`, one edit an image. Answers when the boxes are read; the
   * rest is told by boxes.changed. Refused with not-found or bad-input when there are no boxes at `path`.
   */
  'boxes.start': call(boxesRequestSchema, nothing),
  'boxes.cancel': call(nothing, nothing),
  'boxes.status': call(nothing, boxesProgressSchema),
} as const

export const boxesEvents = {
  'boxes.changed': boxesProgressSchema,
} as const

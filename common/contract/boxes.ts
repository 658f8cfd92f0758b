/** A detector's boxes that become masks. */
import { z } from 'zod'
import { imageIdSchema } from '../model.ts'
import { pathText } from '../text.ts'
import { imageFilterSchema } from './images.ts'

export const boxesRequestSchema = z.object({
  source: z.object({
    /** A folder of YOLO txt files, one such file, or a COCO results or instances JSON. */
    path: pathText(),
    /** classes.txt or data.yaml, when it does not lie beside the boxes; of COCO results, an instances JSON too. */
    names: pathText().optional(),
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

/** What a run of boxes to masks tells besides its progress. */
export const boxesDetailSchema = z.object({
  /** Annotations written. */
  objects: z.int().nonnegative(),
  /** What to know about the boxes, such as where the names of their classes come from. */
  notes: z.array(z.string()),
})

/** Which objects of a project somebody should look at first, and why. */
import { z } from 'zod'
import { imageFilterSchema } from './images.ts'

export const doubtsRequestSchema = z.object({
  /** Images that it does not mean are passed over; images that were reviewed always are. */
  filter: imageFilterSchema.optional(),
})
export type DoubtsRequest = z.infer<typeof doubtsRequestSchema>

const doubtSchema = z.object({
  imageId: z.number(),
  objectId: z.string(),
  labelId: z.string(),
  /** 0..1: how much speaks against it. */
  doubt: z.number(),
  /** In words, the weightiest first. */
  reasons: z.array(z.string()),
})
export type Doubt = z.infer<typeof doubtSchema>

export const doubtsDetailSchema = z.object({
  /** Those of one image together, the image with the worst first; at most 2,000. */
  doubts: z.array(doubtSchema),
  /** All that were found. */
  total: z.int().nonnegative(),
  /** Objects that were looked at. */
  objects: z.int().nonnegative(),
})

/** Objects that are carried to the next images, as proposals. */
import { z } from 'zod'
import { annotationSchema, imageIdSchema } from '../model.ts'
import { imageFilterSchema } from './images.ts'

export const followRequestSchema = z.object({
  /** Where they are known. */
  imageId: imageIdSchema,
  /** Which of its objects; null: all that a person made or accepted, or that were followed so far. */
  objects: z.array(annotationSchema.shape.id).min(1).max(10_000).nullable(),
  /** The list whose order says which image is next. */
  filter: imageFilterSchema,
})
export type FollowRequest = z.infer<typeof followRequestSchema>

const count = z.int().nonnegative()

export const followDetailSchema = z.object({
  /** Proposals written. */
  objects: count,
  /** Those of them that are less sure than the user's setting: to be looked at. */
  doubtful: count,
})

export const alikeRequestSchema = z.object({
  /** What others are to look like. */
  objectId: annotationSchema.shape.id,
  scope: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('image'), imageId: imageIdSchema }),
    z.object({ kind: z.literal('filter'), filter: imageFilterSchema }),
  ]),
})
export type AlikeRequest = z.infer<typeof alikeRequestSchema>

/** Proposals written. */
export const alikeDetailSchema = z.object({ objects: count })

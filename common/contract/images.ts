/** The images of the open project. */
import { z } from 'zod'
import { annotationSchema, imageIdSchema, imageItemSchema } from '../model.ts'
import { settlings } from '../changed-picture.ts'
import { call, nothing } from './call.ts'
import { text } from '../text.ts'

/** Which images a list shows; an empty text matches all. */
export const imageFilterSchema = z.object({
  text: text('path'),
  show: z.enum(['all', 'todo', 'done', 'labelled', 'unlabelled', 'problem']),
})
export type ImageFilter = z.infer<typeof imageFilterSchema>

/**
 * What becomes of the objects of all photos that changed: `follow` scales or turns them with their pictures, where it is
 * known how.
 */
export const settleAllRequestSchema = z.object({ how: z.enum(['follow', 'keep', 'drop']) })
export type SettleAllRequest = z.infer<typeof settleAllRequestSchema>

/** What settling tells besides its progress. */
export const settleAllDetailSchema = z.object({
  /** Objects that were moved, kept or removed. */
  objects: z.int().nonnegative(),
})

export const imageCalls = {
  /** A page of the naturally sorted images. */
  'images.list': call(
    z.object({
      offset: z.int().nonnegative(),
      limit: z.int().positive().max(1000),
      filter: imageFilterSchema,
    }),
    z.object({ total: z.int(), items: z.array(imageItemSchema) }),
  ),
  /** The image's place in the filtered list, null when the filter hides it; and how many of the list come before it. */
  'images.locate': call(
    z.object({ imageId: imageIdSchema, filter: imageFilterSchema }),
    z.object({ index: z.int().nullable(), before: z.int().nonnegative() }),
  ),
  /** Reads the file if need be: width, height and orientation are set unless `problem` is. */
  'images.open': call(
    z.object({ imageId: imageIdSchema }),
    z.object({
      image: imageItemSchema,
      annotations: z.array(annotationSchema),
      canUndo: z.boolean(),
      canRedo: z.boolean(),
    }),
  ),
  /**
   * What becomes of the objects of a photo that changed under them: one edit. Refused with `conflict` when the photo has
   * not changed, or is to be scaled and its size is not known.
   */
  'images.settle': call(z.object({ imageId: imageIdSchema, how: z.enum(settlings) }), nothing),
  /** Looks at every photo with objects, and counts those that changed under them. */
  'images.countChanged': call(nothing, z.object({ changed: z.int().nonnegative() })),
} as const

export const imageEvents = {
  /** Rows changed (sizes, problems, status, counts). */
  'images.changed': z.object({ images: z.array(imageItemSchema) }),
} as const

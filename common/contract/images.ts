/** The images of the open project. */
import { said } from '../said.ts'
import { z } from 'zod'
import { imageStates, type ImageState } from '../image-query.ts'
import { annotationSchema, imageIdSchema, imageItemSchema } from '../model.ts'
import { settlings } from '../changed-picture.ts'
import { bandsSchema, MAX_BANDS, tonesSchema } from '../rendition.ts'
import { call, nothing } from './call.ts'
import { text } from '../text.ts'

/** What a list is sorted by; images of the same come in the natural order of their names, those without it last. */
export const imageSortSchema = z.object({
  /** date: of the file; score: the lowest of the image's objects; change: the last edit. */
  by: z.enum(['name', 'date', 'objects', 'score', 'change', 'status', 'split']),
  descending: z.boolean(),
})
export type ImageSort = z.infer<typeof imageSortSchema>

/** Which images a list shows, and in which order. */
export const imageFilterSchema = z.object({
  /** A query of `image-query.ts`; an empty one matches all. */
  text: text('path'),
  show: z.enum(['all', ...imageStates]),
  /** By name when left out. */
  sort: imageSortSchema.optional(),
})
export type ImageFilter = z.infer<typeof imageFilterSchema>

const count = z.int().nonnegative()
const perState = Object.fromEntries(imageStates.map((state) => [state, count])) as Record<
  ImageState,
  typeof count
>

/**
 * What becomes of the objects of all photos that changed: `follow` scales or turns them with their pictures, where it is
 * known how.
 */
export const settleAllRequestSchema = z.object({ how: z.enum(['follow', 'keep', 'drop']) })
export type SettleAllRequest = z.infer<typeof settleAllRequestSchema>

/** What settling tells besides its progress. */
export const settleAllDetailSchema = z.object({
  /** Objects that were moved, kept or removed. */
  objects: count,
})

export const imageCalls = {
  /** A page of the list. Refused with `bad-input` when the filter's text is no query; so are the next three. */
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
  /** The place of the next image of that state behind the given place, from the top again; null when there is none. */
  'images.next': call(
    z.object({ after: z.int().min(-1), state: z.enum(imageStates), filter: imageFilterSchema }),
    z.object({ index: z.int().nullable() }),
  ),
  /** How many images of the whole folder, or of those that a query means, are in each state. */
  'images.counts': call(z.object({ text: text('path').optional() }), z.object({ all: count, ...perState })),
  /** Every tag of the project, with how many images have it. */
  'images.tags': call(nothing, z.object({ tags: z.array(z.object({ name: z.string(), images: count })) })),
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
  /** Who made or changed each object of an image last, as the undo log knows it; of the others nothing is told. */
  'images.authors': call(
    z.object({ imageId: imageIdSchema }),
    z.object({ authors: z.array(z.object({ id: annotationSchema.shape.id, author: z.string() })) }),
  ),
  /**
   * What becomes of the objects of a photo that changed under them: one edit. Refused with `conflict` when the photo has
   * not changed, or is to be scaled and its size is not known.
   */
  'images.settle': call(z.object({ imageId: imageIdSchema, how: z.enum(settlings) }), nothing),
  /**
   * Of a picture of more than 8 bits, of the bands that are shown: its values, in the file's own numbers; null of one of
   * 8 bits, where nothing is to be stretched.
   */
  'images.tones': call(z.object({ imageId: imageIdSchema }), z.object({ tones: tonesSchema.nullable() })),
  /** Shows these bands of all pictures with so many bands, for window, list, model and exports; null: the first three. */
  'images.showBands': call(
    z
      .object({ bands: z.int().min(3).max(MAX_BANDS), shown: bandsSchema.nullable() })
      .refine(
        ({ bands, shown }) => shown === null || Math.max(...shown) <= bands,
        said('there is no such band'),
      ),
    nothing,
  ),
  /** Looks at every photo with objects, and counts those that changed under them. */
  'images.countChanged': call(nothing, z.object({ changed: z.int().nonnegative() })),
} as const

export const imageEvents = {
  /** Rows changed (sizes, problems, status, counts). */
  'images.changed': z.object({ images: z.array(imageItemSchema) }),
} as const

/** Objects across images: as outlines on small pictures, as crops one beside the other, and changed many at once. */
import { z } from 'zod'
import { labelIdSchema, imageIdSchema } from '../model.ts'
import { call } from './call.ts'
import { imageFilterSchema } from './images.ts'

const count = z.int().nonnegative()
const objectId = z.string().min(1).max(64)
const ids = z.array(objectId).min(1).max(5000)

/** Lines of a shape, made coarse: x, y, x, y ... in thousandths of the image's longer side. */
const outlineSchema = z.object({
  labelId: labelIdSchema,
  proposed: z.boolean(),
  lines: z.array(z.object({ points: z.array(z.int()), isClosed: z.boolean() })),
})
export type Outline = z.infer<typeof outlineSchema>

/** A square part of an image, image pixels; it may reach beyond the image. */
const cropWindowSchema = z.object({
  x: z.number().min(-1e7).max(1e7),
  y: z.number().min(-1e7).max(1e7),
  side: z.number().positive().max(1e7),
})
export type CropWindow = z.infer<typeof cropWindowSchema>

/** place: as the images are listed; score: the model's own; size: the longer side of the box around it. */
const gallerySorts = ['place', 'score', 'size'] as const
export type GallerySort = (typeof gallerySorts)[number]

const galleryRequestSchema = z.object({
  labelId: labelIdSchema,
  /** Images whose objects are meant. */
  filter: imageFilterSchema,
  sort: z.object({ by: z.enum(gallerySorts), descending: z.boolean() }),
})
export type GalleryRequest = z.infer<typeof galleryRequestSchema>

const galleryItemSchema = z.object({
  id: objectId,
  imageId: imageIdSchema,
  score: z.number().nullable(),
  locked: z.boolean(),
  /** What the crop shows: the box around the object with some room. */
  window: cropWindowSchema,
  /** The shape's lines in thousandths of the window's side. */
  lines: outlineSchema.shape.lines,
})
export type GalleryItem = z.infer<typeof galleryItemSchema>

/** Objects that were changed, and those left as they are because they, or their class, are locked. */
const changedSchema = z.object({ changed: count, locked: count, imageId: imageIdSchema.nullable() })

export const galleryCalls = {
  /** Of each image, at most 300 objects; images of a size that is not known yet have none. */
  'gallery.outlines': call(
    z.object({ imageIds: z.array(imageIdSchema).max(300) }),
    z.object({ images: z.array(z.object({ imageId: imageIdSchema, objects: z.array(outlineSchema) })) }),
  ),
  /**
   * A page of all objects of a class that are no proposals; null for one that can't be read. Refused with `bad-input` when
   * the filter's text is no query, and when more than 50,000 objects are to be sorted by size.
   */
  'gallery.list': call(
    galleryRequestSchema.extend({ offset: count, limit: z.int().positive().max(500) }),
    z.object({ total: count, items: z.array(galleryItemSchema.nullable()) }),
  ),
  /** The ids of a part of that list, to select it. */
  'gallery.ids': call(
    galleryRequestSchema.extend({ offset: count, limit: z.int().positive().max(5000) }),
    z.object({ ids: z.array(objectId) }),
  ),
  /** Square crops of 160 pixels, one under the other in one picture. Refused with `image-unreadable`. */
  'gallery.crops': call(
    z.object({ imageId: imageIdSchema, windows: z.array(cropWindowSchema).min(1).max(60) }),
    z.object({ bytes: z.instanceof(Uint8Array), contentType: z.string() }),
  ),
  /** One edit for all of them. Refused with `not-found` when the class is gone. */
  'gallery.setClass': call(z.object({ ids, labelId: labelIdSchema }), changedSchema),
  'gallery.remove': call(z.object({ ids }), changedSchema),
} as const

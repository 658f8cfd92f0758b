/** Classes and objects, and every change to them. */
import { z } from 'zod'
import { diffSchema } from '../diff.ts'
import { imageIdSchema, labelIdSchema, labelSchema } from '../model.ts'
import { call, nothing } from './call.ts'

export const editCalls = {
  'labels.list': call(nothing, z.object({ labels: z.array(labelSchema) })),
  'labels.usage': call(
    z.object({ labelId: labelIdSchema }),
    z.object({ annotations: z.int(), images: z.int() }),
  ),
  /** Deletes the label and all its annotations as one edit that undo takes back. */
  'labels.delete': call(
    z.object({ labelId: labelIdSchema }),
    z.object({ annotations: z.int(), images: z.int() }),
  ),
  /** Durable when it returns. Refused with `conflict` when it does not fit the stored records. */
  'edit.commit': call(z.object({ diff: diffSchema }), nothing),
  /** Takes back the newest edit that touches the image (or only labels); done is false when there is none. */
  'edit.undo': call(z.object({ imageId: imageIdSchema.nullable() }), z.object({ done: z.boolean() })),
  'edit.redo': call(z.object({ imageId: imageIdSchema.nullable() }), z.object({ done: z.boolean() })),
} as const

export const editEvents = {
  /** A Diff is stored; the mirror applies it. `canUndo` and `canRedo` are of the images in `imageIds`. */
  'edit.applied': z.object({ diff: diffSchema, kind: z.enum(['commit', 'undo', 'redo']) }),
} as const

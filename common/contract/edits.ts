/** Classes, objects and what is said of images, and every change to them. */
import { z } from 'zod'
import { diffSchema, storedDiffSchema } from '../diff-schemas.ts'
import { imageIdSchema, labelIdSchema, labelSchema } from '../model.ts'
import { call, nothing } from './call.ts'

/** Whether there is anything to take back, or to do again, on an image; on none: of the changes of classes alone. */
const historySchema = z.object({ canUndo: z.boolean(), canRedo: z.boolean() })
export type History = z.infer<typeof historySchema>

export const editCalls = {
  'labels.list': call(nothing, z.object({ labels: z.array(labelSchema) })),
  /** The names that the folder's classes.txt lists now, at most 10,000; none when there is no such file. */
  'labels.listed': call(nothing, z.object({ names: z.array(z.string()) })),
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
  /**
   * Takes back the newest edit that touches the image (or only labels); done is false when there is none.
   * Refused with `conflict` when what it changed was changed again, with `unreadable-edit` when its entry in the undo
   * log is damaged.
   */
  'edit.undo': call(z.object({ imageId: imageIdSchema.nullable() }), z.object({ done: z.boolean() })),
  'edit.redo': call(z.object({ imageId: imageIdSchema.nullable() }), z.object({ done: z.boolean() })),
  /**
   * Takes back all edits of one run of long work, whatever it was called or however it ended. Objects that were changed
   * since stay. Counts objects.
   */
  'edit.undoRun': call(
    z.object({ run: z.string().max(64) }),
    z.object({ removed: z.int().nonnegative(), kept: z.int().nonnegative() }),
  ),
  'edit.history': call(z.object({ imageId: imageIdSchema.nullable() }), historySchema),
} as const

export const editEvents = {
  /** A Diff is stored; the mirror applies it. */
  'edit.applied': z.object({
    diff: storedDiffSchema,
    kind: z.enum(['commit', 'undo', 'redo']),
    /** What holds now for the images that it touches, and for the one where undo or redo was asked for. */
    histories: z.array(historySchema.extend({ imageId: imageIdSchema })),
    /** It may have changed the history of every other image too: `edit.history` tells. */
    everywhere: z.boolean(),
  }),
} as const

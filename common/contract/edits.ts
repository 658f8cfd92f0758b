/** Classes, objects and what is said of images, and every change to them. */
import { z } from 'zod'
import { diffSchema, storedDiffSchema } from '../diff-schemas.ts'
import { keptMaskSchema } from '../kept-mask.ts'
import { imageIdSchema, labelIdSchema, labelSchema } from '../model.ts'
import { call, nothing } from './call.ts'

/** Whether there is anything to take back, or to do again, on an image; on none: of the changes of classes alone. */
const historySchema = z.object({ canUndo: z.boolean(), canRedo: z.boolean() })
export type History = z.infer<typeof historySchema>

const runSchema = z.object({
  run: z.string(),
  /** What its kind is called. */
  title: z.string(),
  /** When it stored the first of it, ms since 1970. */
  at: z.int(),
  /** Objects that it made or changed. */
  objects: z.int().nonnegative(),
  images: z.int().nonnegative(),
  /** All of it was taken back. */
  isUndone: z.boolean(),
})
export type StoredRun = z.infer<typeof runSchema>

/** Counts objects: those that were moved over, and those that stay because they were changed or locked since. */
const movedRunSchema = z.object({ moved: z.int().nonnegative(), kept: z.int().nonnegative() })

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
  /**
   * Durable when it returns, with the masks that its new objects name. Refused with `conflict` when it does not fit the
   * stored records.
   */
  'edit.commit': call(
    z.object({ diff: diffSchema, masks: z.array(keptMaskSchema).max(1000).optional() }),
    nothing,
  ),
  /**
   * Takes back the newest edit that touches the image (or only labels); done is false when there is none.
   * Refused with `conflict` when what it changed was changed again, with `unreadable-edit` when its entry in the undo
   * log is damaged.
   */
  'edit.undo': call(z.object({ imageId: imageIdSchema.nullable() }), z.object({ done: z.boolean() })),
  'edit.redo': call(z.object({ imageId: imageIdSchema.nullable() }), z.object({ done: z.boolean() })),
  /** The newest 30 runs of long work that stored something which can be undone or done again, the newest first. */
  'edit.runs': call(nothing, z.object({ runs: z.array(runSchema) })),
  /**
   * Takes back all edits of one run of long work, whatever it was called or however it ended. Objects that were changed
   * or locked since stay.
   */
  'edit.undoRun': call(z.object({ run: z.string().max(64) }), movedRunSchema),
  /** Does again what `edit.undoRun` took back, as far as no newer edit of its images has come since. */
  'edit.redoRun': call(z.object({ run: z.string().max(64) }), movedRunSchema),
  /**
   * What can be taken back and done again on the image, in words, the next step of each first. A step that can't be read
   * is told as such.
   */
  'edit.steps': call(
    z.object({ imageId: imageIdSchema.nullable(), limit: z.int().min(1).max(100) }),
    z.object({ undo: z.array(z.string()), redo: z.array(z.string()) }),
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

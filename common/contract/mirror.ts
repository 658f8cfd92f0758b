/** The mirror: labels that are written beside the photos with each change, if the project asks for it. */
import { z } from 'zod'
import { call, nothing } from './call.ts'
import { problemSchema } from './work.ts'

const mirrorSchema = z.object({
  /** The id of the format that is written; null: the mirror is off. */
  format: z.string().nullable(),
  /** The project asks for it and nobody has turned it on here: nothing is written before. */
  isAsked: z.boolean(),
  /** Photos whose files are still to be written. */
  waiting: z.int().nonnegative(),
  /** Photos whose files are not in step, and why: at most 100 of `leftCount`. */
  left: z.array(problemSchema),
  leftCount: z.int().nonnegative(),
  /** Of these, files that are not ours and could be taken over. */
  foreign: z.int().nonnegative(),
  /** Why nothing can be written now; it is tried again. */
  failure: z.string().nullable(),
})
export type MirrorState = z.infer<typeof mirrorSchema>

export const mirrorCalls = {
  'mirror.get': call(nothing, mirrorSchema),
  /**
   * Turns it on or off in the project. On again looks at every photo anew; `takeOver` keeps the files that are not ours
   * in `.maskwright/replaced` and writes ours in their place.
   * Refused with `bad-input` for a format that can't lie beside photos.
   */
  'mirror.set': call(
    z.object({ format: z.string().max(64).nullable(), takeOver: z.boolean().optional() }),
    mirrorSchema,
  ),
} as const

export const mirrorEvents = {
  'mirror.changed': z.object({ mirror: mirrorSchema }),
} as const

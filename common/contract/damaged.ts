/** Objects whose stored record can't be read: they are kept, named and can be deleted; everything else goes on. */
import { z } from 'zod'
import { imageIdSchema } from '../model.ts'
import { call, nothing } from './call.ts'

const damagedObjectSchema = z.object({
  /** Its place in the order of objects; its id may be damaged too. */
  sequence: z.int(),
  id: z.string(),
  labelId: z.string().nullable(),
  /** What of it can't be read, in words for the user. */
  reason: z.string(),
})
export type DamagedObject = z.infer<typeof damagedObjectSchema>

const which = z.object({ imageId: imageIdSchema, sequence: z.int() })

export const damagedCalls = {
  'damaged.list': call(
    z.object({ imageId: imageIdSchema }),
    z.object({ damaged: z.array(damagedObjectSchema) }),
  ),
  /** The record is kept until the folder is closed, so that `damaged.restore` can put it back. */
  'damaged.delete': call(which, nothing),
  'damaged.restore': call(which, nothing),
} as const

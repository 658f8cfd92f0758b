/** The masks that stay with objects. */
import { z } from 'zod'
import { keptMaskSchema } from '../kept-mask.ts'
import { call, nothing } from './call.ts'

const count = z.int().nonnegative()

export const maskCalls = {
  /** Those of the masks that are there, in the order of the ids; what can't be read is left out. */
  'masks.get': call(
    z.object({ ids: z.array(z.string().min(1).max(64)).max(1000) }),
    z.object({ masks: z.array(keptMaskSchema) }),
  ),
  /** How many masks the open project keeps, and the bytes that they take in its file. */
  'masks.size': call(nothing, z.object({ masks: count, bytes: count })),
} as const

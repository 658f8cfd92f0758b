/** Models on offer: downloading, copying and removing them. */
import { z } from 'zod'
import { installingSchema, modelsSchema } from '../model-info.ts'
import { call, nothing } from './call.ts'

export const modelsCalls = {
  'models.available': call(nothing, modelsSchema.extend({ installing: installingSchema.nullable() })),
  /**
   * Downloads a model of the catalogue; goes on where an earlier download was broken off. Answers when the model is
   * in place. One install at a time: another one is refused with `conflict`.
   */
  'models.install': call(z.object({ id: z.string().min(1) }), modelsSchema),
  /** Copies a folder of encoder and decoder, and downloads what its manifest names by url. `id` is what to use. */
  'models.installFolder': call(
    z.object({ folder: z.string().min(1) }),
    modelsSchema.extend({ id: z.string() }),
  ),
  /** The install is answered `cancelled`; what was downloaded is kept for the next time. */
  'models.cancel': call(nothing, nothing),
  /** Deletes an installed model, or what is kept of a download. Refused with `conflict` while it is in use. */
  'models.remove': call(z.object({ id: z.string().min(1) }), modelsSchema),
} as const

export const modelsEvents = {
  /** `models` is null while only the progress is news. */
  'models.changed': z.object({ models: modelsSchema.nullable(), installing: installingSchema.nullable() }),
} as const

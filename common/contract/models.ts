/** Models on offer: downloading, copying and removing them. */
import { z } from 'zod'
import { modelsSchema } from '../model-info.ts'
import { call, nothing } from './call.ts'
import { pathText, text } from '../text.ts'

/** Which model to install. */
export const modelInstallRequestSchema = z.discriminatedUnion('from', [
  /** Downloads a model of the catalogue; goes on where an earlier download was broken off. */
  z.object({ from: z.literal('catalogue'), id: text().min(1) }),
  /** Copies a folder of encoder and decoder, and downloads what its manifest names by url. */
  z.object({ from: z.literal('folder'), folder: pathText() }),
])
export type ModelInstallRequest = z.infer<typeof modelInstallRequestSchema>

export const modelInstallDetailSchema = z.object({
  /** Of the catalogue; null for a folder. */
  asked: z.string().nullable(),
  /** The model to use, when it is in place. */
  installed: z.string().nullable(),
})

export const modelsCalls = {
  'models.available': call(nothing, modelsSchema),
  /** Deletes an installed model, or what is kept of a download. Refused with `conflict` while it is in use. */
  'models.remove': call(z.object({ id: text().min(1) }), modelsSchema),
} as const

export const modelsEvents = {
  /** What is installed, or what is on offer, has changed. */
  'models.changed': z.object({ models: modelsSchema }),
} as const

/** A server that runs encoders and detectors: what it says of a model, and trying it. */
import { z } from 'zod'
import { text } from '../text.ts'
import { call } from './call.ts'

const tensorSchema = z.object({
  name: z.string(),
  /** Of the protocol: FP16, UINT8, INT64, ... */
  datatype: z.string(),
  /** -1: any. */
  shape: z.array(z.number()),
})

/** What a server tells of a model. */
const modelSchema = z.object({
  name: z.string(),
  versions: z.array(z.string()),
  platform: z.string(),
  inputs: z.array(tensorSchema),
  outputs: z.array(tensorSchema),
})
export type ServerModel = z.infer<typeof modelSchema>

const trialSchema = z.discriminatedUnion('fits', [
  z.object({
    fits: z.literal(true),
    model: modelSchema,
    /** One encode there, with its way, and one here, ms. */
    thereMs: z.number(),
    hereMs: z.number(),
  }),
  z.object({
    fits: z.literal(false),
    /** What was found, and what to do, in words. */
    why: z.string(),
  }),
])
export type ServerTrialResult = z.infer<typeof trialSchema>

export const serverCalls = {
  /** Asks the server to encode a test picture, and looks whether the chosen model's decoder understands the answer. */
  'server.try': call(z.object({ url: text('path'), model: text() }), trialSchema),
} as const

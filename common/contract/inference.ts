/** The model: what it does now, and masks for prompts. */
import { z } from 'zod'
import { imageIdSchema } from '../model.ts'
import {
  alternativesInputSchema,
  candidateSchema,
  segmentInputSchema,
  segmentOutputSchema,
} from '../segmentation.ts'
import { call, nothing } from './call.ts'

const inferenceStatusSchema = z.object({
  state: z.enum(['starting', 'idle', 'encoding', 'decoding', 'restarting', 'unavailable']),
  /** The image that is encoded or decoded now. */
  imageId: imageIdSchema.nullable(),
  /** Expected length of the running encode, ms, from the ones before; null when unknown. */
  expectedMs: z.number().nullable(),
  modelId: z.string().nullable(),
  provider: z.string().nullable(),
  /** Of the server that encodes in place of this computer; null without one. away: this computer encodes. */
  server: z.enum(['connecting', 'on', 'away']).nullish(),
  /** Processes that share long work beside the one that answers clicks; none where it is left out. */
  hands: z.number().int().positive().optional(),
  /** For the status bar: a restart, a fallback, why it is unavailable. */
  message: z.string().nullable(),
  /** Images whose embedding is at hand in memory. */
  ready: z.array(imageIdSchema),
})
export type InferenceStatus = z.infer<typeof inferenceStatusSchema>

export const inferenceCalls = {
  /** The image on screen, and those to encode ahead, in order. Never waits for the encoder. */
  'inference.focus': call(
    z.object({ imageId: imageIdSchema.nullable(), ahead: z.array(imageIdSchema).max(16) }),
    nothing,
  ),
  'inference.status': call(nothing, inferenceStatusSchema),
  /**
   * Masks for prompts. Latest wins: a call that waits is answered `superseded` when a later one arrives. Mask 0 alone;
   * for a single point `more` alternatives can be asked for, so that nothing waits for a megabyte on its way.
   * Refused with `not-found` when it names a mask that is forgotten: to be asked again with its logits.
   */
  'inference.segment': call(segmentInputSchema, segmentOutputSchema),
  /** The `more` candidates of the newest `inference.segment` of that purpose; `superseded` when a newer question was asked. */
  'inference.alternatives': call(alternativesInputSchema, z.object({ candidates: z.array(candidateSchema) })),
} as const

export const inferenceEvents = {
  'inference.changed': inferenceStatusSchema,
} as const

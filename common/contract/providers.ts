/** What runs the model on this computer: the race of the runtime's execution providers. */
import { z } from 'zod'
import { call, nothing } from './call.ts'

const resultSchema = z.object({
  /** onnxruntime's name of it. */
  provider: z.string(),
  /** The median of a few encodes; null when it gave none. */
  ms: z.number().nullable(),
  /** How like the CPU's its embedding is, cosine; null when it gave none. */
  likeness: z.number().nullable(),
  /** Why it is out of the race; null when it is not. */
  problem: z.string().nullable(),
})
export type ProviderResult = z.infer<typeof resultSchema>

export const measuredSchema = z.object({
  /** The model that was measured. */
  modelId: z.string(),
  results: z.array(resultSchema).max(16),
  /** The fastest of those that compute what the CPU computes. */
  winner: z.string(),
})
export type Measured = z.infer<typeof measuredSchema>

export const providersRequestSchema = z.strictObject({})

export const providersCalls = {
  /** What is remembered of the chosen model on this computer with its present drivers; null before it was measured. */
  'providers.measured': call(nothing, z.object({ measured: measuredSchema.nullable() })),
} as const

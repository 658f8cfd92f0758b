/** What crosses when masks are asked for: the question, the answer, the masks. Part of the contract. */
import { z } from 'zod'
import { consistencySchema, imageIdSchema, promptSchema } from './model.ts'
import { text } from './text.ts'

/** Logits of one of the decoder's masks over the square model frame; > 0 is inside. */
export const candidateSchema = z.object({
  /** 0 the one-answer mask; 1, 2, 3 the alternatives. */
  index: z.int().min(0).max(3),
  /** Estimated IoU, 0..1. */
  score: z.number(),
  /** [256 * 256], row by row. */
  logits: z.instanceof(Float32Array),
  /** With the other masks or looks, where there are any. */
  consistency: consistencySchema.optional(),
})
export type Candidate = z.infer<typeof candidateSchema>

/**
 * The part of the image that was given to the encoder: the whole image, or a crop when zoomed. The crop's long side
 * is the model frame's side; image point = origin + model point * max(width, height) / 1024.
 */
export const cropSchema = z.object({
  x: z.int().nonnegative(),
  y: z.int().nonnegative(),
  width: z.int().positive(),
  height: z.int().positive(),
})
export type Crop = z.infer<typeof cropSchema>

/** Names a candidate of an answer, so that its 256 kB of logits need not be sent back. */
const maskNameSchema = z.object({ answer: text(), index: z.int().min(0).max(3) })
export type MaskName = z.infer<typeof maskNameSchema>

const maskInputSchema = z
  .instanceof(Float32Array)
  .refine(({ length }) => length === 256 * 256, 'a mask has 256 x 256 logits')

const purposeSchema = z.enum(['prompt', 'hover'])

/**
 * How hard to look at a lone box. fast: one decode of the whole image. good: a second look, at the box and the mask that
 * the first one found, on an enlarged crop where the model sees the object too small. best: the same of the mirrored
 * image too, for twice the time.
 */
export const qualitySchema = z.enum(['fast', 'good', 'best'])
export type Quality = z.infer<typeof qualitySchema>

export const segmentInputSchema = z.object({
  imageId: imageIdSchema,
  revision: z.int().nonnegative(),
  prompts: z.array(promptSchema).min(1).max(1000).readonly(),
  /** The mask that was shown, of the same crop: its logits [256 * 256], or its name; null for a first prompt. */
  maskInput: z.union([maskInputSchema, maskNameSchema]).nullable(),
  /** The crop of the answer before; null lets the policy choose. */
  crop: cropSchema.nullable(),
  /** Ask for a crop around the prompts. */
  zoom: z.boolean(),
  /** A hover answer never delays a prompt's. */
  purpose: purposeSchema,
  /** Of a lone box; `maskInput` is then the mask of its first look, or null for both looks. Else it changes nothing. */
  quality: qualitySchema,
})

export const segmentOutputSchema = z.object({
  /** Names this answer in a later `maskInput`. */
  id: z.string(),
  imageId: imageIdSchema,
  revision: z.int(),
  modelId: z.string(),
  /** The upright image's size. */
  width: z.int(),
  height: z.int(),
  crop: cropSchema,
  candidates: z.array(candidateSchema).min(1),
  /** A further look may find a better mask: to be asked for with quality good and this answer's mask. */
  canBeBetter: z.boolean(),
  /** How many candidates are still to come. */
  more: z.int().min(0).max(3),
  /** Milliseconds of each stage in the inference process. */
  timings: z.object({ wait: z.number(), encode: z.number(), decode: z.number() }),
})

export const alternativesInputSchema = z.object({
  imageId: imageIdSchema,
  revision: z.int().nonnegative(),
  purpose: purposeSchema,
})

/** A question to the model, with its mask's logits at hand: what tools ask, and what the inference process is asked. */
export type MaskQuestion = Readonly<Omit<z.infer<typeof segmentInputSchema>, 'maskInput'>> & {
  readonly maskInput: Candidate['logits'] | null
}
/** An answer that nobody has named yet. */
export type SegmentAnswer = Omit<z.infer<typeof segmentOutputSchema>, 'id'>

/** Every object of one image, proposed. */
import { z } from 'zod'
import { keptMaskSchema } from '../kept-mask.ts'
import { imageIdSchema, maskRefSchema, polygonSchema, promptSchema } from '../model.ts'

/** An object that everything mode found; nothing is stored before the user takes it. */
const proposalSchema = z.object({
  id: z.string(),
  polygon: polygonSchema,
  /** Estimated IoU, 0..1. */
  score: z.number(),
  bbox: z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }),
  /** What it was made with, for the annotation that keeps it. */
  modelId: z.string(),
  prompts: z.array(promptSchema),
  candidate: z.int().min(0).max(3),
  /** What it says of its mask, where one stays with it. */
  mask: maskRefSchema.optional(),
  /** To be stored with it: none, or one. */
  kept: z.array(keptMaskSchema).max(1),
})
export type Proposal = z.infer<typeof proposalSchema>

/** Proposes every object of the image by a grid of points; a start takes the place of the run before. */
export const everythingRequestSchema = z.object({
  imageId: imageIdSchema,
  pointsPerSide: z.int().min(2).max(64),
  budgetMs: z.number().positive(),
})
export type EverythingRequest = z.infer<typeof everythingRequestSchema>

export const everythingDetailSchema = z.object({
  imageId: imageIdSchema,
  /** The proposals since the event before. */
  added: z.array(proposalSchema),
})

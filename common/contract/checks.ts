/** Checking a project, and repairing what was found. */
import { z } from 'zod'
import { checkKinds } from '../checks.ts'
import { imageIdSchema, labelIdSchema } from '../model.ts'
import { imageFilterSchema } from './images.ts'

const kindSchema = z.enum(checkKinds)

export const checkRequestSchema = z.object({
  /** All that need no comparing of pictures when left out. */
  kinds: z.array(kindSchema).min(1).optional(),
  /** Images that it does not mean are passed over; classes are checked all the same. */
  filter: imageFilterSchema.optional(),
})
export type CheckRequest = z.infer<typeof checkRequestSchema>

/** One thing that is wrong: of one image, or of classes. */
const findingSchema = z.object({
  kind: kindSchema,
  imageId: z.number().nullable(),
  /** Its path. */
  image: z.string().nullable(),
  /** Ids of the objects that it is about. */
  objects: z.array(z.string()),
  /** Ids of the classes that it is about. */
  labels: z.array(z.string()),
  /** What is wrong, in words. */
  message: z.string(),
})
export type Finding = z.infer<typeof findingSchema>

const count = z.int().nonnegative()

export const checkDetailSchema = z.object({
  /** At most the first 500 of each kind. */
  findings: z.array(findingSchema),
  /** How many there are of each kind that was looked for. */
  counts: z.partialRecord(kindSchema, count),
  /** All of them. */
  total: count,
})
export type CheckDetail = z.infer<typeof checkDetailSchema>

/** What is repaired: of that kind all that is found, or only on these images or of these classes. */
export const repairRequestSchema = z.object({
  kind: kindSchema,
  images: z.array(imageIdSchema).max(10_000).optional(),
  labels: z.array(labelIdSchema).max(1000).optional(),
  filter: imageFilterSchema.optional(),
})
export type RepairWorkRequest = z.infer<typeof repairRequestSchema>

export const repairDetailSchema = z.object({
  /** Findings that are repaired. */
  repaired: count,
  /** Objects that were changed or removed. */
  objects: count,
})

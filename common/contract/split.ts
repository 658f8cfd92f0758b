/** Dividing the images of a project into training, validation and test, and storing it. */
import { z } from 'zod'
import { splitShape } from './export.ts'

export const splitRequestSchema = z.object({
  ...splitShape,
  /** Forgets where images were put before; else they stay. */
  again: z.boolean().optional(),
  /** Only forgets: no image is on a side afterwards. */
  forget: z.boolean().optional(),
})
export type SplitWorkRequest = z.infer<typeof splitRequestSchema>

const perSide = { train: z.int(), val: z.int(), test: z.int() }

export const splitDetailSchema = z.object({
  /** Images on each side. */
  images: z.object(perSide),
  /** Images of each class on each side, in the order of the classes. */
  classes: z.array(z.object({ name: z.string(), ...perSide })),
  notes: z.array(z.string()),
})
export type SplitDetail = z.infer<typeof splitDetailSchema>

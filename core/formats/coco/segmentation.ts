/** The `segmentation` of a COCO record as a shape: lists of coordinates, or a run-length mask. Pure. */
import { z } from 'zod'
import { limits } from '../../../common/limits.ts'
import type { Ring } from '../../../common/model.ts'
import type { ReadShape } from '../../import/objects.ts'

const coordinates = z
  .array(z.number())
  .min(6)
  .max(2 * limits.pointsOfShape)
  .refine((numbers) => numbers.length % 2 === 0)
const polygons = z.array(coordinates).min(1).max(limits.ringsOfShape)
const mask = z.object({
  size: z.tuple([z.int().positive(), z.int().positive()]),
  counts: z.union([z.string(), z.array(z.int().nonnegative())]),
})

const ringOf = (numbers: readonly number[]): Ring =>
  Array.from({ length: numbers.length / 2 }, (_, index) => [numbers[2 * index]!, numbers[2 * index + 1]!])

const isAbsent = (value: unknown) =>
  value === undefined || value === null || (Array.isArray(value) && value.length === 0)

/** The box alone when there is no segmentation; null when there is one that can't be read. */
export const shapeOfSegmentation = (value: unknown): ReadShape | null => {
  if (isAbsent(value)) return { type: 'box' }
  const lists = polygons.safeParse(value).data
  if (lists) return { type: 'polygon', rings: lists.map(ringOf) }
  const runs = mask.safeParse(value).data
  if (!runs) return null
  const [height, width] = runs.size
  return { type: 'mask', width, height, counts: runs.counts }
}

/** The `segmentation` of a COCO record as a shape: lists of coordinates, or a run-length mask. Pure. */
import { z } from 'zod'
import { limits } from '../../../common/limits.ts'
import type { ReadShape } from '../../import/objects.ts'

const mask = z.object({
  size: z.tuple([z.int().positive(), z.int().positive()]),
  counts: z.union([z.string(), z.array(z.int().nonnegative())]),
})

/** Pairs of finite numbers. Written out: a schema takes longer than all other reading. */
const isRing = (numbers: unknown): numbers is number[] => {
  if (!Array.isArray(numbers) || numbers.length < 6 || numbers.length % 2 !== 0) return false
  if (numbers.length > 2 * limits.pointsOfShape) return false
  for (const number of numbers as readonly unknown[]) if (!Number.isFinite(number)) return false
  return true
}

/** A list of such lists. */
const areRings = (value: unknown): value is number[][] =>
  Array.isArray(value) && value.length > 0 && value.length <= limits.ringsOfShape && value.every(isRing)

const isAbsent = (value: unknown) =>
  value === undefined || value === null || (Array.isArray(value) && value.length === 0)

/** The box alone when there is no segmentation; null when there is one that can't be read. */
export const shapeOfSegmentation = (value: unknown): ReadShape | null => {
  if (isAbsent(value)) return { type: 'box' }
  if (areRings(value)) return { type: 'flat', rings: value }
  const runs = mask.safeParse(value).data
  if (!runs) return null
  const [height, width] = runs.size
  return { type: 'mask', width, height, counts: runs.counts }
}

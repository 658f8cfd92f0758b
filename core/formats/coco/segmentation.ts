/** The `segmentation` of a COCO record as a shape: lists of coordinates, or a run-length mask. Pure. */
import { z } from 'zod'
import { limits } from '../../../common/limits.ts'
import type { Ring } from '../../../common/model.ts'
import type { ReadShape } from '../../import/objects.ts'

const mask = z.object({
  size: z.tuple([z.int().positive(), z.int().positive()]),
  counts: z.union([z.string(), z.array(z.int().nonnegative())]),
})

/** Null when it is no list of pairs of finite numbers. Written out: a schema takes longer than all other reading. */
const ringOf = (numbers: unknown): Ring | null => {
  if (!Array.isArray(numbers) || numbers.length < 6 || numbers.length % 2 !== 0) return null
  if (numbers.length > 2 * limits.pointsOfShape) return null
  const ring: Ring = []
  for (let index = 0; index < numbers.length; index += 2) {
    const x: unknown = numbers[index]
    const y: unknown = numbers[index + 1]
    if (!Number.isFinite(x) || !Number.isFinite(y)) return null
    ring.push([x as number, y as number])
  }
  return ring
}

/** Null when it is no list of such lists. */
const ringsOf = (value: unknown): Ring[] | null => {
  if (!Array.isArray(value) || value.length === 0 || value.length > limits.ringsOfShape) return null
  const rings: Ring[] = []
  for (const numbers of value) {
    const ring = ringOf(numbers)
    if (ring === null) return null
    rings.push(ring)
  }
  return rings
}

const isAbsent = (value: unknown) =>
  value === undefined || value === null || (Array.isArray(value) && value.length === 0)

/** The box alone when there is no segmentation; null when there is one that can't be read. */
export const shapeOfSegmentation = (value: unknown): ReadShape | null => {
  if (isAbsent(value)) return { type: 'box' }
  const rings = ringsOf(value)
  if (rings !== null) return { type: 'polygon', rings }
  const runs = mask.safeParse(value).data
  if (!runs) return null
  const [height, width] = runs.size
  return { type: 'mask', width, height, counts: runs.counts }
}

/** Detail after the fact, of stored objects: what the outline is made of, and what the object says of its mask then. Pure. */
import { fingerprintOf } from './fingerprint.ts'
import type { DetailSource } from './geometry/detail.ts'
import type { KeptMask } from './kept-mask.ts'
import type { Annotation, Shape } from './model.ts'

/** The outline is as it was made, from the mask or with another detail: nothing was mended by hand since. */
const isAsMade = ({ shape, mask }: Annotation): boolean => mask?.made === fingerprintOf(shape)

/** The outline before its detail was changed, with what was mended by hand; null of an object without a mask. */
const beforeOf = (annotation: Annotation): Pick<DetailSource, 'before' | 'isMended'> | null => {
  const { shape, mask } = annotation
  // What was made a rectangle after all is no outline of its mask.
  if (!mask || shape.type !== 'polygon') return null
  const asMade = isAsMade(annotation)
  const earlier = mask.before
  if (asMade && earlier) {
    const before = { shape: earlier.shape, detail: earlier.detail }
    return { before, isMended: earlier.made !== fingerprintOf(before.shape) }
  }
  return { before: { shape, detail: mask.detail }, isMended: !asMade }
}

export const detailSourceOf = (annotation: Annotation, mask: KeptMask): DetailSource | null => {
  const before = beforeOf(annotation)
  return before && { ...before, mask, prompts: annotation.prompts }
}

/** The object with the outline that `source` gives with this detail; as it was before when that is the same. */
export const withDetail = (
  { before, isMended, mask }: DetailSource,
  detail: number,
  shape: Shape,
): Pick<Annotation, 'shape' | 'mask'> => {
  const { id } = mask
  const made = isMended ? undefined : fingerprintOf(before.shape)
  if (detail === before.detail) return { shape: before.shape, mask: { id, detail, ...(made && { made }) } }
  return {
    shape,
    mask: { id, detail, before: { ...before, ...(made && { made }) }, made: fingerprintOf(shape) },
  }
}

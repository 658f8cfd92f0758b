/** An object on its way through images: where it was seen last, and where a person last confirmed it. Pure. */
import { iou } from '../../../common/geometry/overlap.ts'
import { bboxOf, hasArea } from '../../../common/geometry/measure.ts'
import type { Annotation, Polygon, Shape } from '../../../common/model.ts'

/** An object that was there already when it covers the same as what was followed, intersection over union. */
const SAME = 0.7

export interface Track {
  readonly number: number
  previous: Annotation
  keyframe: Annotation
}

/** Of all tracks of an image: is it followed, or to be followed? */
export const canFollow = ({ shape }: Annotation): boolean => hasArea(shape)

/** What a person has made, mended or accepted; else a machine's proposal. */
export const isConfirmed = ({ proposed }: Annotation): boolean => !proposed

/** Made of this keyframe as it is now: it need not be made again. */
export const isFresh = (found: Annotation, { keyframe }: Track): boolean =>
  found.updatedAt >= keyframe.updatedAt

/** The lowest numbers that no track has. */
export const freeTracks = (taken: readonly number[], count: number): number[] => {
  const used = new Set(taken)
  const free: number[] = []
  for (let number = 1; free.length < count; number++) if (!used.has(number)) free.push(number)
  return free
}

/** The kind of shape that the object has had so far, around what was found. */
export const asBefore = (before: Shape, found: Polygon): Shape =>
  before.type === 'rectangle' ? { type: 'rectangle', ...bboxOf(found) } : found

/** The object of that class that is there already. */
export const sameObject = (
  objects: readonly Annotation[],
  { labelId }: Annotation,
  shape: Shape,
): Annotation | null =>
  objects.find((one) => isConfirmed(one) && one.labelId === labelId && iou(one.shape, shape) >= SAME) ?? null

/**
 * Of an image between two keyframes: is what was found from the later one to be taken? The nearer keyframe counts more,
 * at its own image twice as much as at the other's.
 * @param share how far the image is from the earlier keyframe to the later, 0..1
 */
export const isLaterBetter = (earlier: number, later: number, share: number): boolean =>
  later * (0.5 + share / 2) > earlier * (1 - share / 2)

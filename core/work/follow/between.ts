/** Images between two keyframes, asked from the later one backwards. */
import type { Annotation, AnnotationId, ImageId } from '../../../common/model.ts'
import type { ReadStore } from '../../store/read-store.ts'
import type { Carry, Found } from './carry.ts'
import { isConfirmed, isLaterBetter, type Track } from './track.ts'

/** What was found from the later keyframe and is better, and the proposal that it takes the place of. */
export interface Better {
  readonly found: Found
  readonly instead: Annotation | null
}

interface BetweenParts {
  readonly store: Pick<ReadStore, 'annotations'>
  readonly carry: Carry
  /** @throws CodedError cancelled */
  readonly ready: () => Promise<void>
  /** Proposals that were made on the way from the earlier keyframe just now. */
  readonly made: ReadonlySet<AnnotationId>
}

/**
 * @param found the object in the later keyframe
 * @param images those after the earlier keyframe and before the later one, in order
 */
export const fillBetween = async (
  { store, carry, ready, made }: BetweenParts,
  track: Track,
  found: Annotation,
  images: readonly ImageId[],
): Promise<Better[]> => {
  const better: Better[] = []
  let previous = found
  for (let at = images.length - 1; at >= 0; at--) {
    await ready()
    const imageId = images[at]!
    const there = store.annotations.ofImage(imageId).find(({ trackId }) => trackId === track.number) ?? null
    const isOld = there !== null && there.updatedAt >= found.updatedAt && !made.has(there.id)
    // It was asked from both sides before, or is settled.
    if (there !== null && (isConfirmed(there) || there.locked || isOld)) break
    const [one = null] = await carry(imageId, [{ previous, keyframe: { ...found, trackId: track.number } }])
    if (one === null) break
    const share = (at + 1) / (images.length + 1)
    if (there === null || isLaterBetter(there.score ?? 1, one.object.score ?? 1, share))
      better.push({ found: one, instead: there })
    previous = one.object
  }
  return better
}

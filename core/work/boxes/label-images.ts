/** Goes through images and their boxes: the model has the next image while the last polygons of this one are made. */
import type { Problem } from '../../../common/contract/work.ts'
import { toErrorReply } from '../../../common/errors.ts'
import type { ImageId } from '../../../common/model.ts'
import type { BoxOfObject } from '../../import/objects.ts'
import type { ReadStore } from '../../store/read-store.ts'
import { endsRun } from '../ends-run.ts'
import type { LabellingImage } from './label-image.ts'

export interface ImageWithBoxes {
  readonly imageId: ImageId
  readonly boxes: readonly BoxOfObject[]
}

interface LabelImagesOptions {
  readonly store: Pick<ReadStore, 'images'>
  readonly beginImage: (imageId: ImageId, boxes: readonly BoxOfObject[]) => Promise<LabellingImage>
  readonly control: {
    readonly signal: AbortSignal
    ready(): Promise<void>
    leaveOut(problem: Problem): void
  }
  /** An image failed by its own fault. @param boxes so many are over, those of the images before among them */
  readonly onFailed?: (boxes: number) => void
}

/**
 * What one image fails with is left out by name, and the rest goes on.
 * @returns images that had all of theirs already
 * @throws CodedError what ends a run (ends-run.ts); what was stored until then stays
 */
export const labelImages = async (
  images: readonly ImageWithBoxes[],
  { store, beginImage, control, onFailed }: LabelImagesOptions,
): Promise<number> => {
  const { signal } = control
  let [skipped, over] = [0, 0]
  const begin = (at: number): Promise<LabellingImage> | null => {
    const next = images[at]
    const begun = next === undefined || signal.aborted ? null : beginImage(next.imageId, next.boxes)
    // What it fails with is said in its turn.
    begun?.catch(() => undefined)
    return begun
  }
  const coming: { image: Promise<LabellingImage> | null } = { image: null }
  for (const [at, one] of images.entries()) {
    await control.ready()
    over += one.boxes.length
    const begun = coming.image ?? begin(at)
    coming.image = null
    try {
      const image = await begun
      if (image === null) continue
      const { worked, problems } = await image.finish(() => {
        coming.image ??= begin(at + 1)
      })
      if (!worked) skipped++
      for (const problem of problems) control.leaveOut(problem)
    } catch (thrown) {
      if (signal.aborted || endsRun(thrown)) throw thrown
      const image = store.images.get(one.imageId)?.path ?? null
      control.leaveOut({ image, annotationId: null, message: toErrorReply(thrown).message })
      onFailed?.(over)
    }
  }
  return skipped
}

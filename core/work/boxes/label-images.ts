/**
 * Goes through images and their boxes in lanes, one for each hand: each takes the next image, and its model has that
 * while the last polygons of the one before are made.
 */
import type { Problem } from '../../../common/contract/work.ts'
import { toErrorReply } from '../../../common/errors.ts'
import type { ImageId } from '../../../common/model.ts'
import type { BoxOfObject } from '../../import/objects.ts'
import type { ReadStore } from '../../store/read-store.ts'
import { endsRun } from '../ends-run.ts'
import type { BeginImage, LabellingImage } from './label-image.ts'
import { createTurns } from './turns.ts'

export interface ImageWithBoxes {
  readonly imageId: ImageId
  readonly boxes: readonly BoxOfObject[]
}

interface LabelImagesOptions {
  readonly store: Pick<ReadStore, 'images'>
  /** So many images are worked on at a time, each by another hand. */
  readonly lanes: readonly BeginImage[]
  readonly control: {
    readonly signal: AbortSignal
    ready(): Promise<void>
    leaveOut(problem: Problem): void
  }
  /** A box is over. @param workedMs what it adds to the time of the whole; null when there was nothing to do for it */
  readonly onBox?: (workedMs: number | null) => void
  /** An image is over, with all of its boxes. */
  readonly onImage?: () => void
}

interface Begun {
  readonly at: number
  readonly one: ImageWithBoxes
  readonly image: Promise<LabellingImage>
  /** Boxes that are over. */
  readonly done: () => number
  readonly onBox: (workedMs: number | null) => void
}

/**
 * What one image fails with is left out by name, and the rest goes on. A class is made by the first image that has it,
 * in the order of the images, whichever is done first.
 * @returns images that had all of theirs already
 * @throws CodedError what ends a run (ends-run.ts), when no lane works any more; what was stored until then stays
 */
export const labelImages = async (
  images: readonly ImageWithBoxes[],
  { store, lanes, control, onBox = () => undefined, onImage = () => undefined }: LabelImagesOptions,
): Promise<number> => {
  const { signal } = control
  const turns = createTurns()
  const failures: unknown[] = []
  let [skipped, next] = [0, 0]

  const begin = (beginImage: BeginImage): Begun | null => {
    const one = images[next]
    if (one === undefined || signal.aborted || failures.length > 0) return null
    const at = next++
    let done = 0
    const count = (workedMs: number | null) => {
      done++
      onBox(workedMs === null ? null : workedMs / lanes.length)
    }
    const image = beginImage(one.imageId, one.boxes, { turn: turns.of(at), onBox: count })
    // What it fails with is said in its turn.
    image.catch(() => undefined)
    return { at, one, image, done: () => done, onBox: count }
  }

  const leaveOut = ({ one, done, onBox }: Begun, thrown: unknown) => {
    if (signal.aborted || endsRun(thrown)) throw thrown
    const image = store.images.get(one.imageId)?.path ?? null
    control.leaveOut({ image, annotationId: null, message: toErrorReply(thrown).message })
    while (done() < one.boxes.length) onBox(null)
  }

  const work = async (beginImage: BeginImage) => {
    const coming: { image: Begun | null } = { image: null }
    try {
      while (failures.length === 0 && (coming.image !== null || next < images.length)) {
        await control.ready()
        const begun = (coming.image ??= begin(beginImage))
        if (begun === null) return
        const goOn = () => {
          if (coming.image === begun) coming.image = begin(beginImage)
        }
        try {
          const { worked, problems } = await (await begun.image).finish(goOn)
          if (!worked) skipped++
          for (const problem of problems) control.leaveOut(problem)
        } catch (thrown) {
          leaveOut(begun, thrown)
        } finally {
          turns.end(begun.at)
        }
        onImage()
        if (coming.image === begun) coming.image = null
      }
    } catch (thrown) {
      failures.push(thrown)
    } finally {
      if (coming.image !== null) turns.end(coming.image.at)
    }
  }
  await Promise.all(lanes.map(work))
  if (failures.length > 0) throw failures[0]
  return skipped
}

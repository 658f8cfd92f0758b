/** Follows the objects of sequences with known masks as the app does, and counts how well each frame is found. */
import { polygonOfLogits } from '../../common/geometry/mask-to-polygon.ts'
import { wholeImage } from '../../common/geometry/letterbox.ts'
import { createScratch } from '../../common/geometry/scratch.ts'
import type { Polygon } from '../../common/model.ts'
import { polygonOfMaskShape } from '../../core/import/mask-shape.ts'
import type { Inference } from '../../core/inference/client/inference.ts'
import { defaultSettings } from '../../core/settings.ts'
import { unread } from '../pipeline.ts'
import { emptyMask, iouOf, maskOfShape } from '../quality/masks.ts'
import { readMasks, type Sequence } from './davis.ts'

/** One object in one frame after the first. */
export interface FollowedFrame {
  readonly sequence: string
  /** Frames since the mask that a person made: 1, 2, ... */
  readonly since: number
  /** 0..1; 0 when the object was said to have left. */
  readonly confidence: number
  /** IoU of the stored polygon with the known mask; 1 when both are empty. */
  readonly iou: number
  readonly isThere: boolean
  readonly isFound: boolean
}

export interface Measured {
  readonly frames: readonly FollowedFrame[]
  /** Seconds of each frame, its encode included. */
  readonly seconds: readonly number[]
}

interface Followed {
  readonly number: number
  readonly first: Polygon
  previous: { readonly image: number; readonly shape: Polygon } | null
}

/** @param sequence its first frame's masks are those of a person */
export const followSequence = async (inference: Inference, sequence: Sequence): Promise<Measured> => {
  const [first, ...others] = sequence.frames
  const images = sequence.frames.map(({ image }, index) => ({ ...unread(image), id: index + 1 }))
  const objects = [...readMasks(first!)].flatMap(([number, { width, height, data }]): Followed[] => {
    const shape = polygonOfMaskShape({ type: 'raster', raster: { x: 0, y: 0, width, height, data } })
    return shape === null ? [] : [{ number, first: shape, previous: { image: 0, shape } }]
  })
  const frames: FollowedFrame[] = []
  const seconds: number[] = []
  const scratch = createScratch()
  // As in the app, where a person has had the first image open.
  await inference.prepare(images[0]!, false)
  for (const [at, frame] of others.entries()) {
    const index = at + 1
    const live = objects.flatMap((object) =>
      object.previous === null ? [] : [{ object, previous: object.previous }],
    )
    if (live.length === 0) break
    const start = performance.now()
    const known = live.map(({ object, previous }) => ({
      previous,
      keyframe: previous.image === 0 ? null : { image: 0, shape: object.first },
    }))
    const { width, height, masks } = await inference.aside(
      images[index]!,
      { kind: 'follow', images, objects: known },
      'everything',
    )
    const crop = wholeImage({ width, height })
    const shapes = masks.map((mask) =>
      mask === null
        ? null
        : polygonOfLogits(
            mask.logits,
            { crop, imageWidth: width, imageHeight: height },
            defaultSettings,
            [mask.prompt],
            scratch,
          ),
    )
    seconds.push((performance.now() - start) / 1000)
    const truths = readMasks(frame)
    for (const [place, { object }] of live.entries()) {
      const shape = shapes[place] ?? null
      const truth = truths.get(object.number) ?? emptyMask(width, height)
      frames.push({
        sequence: sequence.name,
        since: index,
        confidence: shape === null ? 0 : masks[place]!.confidence,
        iou: iouOf(truth, maskOfShape(shape, width, height)),
        isThere: truth.data.includes(1),
        isFound: shape !== null,
      })
      object.previous = shape === null ? null : { image: index, shape }
    }
  }
  return { frames, seconds }
}

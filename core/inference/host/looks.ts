/**
 * More than one look at a lone box. The second look asks again with what the first one found: with the deepest point of
 * its mask, or on an enlarged crop where the whole image shows too little of the object. Measured in docs/models.md.
 */
import { deepestCell } from '../../../common/geometry/deepest.ts'
import { LOGITS_SIDE, wholeImage } from '../../../common/geometry/letterbox.ts'
import type { Size } from '../../../common/geometry/point.ts'
import type { Consistency, BoxPrompt, PointPrompt, Prompt } from '../../../common/model.ts'
import type { Crop } from '../../../common/segmentation.ts'
import { iouOfLogits } from './consistency.ts'
import { meanOfLogits, moveLogits } from './logits.ts'
import { FRAME } from './pixels.ts'
import { cropForBox, type View } from './policy.ts'

/** A mask in the frame of its crop, [256 * 256]. */
export interface Look {
  readonly logits: Float32Array
  readonly score: number
}

export interface LookOptions {
  readonly box: BoxPrompt
  readonly image: Size
  /** The mask of the first look, over the whole image; null: it is taken here. */
  readonly first: Float32Array | null
  /** A crop that this box shares with its neighbours, to be used where the box gains from one. */
  readonly crop: Crop | null
  /** The mirrored image is looked at too. */
  readonly mirror: boolean
  /** See `SamModel`. */
  readonly cropSide: number
  /** See `SamModel`. Without it, only a crop gains anything. */
  readonly takesMask: boolean
  /** Encodes the view when needed, and decodes. @param mask [256 * 256] in the frame of the view's crop */
  readonly look: (view: View, prompts: readonly Prompt[], mask: Float32Array | null) => Promise<Look>
}

/** The middle of the cell that lies deepest inside the mask; null when it is empty. */
const deepestPoint = (logits: Float32Array, crop: Crop): PointPrompt | null => {
  const cell = deepestCell(LOGITS_SIDE, LOGITS_SIDE, (at) => logits[at]! > 0)
  if (cell === null) return null
  const scale = Math.max(crop.width, crop.height) / LOGITS_SIDE
  const [x, y] = [crop.x + (cell.x + 0.5) * scale, crop.y + (cell.y + 0.5) * scale]
  // The padding beyond the image is no place for a point.
  if (x >= crop.x + crop.width || y >= crop.y + crop.height) return null
  return { type: 'point', x, y, positive: true }
}

/** Of the last look with the others, where there were any. */
interface Seen extends Look {
  readonly consistency: Consistency
}

/** @returns the crop whose frame the mask lies in, and the mask */
export const lookAgain = async (options: LookOptions): Promise<{ crop: Crop; mask: Seen }> => {
  const { box, image, cropSide, takesMask, mirror, look } = options
  const lookAll = async (
    crop: Crop,
    side: number,
    prompts: readonly Prompt[],
    mask: Float32Array | null,
  ): Promise<Seen> => {
    const plain = await look({ crop, side, mirrored: false }, prompts, mask)
    if (!mirror) return { ...plain, consistency: {} }
    const other = await look({ crop, side, mirrored: true }, prompts, mask)
    return {
      logits: meanOfLogits([plain.logits, other.logits]),
      score: (plain.score + other.score) / 2,
      consistency: { mirrored: iouOfLogits(plain.logits, other.logits) },
    }
  }
  /** @param before what the first look saw, in the frame of the crop of the second */
  const withFirst = (seen: Seen, before: Float32Array): Seen => ({
    ...seen,
    consistency: { ...seen.consistency, second: iouOfLogits(before, seen.logits) },
  })
  const whole = wholeImage(image)
  const own = cropForBox(box, image, cropSide)
  if (!takesMask) {
    const crop = own === null ? whole : (options.crop ?? own)
    return { crop, mask: await lookAll(crop, own === null ? FRAME : cropSide, [box], null) }
  }
  const first = options.first ?? (await lookAll(whole, FRAME, [box], null)).logits
  if (own !== null) {
    const crop = options.crop ?? own
    const moved = moveLogits(first, whole, crop)
    return { crop, mask: withFirst(await lookAll(crop, cropSide, [box], moved), moved) }
  }
  const point = deepestPoint(first, whole)
  const second = await lookAll(whole, FRAME, point === null ? [box] : [box, point], first)
  return { crop: whole, mask: withFirst(second, first) }
}

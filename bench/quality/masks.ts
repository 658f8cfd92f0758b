/** Masks of a whole image as bytes, how well two agree, and where a person would click next. Pure. */
import type { SegmentAnswer } from '../../common/segmentation.ts'
import { deepestCell } from '../../common/geometry/deepest.ts'
import { fieldOfLogits, isInField } from '../../common/geometry/field.ts'
import { createScratch } from '../../common/geometry/scratch.ts'
import { rasterise } from '../../common/geometry/rasterise.ts'
import type { PointPrompt, Shape } from '../../common/model.ts'

/** [height * width] row by row, 1 inside. */
export interface Mask {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

export const emptyMask = (width: number, height: number): Mask => ({
  width,
  height,
  data: new Uint8Array(width * height),
})

export const maskOfShape = (shape: Shape | null, width: number, height: number): Mask =>
  shape === null
    ? emptyMask(width, height)
    : { width, height, data: rasterise(shape, width, height, { x: 0, y: 0, width, height }).data }

/** The official mask of an answer's first candidate, in the size of the image: the field at each pixel's centre. */
export const maskOfLogits = ({ width, height, crop, candidates }: SegmentAnswer, candidate = 0): Mask => {
  const mask = emptyMask(width, height)
  const { logits } = candidates[candidate]!
  const field = fieldOfLogits(logits, { crop, imageWidth: width, imageHeight: height }, createScratch())
  if (field === null) return mask
  const { xs, ys } = field
  const [left, right] = [Math.max(0, Math.floor(xs[0]!)), Math.min(width, Math.ceil(xs.at(-1)!))]
  const [top, bottom] = [Math.max(0, Math.floor(ys[0]!)), Math.min(height, Math.ceil(ys.at(-1)!))]
  for (let y = top; y < bottom; y++) {
    if (y + 0.5 < ys[0]! || y + 0.5 > ys.at(-1)!) continue
    for (let x = left; x < right; x++) {
      if (x + 0.5 < xs[0]! || x + 0.5 > xs.at(-1)!) continue
      if (isInField(field, x + 0.5, y + 0.5)) mask.data[y * width + x] = 1
    }
  }
  return mask
}

export const iouOf = (a: Mask, b: Mask): number => {
  let [both, either] = [0, 0]
  for (let i = 0; i < a.data.length; i++) {
    both += a.data[i]! & b.data[i]!
    either += a.data[i]! | b.data[i]!
  }
  return either === 0 ? 1 : both / either
}

/**
 * The next click: in the middle of the largest error, by the distance to its edge; positive where the object is missed,
 * negative where too much is covered. Null when the mask is right.
 */
export const nextClick = (truth: Mask, found: Mask): PointPrompt | null => {
  const { width, height } = truth
  const missed = emptyMask(width, height)
  const covered = emptyMask(width, height)
  for (let i = 0; i < truth.data.length; i++) {
    missed.data[i] = truth.data[i]! & ~found.data[i]! & 1
    covered.data[i] = found.data[i]! & ~truth.data[i]! & 1
  }
  const deepest = ({ data }: Mask) => deepestCell(width, height, (pixel) => data[pixel] !== 0)
  const [inside, outside] = [deepest(missed), deepest(covered)]
  if (inside === null && outside === null) return null
  const positive = (inside?.depth ?? 0) >= (outside?.depth ?? 0)
  const { x, y } = (positive ? inside : outside)!
  return { type: 'point', x: x + 0.5, y: y + 0.5, positive }
}

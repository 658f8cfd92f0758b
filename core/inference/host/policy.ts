/**
 * The prompt policy, measured in docs/models.md: which crop is encoded, what the decoder is asked, which
 * candidates are answered. Pure; points leave it in the 1024 frame of the crop.
 */
import { maxOf, minOf } from '../../../common/extremes.ts'
import type { Crop, MaskQuestion } from '../../../common/segmentation.ts'
import type { BoxPrompt, Prompt } from '../../../common/model.ts'
import { boxOfCorners } from '../../../common/geometry/measure.ts'
import { wholeImage } from '../../../common/geometry/letterbox.ts'
import { cropAround, isSmall, objectCrop } from '../../../common/geometry/crop.ts'
import { frameArea, mirrorLogits, moveLogits } from './logits.ts'
import { FRAME } from './pixels.ts'

/** Side of SAM's mask prompt and of its low-resolution logits. */
export const MASK_SIDE = 256
/** Side of a crop around points alone, image pixels. */
const POINTS_CROP = 512

/** What the decoder is asked. */
export interface DecoderPrompt {
  /** [points * 2], in the 1024 frame of the crop. */
  readonly coords: Float32Array
  /** 1 positive, 0 negative, 2 box top left, 3 box bottom right, -1 padding. */
  readonly labels: Float32Array
  /** [256 * 256] logits in the frame of the crop. */
  readonly mask: Float32Array | null
}

/** What the encoder is given. */
export interface View {
  readonly crop: Crop
  /** Pixels of the model frame along the crop's long side. */
  readonly side: number
  readonly mirrored: boolean
}

export interface Plan {
  readonly view: View
  readonly prompt: DecoderPrompt
  /** The box that the question consists of, where further looks at it may find a better mask. */
  readonly loneBox: BoxPrompt | null
  /** all: mask 0 and its alternatives; first: mask 0 alone. */
  readonly offer: 'all' | 'first'
}

interface Size {
  readonly width: number
  readonly height: number
}

interface Bounds {
  readonly x0: number
  readonly y0: number
  readonly x1: number
  readonly y1: number
}

export const isWhole = (crop: Crop, image: Size) => crop.width === image.width && crop.height === image.height

const boxOf = (prompts: readonly Prompt[]) =>
  prompts.find((prompt): prompt is BoxPrompt => prompt.type === 'box')

const longSide = (bounds: Bounds) => Math.max(bounds.x1 - bounds.x0, bounds.y1 - bounds.y0)

/** The box around the inside (> 0) of a mask, image pixels; null when there is none. */
const boundsOfMask = (logits: Float32Array, crop: Crop): Bounds | null => {
  let [left, top, right, bottom] = [MASK_SIDE, MASK_SIDE, -1, -1]
  for (let i = 0; i < logits.length; i++) {
    if (logits[i]! <= 0) continue
    const x = i % MASK_SIDE
    const y = (i - x) / MASK_SIDE
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  }
  if (right < 0) return null
  const scale = Math.max(crop.width, crop.height) / MASK_SIDE
  return {
    x0: crop.x + left * scale,
    y0: crop.y + top * scale,
    x1: crop.x + (right + 1) * scale,
    y1: crop.y + (bottom + 1) * scale,
  }
}

const boundsOfPoints = (prompts: readonly Prompt[]): Bounds => {
  const points = prompts.flatMap((prompt) => (prompt.type === 'point' ? [prompt] : []))
  const positive = points.filter((point) => point.positive)
  const counted = positive.length > 0 ? positive : points
  const xs = counted.map((point) => point.x)
  const ys = counted.map((point) => point.y)
  return { x0: minOf(xs), y0: minOf(ys), x1: maxOf(xs), y1: maxOf(ys) }
}

/** The crop that shows the object large: 3 times its box or its mask, or a fixed side around its points. */
const zoomCrop = (request: MaskQuestion, image: Size): Crop => {
  const box = boxOf(request.prompts)
  if (box !== undefined) return objectCrop(boxOfCorners(box), image)
  const points = boundsOfPoints(request.prompts)
  const mask =
    request.maskInput === null ? null : boundsOfMask(request.maskInput, request.crop ?? wholeImage(image))
  if (mask === null)
    return cropAround(boxOfCorners(points), Math.max(POINTS_CROP, 2 * longSide(points)), image)
  const all = {
    x0: Math.min(mask.x0, points.x0),
    y0: Math.min(mask.y0, points.y0),
    x1: Math.max(mask.x1, points.x1),
    y1: Math.max(mask.y1, points.y1),
  }
  return objectCrop(boxOfCorners(all), image)
}

const clamp = (crop: Crop, image: Size): Crop => {
  const x = Math.min(crop.x, image.width - 1)
  const y = Math.min(crop.y, image.height - 1)
  return {
    x,
    y,
    width: Math.min(crop.width, image.width - x),
    height: Math.min(crop.height, image.height - y),
  }
}

const chooseCrop = (request: MaskQuestion, image: Size): Crop => {
  const given = request.crop === null ? null : clamp(request.crop, image)
  if (request.zoom && (given === null || isWhole(given, image))) return zoomCrop(request, image)
  return given ?? wholeImage(image)
}

/**
 * The view of a crop. The user's own zoom is encoded in full; the crop around a small object is as good at `cropSide`.
 * @param cropSide what the model takes, see `SamModel`
 */
export const viewOf = (crop: Crop, image: Size, zoom: boolean, cropSide: number): View => ({
  crop,
  side: zoom || isWhole(crop, image) ? FRAME : cropSide,
  mirrored: false,
})

/** The crop that shows a small object large; null when the whole image shows as much of it. */
export const cropForBox = (box: BoxPrompt, image: Size, cropSide: number): Crop | null => {
  if (!isSmall(boxOfCorners(box), image)) return null
  const crop = objectCrop(boxOfCorners(box), image)
  const enlarged = cropSide / Math.max(crop.width, crop.height)
  return enlarged > (1.5 * FRAME) / Math.max(image.width, image.height) ? crop : null
}

const mirrorPrompt = (prompt: Prompt, { x, width }: Crop): Prompt => {
  const over = (at: number) => 2 * x + width - at
  return prompt.type === 'box'
    ? { ...prompt, x0: over(prompt.x1), x1: over(prompt.x0) }
    : { ...prompt, x: over(prompt.x) }
}

/** Points and box corners in the model frame. Without a box SAM wants a padding point at the end: it was trained so. */
const pointsOf = (given: readonly Prompt[], { crop, side, mirrored }: View) => {
  const scale = side / Math.max(crop.width, crop.height)
  const prompts = mirrored ? given.map((prompt) => mirrorPrompt(prompt, crop)) : given
  const points = prompts.flatMap((prompt) =>
    prompt.type === 'box'
      ? [
          { x: prompt.x0, y: prompt.y0, label: 2 },
          { x: prompt.x1, y: prompt.y1, label: 3 },
        ]
      : [{ x: prompt.x, y: prompt.y, label: prompt.positive ? 1 : 0 }],
  )
  const coords = points.flatMap(({ x, y }) => [(x - crop.x) * scale, (y - crop.y) * scale])
  const labels = points.map(({ label }) => label)
  const padded = boxOf(prompts) === undefined
  return {
    coords: Float32Array.from(padded ? [...coords, 0, 0] : coords),
    labels: Float32Array.from(padded ? [...labels, -1] : labels),
  }
}

/**
 * What the decoder is asked.
 * @param mask [256 * 256] in the frame of the view's crop
 */
export const promptIn = (
  view: View,
  prompts: readonly Prompt[],
  mask: Float32Array | null,
): DecoderPrompt => {
  const { crop, side, mirrored } = view
  const seen = mask !== null && mirrored ? mirrorLogits(mask, crop) : mask
  return {
    ...pointsOf(prompts, view),
    mask: seen === null ? null : moveLogits(seen, crop, frameArea(crop, side)),
  }
}

/** The decoder's logits [256 * 256] in the frame of the view's crop. */
export const logitsIn = ({ crop, side, mirrored }: View, logits: Float32Array): Float32Array => {
  const moved = moveLogits(logits, frameArea(crop, side), crop)
  return mirrored ? mirrorLogits(moved, crop) : moved
}

/**
 * What to encode and what to ask the decoder for `request` on an upright image of the given size.
 * @param cropSide see `SamModel`
 */
export const planSegment = (request: MaskQuestion, image: Size, cropSide: number): Plan => {
  const crop = chooseCrop(request, image)
  const { prompts, maskInput, zoom } = request
  const view = viewOf(crop, image, zoom, cropSide)
  const from = request.crop === null ? wholeImage(image) : clamp(request.crop, image)
  const mask = maskInput === null ? null : moveLogits(maskInput, from, crop)
  const [only, ...others] = prompts
  const isLone = others.length === 0 && !zoom
  return {
    view,
    prompt: promptIn(view, prompts, mask),
    loneBox: isLone && only?.type === 'box' ? only : null,
    offer: others.length === 0 && only?.type === 'point' && mask === null ? 'all' : 'first',
  }
}

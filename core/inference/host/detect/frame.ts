/**
 * From a photo to the tensor that a detector takes, and back from the detector's frame to the photo. Letterbox as
 * Ultralytics' `LetterBox` (ultralytics/data/augment.py) and `scale_boxes` (ultralytics/utils/ops.py) with `auto=False`.
 */
import type { Size } from '../../../../common/geometry/point.ts'
import type { ImageInput } from '../../detector.ts'
import type { Pixels } from '../pixels.ts'
import { openToSize } from '../resize.ts'
import type { TensorData } from '../sessions.ts'
import { halvesOf } from '../half-floats.ts'

/** Ultralytics' grey of what the picture leaves free. */
const GREY = 114
/** .5 of OWLv2's processor. */
const MIDDLE_GREY = 128

/** Where the picture lies in the frame. */
export interface Placing {
  /** Frame pixels for an image pixel. */
  readonly scaleX: number
  readonly scaleY: number
  /** Of the picture, whole frame pixels. */
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** Python's `round`: halves to the even number. */
const roundEven = (value: number) => {
  const down = Math.floor(value)
  if (value - down !== 0.5) return Math.round(value)
  return down % 2 === 0 ? down : down + 1
}

const placeIn = (frame: Size & Pick<ImageInput, 'fit'>, image: Size): Placing => {
  if (frame.fit === 'stretch') {
    const { width, height } = frame
    return { scaleX: width / image.width, scaleY: height / image.height, left: 0, top: 0, width, height }
  }
  const scale = Math.min(frame.width / image.width, frame.height / image.height)
  const width = Math.max(1, roundEven(image.width * scale))
  const height = Math.max(1, roundEven(image.height * scale))
  if (frame.fit === 'corner') return { scaleX: scale, scaleY: scale, left: 0, top: 0, width, height }
  return {
    scaleX: scale,
    scaleY: scale,
    left: Math.max(0, roundEven((frame.width - width) / 2 - 0.1)),
    top: Math.max(0, roundEven((frame.height - height) / 2 - 0.1)),
    width,
    height,
  }
}

/** The frame for one picture: of fixed size, but for `edges`. */
export const inputFor = (input: ImageInput, image: Size): ImageInput => {
  if (input.fit !== 'edges') return input
  const [short, long] = [Math.min(image.width, image.height), Math.max(image.width, image.height)]
  const scale = Math.min(input.height / short, input.width / long)
  const side = (length: number) => Math.max(32, Math.round(length * scale))
  return { ...input, fit: 'stretch', width: side(image.width), height: side(image.height) }
}

/** uint8 [3, height, width] of the frame, from the placed picture's rows of RGB. */
const planesOf = (
  rgb: Uint8Array,
  { left, top, width, height }: Placing,
  frame: Size,
  grey: number,
): Uint8Array => {
  const area = frame.width * frame.height
  const planes = new Uint8Array(3 * area).fill(grey)
  for (let y = 0; y < height; y++) {
    let from = 3 * y * width
    let to = (top + y) * frame.width + left
    for (let x = 0; x < width; x++, to++) {
      planes[to] = rgb[from++]!
      planes[to + area] = rgb[from++]!
      planes[to + 2 * area] = rgb[from++]!
    }
  }
  return planes
}

/** [1, 3, height, width] as `input` wants it. */
const tensorOf = (planes: Uint8Array, { type, width, height, mean, std }: ImageInput): TensorData => {
  const dims = [1, 3, height, width]
  if (type === 'uint8') return { type, data: planes, dims }
  const area = width * height
  const floats = new Float32Array(planes.length)
  for (let channel = 0; channel < 3; channel++) {
    const values = Float32Array.from(
      { length: 256 },
      (_, value) => (value / 255 - mean[channel]!) / std[channel]!,
    )
    for (let at = channel * area; at < (channel + 1) * area; at++) floats[at] = values[planes[at]!]!
  }
  return type === 'float32' ? { type, data: floats, dims } : { type, data: halvesOf(floats), dims }
}

export interface Framer {
  frame(image: Pixels, input: ImageInput): Promise<{ tensor: TensorData; placing: Placing }>
}

/** @param threads 0 = one per physical core */
export const openFramer = async (threads: number): Promise<Framer> => {
  const sharp = await openToSize('sharp', threads)
  const smooth = await openToSize('smooth', threads)
  return {
    async frame(image, input) {
      const placing = placeIn(input, image)
      const toSize = input.fit === 'letterbox' ? sharp : smooth
      const same = placing.width === image.width && placing.height === image.height
      const rgb = same ? image.rgb : await toSize(image.rgb, image, placing)
      return {
        tensor: tensorOf(planesOf(rgb, placing, input, input.fit === 'corner' ? MIDDLE_GREY : GREY), input),
        placing,
      }
    },
  }
}

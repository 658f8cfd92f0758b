/** Pixels for the encoder: crop, resize to the model frame, pad sizes. Pure. */
import type { Crop } from '../../common/contract.ts'

/** The side of SAM's square frame, pixels. */
export const FRAME = 1024

/** Upright RGB, [height * width * 3]. */
export interface Pixels {
  readonly width: number
  readonly height: number
  readonly rgb: Uint8Array
}

/** Size in the model frame: the long side is 1024, the short one rounded as SAM does. */
export const frameSize = ({ width, height }: { width: number; height: number }) => {
  const scale = FRAME / Math.max(width, height)
  return {
    width: Math.max(1, Math.floor(width * scale + 0.5)),
    height: Math.max(1, Math.floor(height * scale + 0.5)),
  }
}

/** What an output sample takes from the input line: `count` neighbours from `first`, with weights that sum to 1. */
interface Taps {
  readonly first: Int32Array
  readonly count: Int32Array
  /** [outputs * stride] */
  readonly weights: Float32Array
  readonly stride: number
}

/** Triangle filter as wide as an output sample, so that shrinking does not alias; plain bilinear when growing. */
const tapsOf = (from: number, to: number): Taps => {
  const scale = from / to
  const support = Math.max(1, scale)
  const stride = Math.ceil(support * 2) + 1
  const first = new Int32Array(to)
  const count = new Int32Array(to)
  const weights = new Float32Array(to * stride)
  for (let i = 0; i < to; i++) {
    const center = (i + 0.5) * scale
    const low = Math.max(0, Math.floor(center - support + 0.5))
    const high = Math.min(from, Math.floor(center + support + 0.5))
    let sum = 0
    for (let k = low; k < high; k++) {
      const weight = Math.max(0, 1 - Math.abs(k + 0.5 - center) / support)
      weights[i * stride + k - low] = weight
      sum += weight
    }
    for (let k = 0; k < high - low; k++) weights[i * stride + k]! /= sum
    first[i] = low
    count[i] = high - low
  }
  return { first, count, weights, stride }
}

/**
 * Cuts `crop` out and resizes it so that its long side is 1024.
 * @returns pixels of `frameSize(crop)`
 */
export const resizeToFrame = (image: Pixels, crop: Crop): Pixels => {
  const { width, height } = frameSize(crop)
  const source = image.rgb
  const rgb = new Uint8Array(width * height * 3)
  const across = tapsOf(crop.width, width)
  const down = tapsOf(crop.height, height)
  // Rows are resized across once, when first needed, and kept while an output row still draws from them.
  const rowLength = width * 3
  const kept = new Float32Array(down.stride * rowLength)
  const sum = new Float32Array(rowLength)
  let done = 0
  const resizeRow = (y: number) => {
    const to = (y % down.stride) * rowLength
    const line = ((crop.y + y) * image.width + crop.x) * 3
    for (let x = 0; x < width; x++) {
      let red = 0
      let green = 0
      let blue = 0
      let from = line + across.first[x]! * 3
      const end = x * across.stride + across.count[x]!
      for (let k = x * across.stride; k < end; k++, from += 3) {
        const weight = across.weights[k]!
        red += weight * source[from]!
        green += weight * source[from + 1]!
        blue += weight * source[from + 2]!
      }
      kept[to + x * 3] = red
      kept[to + x * 3 + 1] = green
      kept[to + x * 3 + 2] = blue
    }
  }
  for (let y = 0; y < height; y++) {
    const first = down.first[y]!
    const count = down.count[y]!
    for (; done < first + count; done++) resizeRow(done)
    sum.fill(0.5)
    for (let k = 0; k < count; k++) {
      const weight = down.weights[y * down.stride + k]!
      const from = ((first + k) % down.stride) * rowLength
      for (let i = 0; i < rowLength; i++) sum[i]! += weight * kept[from + i]!
    }
    rgb.set(sum, y * rowLength)
  }
  return { width, height, rgb }
}

const roundUp = (value: number, step: number) => Math.ceil(value / step) * step

/**
 * The padded size the encoder works on: the frame rounded up to 16 and a margin of 64 px, at most 1024. The margin
 * keeps the image's last rows seeing padding, as they do in SAM's own square.
 */
export const paddedSize = (frame: { width: number; height: number }) => ({
  width: Math.min(FRAME, roundUp(frame.width, 16) + 64),
  height: Math.min(FRAME, roundUp(frame.height, 16) + 64),
})

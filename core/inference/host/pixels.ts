/** Sizes of what the encoder is given: the model frame, its padding. Pure. */

/** The side of SAM's square frame, pixels. */
export const FRAME = 1024
/** The long side of a crop around a small object: a quarter of the frame costs a third of an encode and is as good. */
export const CROP_SIDE = 512

/** Upright RGB, [height * width * 3]. */
export interface Pixels {
  readonly width: number
  readonly height: number
  readonly rgb: Uint8Array
}

/** Size in the model frame: the long side is `side`, the short one rounded as SAM does. */
export const frameSize = ({ width, height }: { width: number; height: number }, side = FRAME) => {
  const scale = side / Math.max(width, height)
  return {
    width: Math.max(1, Math.floor(width * scale + 0.5)),
    height: Math.max(1, Math.floor(height * scale + 0.5)),
  }
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

/** Left and right changed over. */
export const mirrorPixels = ({ width, height, rgb }: Pixels): Pixels => {
  const mirrored = new Uint8Array(rgb.length)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [from, to] = [3 * (y * width + x), 3 * (y * width + width - 1 - x)]
      mirrored[to] = rgb[from]!
      mirrored[to + 1] = rgb[from + 1]!
      mirrored[to + 2] = rgb[from + 2]!
    }
  return { width, height, rgb: mirrored }
}

/** Decodes the first frame of a GIF, which @napi-rs/image does not read. */
import { GifReader } from 'omggif'

/**
 * The first frame on its logical screen, as browsers show it before the animation starts.
 * @returns rgba [height * width * 4]; transparent where the frame paints nothing
 * @throws Error when the file is damaged or cut off
 */
export const decodeGif = (bytes: Uint8Array) => {
  const reader = new GifReader(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  if (reader.numFrames() === 0) throw new Error('It has no frame.')
  const frame = reader.frameInfo(0)
  const width = Math.max(reader.width, frame.x + frame.width)
  const height = Math.max(reader.height, frame.y + frame.height)
  // omggif clips nothing, so that a frame larger than the screen needs the larger screen, as browsers make it.
  reader.width = width
  reader.height = height
  const rgba = new Uint8Array(width * height * 4)
  reader.decodeAndBlitFrameRGBA(0, rgba)
  // A frame without a transparent colour paints every pixel, unless its data ends early.
  const end = ((frame.y + frame.height - 1) * width + frame.x + frame.width) * 4 - 1
  if (frame.transparent_index === null && rgba[end] === 0) throw new Error('It is cut off.')
  return { width, height, rgba }
}

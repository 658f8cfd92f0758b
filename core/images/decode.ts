/**
 * Owns the way from an image file to upright RGB pixels, and to its size without decoding it. The frame is the one
 * Chromium shows: turned by the orientation of the header, pixel by pixel the same size. Never writes.
 */
import { open, readFile } from 'node:fs/promises'
import { Transformer } from '@napi-rs/image'
import { imageSize } from 'image-size'
import { CodedError } from '../../common/errors.ts'
import { decodeGif } from './gif.ts'
import { formatOf, jpegSegments, orientationOf, swapsSides, turnUpright } from './orientation.ts'
import type { Orientation } from './orientation.ts'
import { decodeRareTiff } from './tiff.ts'

export interface ImageSize {
  /** Of the upright frame, pixels. */
  readonly width: number
  readonly height: number
  /** EXIF's 1-8, as stored in the file; already applied to width and height. */
  readonly orientation: Orientation
}

export interface UprightImage extends ImageSize {
  /** [height * width * 3], row by row; alpha is laid on white, 16 bits are cut to 8. */
  readonly rgb: Uint8Array
}

/** More than this is refused: its pixels alone would take 800 MB. */
const MAX_PIXELS = 2 ** 28

const HEADER_BYTES = 512 * 1024

const unreadable = (what: string, cause?: unknown) => new CodedError('image-unreadable', what, { cause })

const reasonOf = (thrown: unknown) => (thrown instanceof Error ? thrown.message.trim() : String(thrown))

const readFailure = (thrown: unknown) => {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : null
  if (code === 'ENOENT') return unreadable('The file is no longer there.', thrown)
  if (code === 'EACCES' || code === 'EPERM') return unreadable('No permission to read the file.', thrown)
  if (code === 'EISDIR') return unreadable('This is a folder, not an image.', thrown)
  return unreadable(`The file can't be read: ${reasonOf(thrown)}`, thrown)
}

/** The file's bytes. @throws CodedError image-unreadable */
export const readImageFile = async (file: string): Promise<Buffer> => {
  const bytes = await readFile(file).catch((thrown: unknown) => {
    throw readFailure(thrown)
  })
  if (bytes.length === 0) throw unreadable('The file is empty (0 bytes).')
  return bytes
}

/** 'pixels' of @napi-rs/image by its colour type: how many channels, how many bytes each, and whether the last is alpha. */
const LAYOUTS: readonly { channels: number; bytes: 1 | 2 | 4; alpha: boolean }[] = [
  { channels: 1, bytes: 1, alpha: false },
  { channels: 2, bytes: 1, alpha: true },
  { channels: 3, bytes: 1, alpha: false },
  { channels: 4, bytes: 1, alpha: true },
  { channels: 1, bytes: 2, alpha: false },
  { channels: 2, bytes: 2, alpha: true },
  { channels: 3, bytes: 2, alpha: false },
  { channels: 4, bytes: 2, alpha: true },
  { channels: 3, bytes: 4, alpha: false },
  { channels: 4, bytes: 4, alpha: true },
]

/** Native endian samples of 1, 2 or 4 (float 0..1) bytes as 0..255. */
const to8Bits = (raw: Buffer, bytes: 1 | 2 | 4): Uint8Array => {
  if (bytes === 1) return raw
  const copy = raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.byteLength) as ArrayBuffer
  if (bytes === 2) return Uint8Array.from(new Uint16Array(copy), (value) => value >> 8)
  return Uint8Array.from(new Float32Array(copy), (value) => Math.round(Math.min(1, Math.max(0, value)) * 255))
}

const onWhite = (samples: Uint8Array, pixels: number, channels: number, alpha: boolean): Uint8Array => {
  if (channels === 3) return samples
  const rgb = new Uint8Array(pixels * 3)
  const grey = channels < 3
  for (let i = 0, from = 0, to = 0; i < pixels; i++, from += channels) {
    const opacity = alpha ? samples[from + channels - 1]! : 255
    const white = 255 * (255 - opacity)
    for (let channel = 0; channel < 3; channel++) {
      const value = samples[grey ? from : from + channel]!
      rgb[to++] = opacity === 255 ? value : Math.round((value * opacity + white) / 255)
    }
  }
  return rgb
}

interface StoredImage {
  readonly width: number
  readonly height: number
  /** [height * width * 3], as stored, not turned. */
  readonly rgb: Uint8Array
}

const decodeNatively = async (bytes: Buffer): Promise<StoredImage> => {
  const transformer = new Transformer(bytes)
  const { width, height, colorType } = await transformer.metadata()
  const layout = LAYOUTS[colorType]
  if (layout === undefined) throw new Error(`Colour type ${String(colorType)} is not supported.`)
  const samples = to8Bits(await transformer.rawPixels(), layout.bytes)
  return { width, height, rgb: onWhite(samples, width * height, layout.channels, layout.alpha) }
}

/**
 * A JPEG without its end marker whose last row was filled in grey by the decoder. (Some cameras leave the marker out
 * of whole pictures: those are read.)
 */
const isCutOff = (bytes: Buffer, { width, rgb }: StoredImage) => {
  const scan = jpegSegments(bytes, () => undefined)
  if (scan < 0 || bytes.includes('ffd9', scan, 'hex')) return false
  return rgb.subarray(rgb.length - width * 3).every((value) => value === 128)
}

const decodeStored = async (bytes: Buffer): Promise<StoredImage> => {
  const format = formatOf(bytes)
  switch (format) {
    case null:
      throw unreadable('This is not an image that Maskwright reads (JPEG, PNG, WebP, BMP, GIF, AVIF, TIFF).')
    case 'gif': {
      const { width, height, rgba } = decodeGif(bytes)
      return { width, height, rgb: onWhite(rgba, width * height, 4, true) }
    }
    case 'avif': {
      // An animation holds its first frame as a plain AVIF too, but is named by another brand.
      const still = Buffer.from(bytes)
      still.write('avif', 8, 'latin1')
      return decodeNatively(still)
    }
    case 'tiff':
      return decodeNatively(bytes).catch(() => {
        try {
          return decodeRareTiff(bytes)
        } catch (thrown) {
          throw unreadable(
            `This TIFF is damaged or of a kind that can't be read: ${reasonOf(thrown)}`,
            thrown,
          )
        }
      })
    case 'jpeg': {
      const image = await decodeNatively(bytes)
      if (isCutOff(bytes, image))
        throw unreadable('The file is cut off: the lower part of the picture is missing.')
      return image
    }
    case 'png':
    case 'webp':
    case 'bmp':
      return decodeNatively(bytes)
  }
}

const refuseTooLarge = ({ width, height }: { width: number; height: number }) => {
  if (width * height <= MAX_PIXELS) return
  throw unreadable(
    `The image is too large: ${width} x ${height} pixels; at most ${MAX_PIXELS} pixels are read.`,
  )
}

/** The stored (not turned) size from a header; null when `head` does not hold enough of it. */
const storedSizeOf = (head: Buffer) => {
  try {
    const still = formatOf(head) === 'avif' ? Buffer.from(head) : head
    if (still !== head) still.write('avif', 8, 'latin1')
    const { width, height, images } = imageSize(still)
    // An AVIF lists the sizes of its tiles and thumbnails too.
    const all = images ?? [{ width, height }]
    return all.reduce((largest, one) =>
      one.width * one.height > largest.width * largest.height ? one : largest,
    )
  } catch {
    return null
  }
}

const uprightSize = (stored: { width: number; height: number }, orientation: Orientation): ImageSize =>
  swapsSides(orientation)
    ? { width: stored.height, height: stored.width, orientation }
    : { width: stored.width, height: stored.height, orientation }

/**
 * Decodes a file's bytes to upright RGB.
 * @throws CodedError image-unreadable, with what happened in words for the user
 */
export const decodeUprightBytes = async (bytes: Buffer): Promise<UprightImage> => {
  if (bytes.length === 0) throw unreadable('The file is empty (0 bytes).')
  const announced = storedSizeOf(bytes)
  if (announced !== null) refuseTooLarge(announced)
  const stored = await decodeStored(bytes).catch((thrown: unknown) => {
    if (thrown instanceof CodedError) throw thrown
    throw unreadable(`The image is damaged: ${reasonOf(thrown)}`, thrown)
  })
  const orientation = orientationOf(bytes)
  return {
    ...uprightSize(stored, orientation),
    rgb: turnUpright(stored.rgb, stored.width, stored.height, orientation),
  }
}

/** Decodes a file to upright RGB. @throws CodedError image-unreadable, with what happened in words for the user */
export const decodeUpright = async (file: string): Promise<UprightImage> =>
  decodeUprightBytes(await readImageFile(file))

const readHead = async (file: string) => {
  const handle = await open(file).catch((thrown: unknown) => {
    throw readFailure(thrown)
  })
  try {
    const head = Buffer.alloc(HEADER_BYTES)
    const { bytesRead } = await handle.read(head, 0, HEADER_BYTES, 0)
    return head.subarray(0, bytesRead)
  } catch (thrown) {
    throw readFailure(thrown)
  } finally {
    await handle.close()
  }
}

/**
 * The upright size from the header, without decoding the pixels; decodes where the header is not enough. Damage in
 * the pixels is found by `decodeUpright` alone.
 * @throws CodedError image-unreadable, with what happened in words for the user
 */
export const probeImage = async (file: string): Promise<ImageSize> => {
  const head = await readHead(file)
  if (head.length === 0) throw unreadable('The file is empty (0 bytes).')
  // A TIFF's directory may lie behind its pixels.
  const enough = head.length < HEADER_BYTES || formatOf(head) !== 'tiff'
  const stored = enough ? storedSizeOf(head) : null
  if (stored !== null && formatOf(head) !== null) return uprightSize(stored, orientationOf(head))
  const bytes = await readImageFile(file)
  const whole = storedSizeOf(bytes)
  if (whole !== null && formatOf(bytes) !== null) return uprightSize(whole, orientationOf(bytes))
  const { width, height, orientation } = await decodeUprightBytes(bytes)
  return { width, height, orientation }
}

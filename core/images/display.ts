/**
 * The picture that the page shows: the file's own bytes where Chromium shows them upright, in the frame of decode.ts,
 * and else a PNG of the upright pixels without metadata. Originals are only read.
 */
import { CompressionType, Transformer } from '@napi-rs/image'
import { CodedError } from '../../common/errors.ts'
import { decodeUprightBytes, readImageFile, type UprightImage } from './decode.ts'
import { formatOf, type ImageFormat } from './orientation.ts'

/** Encoded image bytes that Chromium can show, in the upright frame. */
export interface DisplayPicture {
  readonly bytes: Uint8Array
  readonly contentType: string
}

/** Chromium applies the orientation of these itself, as decode.ts does. */
const shownAsTheyAre: Record<Exclude<ImageFormat, 'tiff'>, string> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  bmp: 'image/bmp',
  gif: 'image/gif',
  avif: 'image/avif',
}

/** [height * width * 3] -> [height * width * 4], opaque. */
export const toRgba = ({ rgb, width, height }: UprightImage): Uint8Array => {
  const rgba = new Uint8Array(width * height * 4)
  for (let from = 0, to = 0; from < rgb.length; from += 3, to += 4) {
    rgba[to] = rgb[from]!
    rgba[to + 1] = rgb[from + 1]!
    rgba[to + 2] = rgb[from + 2]!
    rgba[to + 3] = 255
  }
  return rgba
}

/** @throws CodedError image-unreadable, with what happened in words for the user */
export const readPicture = async (file: string): Promise<DisplayPicture> => {
  const bytes = await readImageFile(file)
  const format = formatOf(bytes)
  if (format === null)
    throw new CodedError(
      'image-unreadable',
      'This is not an image that Maskwright reads (JPEG, PNG, WebP, BMP, GIF, AVIF, TIFF).',
    )
  if (format !== 'tiff') return { bytes, contentType: shownAsTheyAre[format] }
  const image = await decodeUprightBytes(bytes)
  // Lossless, for exact edges; the fast level takes some 25 ms a megapixel.
  const png = await Transformer.fromRgbaPixels(toRgba(image), image.width, image.height).png({
    compressionType: CompressionType.Fast,
  })
  return { bytes: png, contentType: 'image/png' }
}

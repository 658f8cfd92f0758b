/**
 * Owns the way from an image file's bytes to upright RGB pixels. The frame is the one Chromium shows: turned by the
 * orientation of the header, pixel by pixel the same size. What a file claims is checked before it is decoded; what
 * happens all the same is why this runs in processes that may die (docs/pictures.md).
 */
import { Transformer } from '@napi-rs/image'
import { checkClaims, readClaims } from './claims.ts'
import { decodeFailure, emptyFile, notAnImage, unreadable } from './failures.ts'
import { decodeGif } from './gif.ts'
import { formatOf, jpegSegments, orientationOf, turnUpright, type ImageFormat } from './orientation.ts'
import { decodeHeif } from './heif.ts'
import { decodeJp2 } from './jp2.ts'
import { readImageFile, uprightSize, type ImageSize } from './read-file.ts'
import { samplesOf, toRgb } from './samples.ts'
import { plainRendering, type Rendering } from './levels.ts'
import { readTiffPage } from './tiff-directory.ts'
import { bandsOfPage, decodeTiffByRows } from './tiff-rows.ts'
import { decodeRareTiff } from './tiff.ts'
import { said } from '../../common/said.ts'

export interface UprightImage extends ImageSize {
  /** [height * width * 3], row by row; alpha is laid on white, more than 8 bits are stretched (levels.ts). */
  readonly rgb: Uint8Array
}

/** 'pixels' of @napi-rs/image by its colour type: how many channels, how many bytes each, and whether the last is alpha. */
const layouts: readonly { channels: number; bytes: 1 | 2 | 4; alpha: boolean }[] = [
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

export interface StoredImage {
  readonly width: number
  readonly height: number
  /** [height * width * 3], as stored, not turned. */
  readonly rgb: Uint8Array
}

const decodeNatively = async (bytes: Buffer, rendering: Rendering): Promise<StoredImage> => {
  const transformer = new Transformer(bytes)
  const { width, height, colorType } = await transformer.metadata()
  const layout = layouts[colorType]
  if (layout === undefined) throw new Error(`Colour type ${String(colorType)} is not supported.`)
  const raw = await transformer.rawPixels()
  return { width, height, rgb: toRgb(samplesOf(raw, layout.bytes), layout, rendering) }
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

/** What the decoder of TIFF takes at most (limits of the `tiff` crate): of one strip or tile, and of all samples. */
const TIFF_BLOCK_MB = 128
const TIFF_MB = 256

/** The true reason of a TIFF that the decoder has refused for its size. @throws CodedError image-unreadable */
const refuseLargeTiff = (bytes: Buffer, cause: unknown) => {
  const page = readTiffPage(bytes)
  if (page === null) return
  const megabytes = (pixels: number) => (pixels * page.samplesPerPixel * page.bitsPerSample) / 8 / 2 ** 20
  const [all, block] = [megabytes(page.width * page.height), megabytes(page.blockPixels)]
  if (all <= TIFF_MB && block <= TIFF_BLOCK_MB) return
  throw unreadable(
    said(
      'The TIFF is too large: {all} MB of pixels, {block} MB of them in one strip or tile; at most {tiffMb} MB and {tiffBlockMb} MB are read. Save the picture as PNG or JPEG.',
      { all: Math.round(all), block: Math.round(block), tiffMb: TIFF_MB, tiffBlockMb: TIFF_BLOCK_MB },
    ),
    cause,
  )
}

/** As people call it. */
const names: Record<ImageFormat, string> = {
  jpeg: 'JPEG',
  png: 'PNG',
  webp: 'WebP',
  bmp: 'BMP',
  gif: 'GIF',
  avif: 'AVIF',
  tiff: 'TIFF',
  jp2: 'JPEG 2000',
  heic: 'HEIC',
}

const decodeStored = async (
  bytes: Buffer,
  format: ImageFormat,
  rendering: Rendering,
): Promise<StoredImage> => {
  switch (format) {
    case 'gif': {
      const { width, height, rgba } = decodeGif(bytes)
      return { width, height, rgb: toRgb(rgba, { channels: 4, alpha: true }, rendering) }
    }
    case 'avif': {
      // An animation holds its first frame as a plain AVIF too, but is named by another brand.
      const still = Buffer.from(bytes)
      still.write('avif', 8, 'latin1')
      return decodeNatively(still, rendering)
    }
    case 'tiff': {
      const byRows = await decodeTiffByRows(bytes, rendering)
      if (byRows !== null) return byRows
      const page = readTiffPage(bytes)
      // Native code takes signed numbers for unsigned ones, and the fourth of many bands for alpha.
      if (page !== null && (page.sampleFormat === 2 || (page.sampleFormat === 3 && bandsOfPage(page) > 0)))
        return decodeRareTiff(bytes, rendering)
      return decodeNatively(bytes, rendering).catch((thrown: unknown) => {
        refuseLargeTiff(bytes, thrown)
        return decodeRareTiff(bytes, rendering)
      })
    }
    case 'jp2':
      return decodeJp2(bytes, rendering)
    case 'heic':
      return decodeHeif(bytes)
    case 'jpeg': {
      const image = await decodeNatively(bytes, rendering)
      if (isCutOff(bytes, image))
        throw unreadable(said('The file is cut off: the lower part of the picture is missing.'))
      return image
    }
    case 'png':
    case 'webp':
    case 'bmp':
      return decodeNatively(bytes, rendering)
  }
}

/**
 * Decodes a file's bytes to upright RGB.
 * @param rendering which bands and values are shown; of 8 bits and of greys and colours nothing can be chosen
 * @throws CodedError image-unreadable, with what happened in words for the user
 */
export const decodeUprightBytes = async (
  bytes: Buffer,
  rendering: Rendering = plainRendering,
): Promise<UprightImage> => {
  if (bytes.length === 0) throw emptyFile()
  const format = formatOf(bytes)
  if (format === null) throw notAnImage()
  const claims = readClaims(bytes)
  if (claims === null)
    throw unreadable(said('The file is damaged: it does not say how large its picture is.'))
  const orientation = orientationOf(bytes)
  checkClaims(claims, bytes.length, orientation === 1 ? 0 : 3)
  const stored = await decodeStored(bytes, format, rendering).catch((thrown: unknown) => {
    throw decodeFailure(names[format], thrown)
  })
  return {
    ...uprightSize(stored, orientation),
    rgb: turnUpright(stored.rgb, stored.width, stored.height, orientation),
  }
}

/** Decodes a file to upright RGB. @throws CodedError image-unreadable, with what happened in words for the user */
export const decodeUpright = async (file: string): Promise<UprightImage> =>
  decodeUprightBytes(await readImageFile(file))

/** What a decoder process makes of a file. Runs nowhere else: it decodes. */
import { CompressionType, FastResizeFilter, Orientation, ResizeFit, Transformer } from '@napi-rs/image'
import type { CropWindow } from '../../../common/contract/gallery.ts'
import type { Rendition, Tones } from '../../../common/rendition.ts'
import { checkClaims, isDeepPng, readClaims } from '../claims.ts'
import { CROP_SIDE, cropStrip } from './crops.ts'
import { decodeUprightBytes, type UprightImage } from '../decode.ts'
import { plainRendering, type Rendering } from '../levels.ts'
import { formatOf, isUnshown, orientationOf } from '../orientation.ts'
import type { EncodedPicture, Make } from './messages.ts'

/** Long side, pixels; twice what the list shows, for dense screens. */
export const THUMBNAIL_SIDE = 160
const THUMBNAIL_QUALITY = 80
/** Of a copy whose pixels had to be turned. */
const COPY_QUALITY = 95

/** For each pixel, when what no browser shows is decoded: RGB, RGBA, and the encoder's copy of it. */
const ENCODING_BYTES = 11

/** By EXIF's number less one. */
const turns = [
  Orientation.Horizontal,
  Orientation.MirrorHorizontal,
  Orientation.Rotate180,
  Orientation.MirrorVertical,
  Orientation.MirrorHorizontalAndRotate270Cw,
  Orientation.Rotate90Cw,
  Orientation.MirrorHorizontalAndRotate90Cw,
  Orientation.Rotate270Cw,
] as const

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

const shrink = (image: Transformer): Promise<Buffer> =>
  image
    .fastResize({
      width: THUMBNAIL_SIDE,
      height: THUMBNAIL_SIDE,
      fit: ResizeFit.Inside,
      filter: FastResizeFilter.Bilinear,
    })
    .webp(THUMBNAIL_QUALITY)

const upright = async (bytes: Buffer, rendering: Rendering) => {
  const image = await decodeUprightBytes(bytes, rendering)
  return Transformer.fromRgbaPixels(toRgba(image), image.width, image.height)
}

const makeThumbnail = async (bytes: Buffer, rendering: Rendering): Promise<Buffer> => {
  const format = formatOf(bytes)
  const isPlainPng = format === 'png' && !isDeepPng(bytes)
  if (format === 'jpeg' || isPlainPng || format === 'webp' || format === 'bmp') {
    // All of it in native code; what it can't read, decode.ts may, or says why not.
    const turned = new Transformer(bytes).rotate(turns[orientationOf(bytes) - 1])
    const made = await shrink(turned).catch(() => null)
    if (made !== null) return made
  }
  return shrink(await upright(bytes, rendering))
}

/** Crops of objects under each other; the decoded picture is let go of. */
const makeCrops = async (
  bytes: Buffer,
  rendering: Rendering,
  windows: readonly CropWindow[],
): Promise<Buffer> => {
  const strip = cropStrip(await decodeUprightBytes(bytes, rendering), windows)
  return Transformer.fromRgbaPixels(strip, CROP_SIDE, windows.length * CROP_SIDE).webp(THUMBNAIL_QUALITY)
}

const findTones = async (bytes: Buffer, rendering: Rendering): Promise<Tones | null> => {
  let found: Tones | null = null
  await decodeUprightBytes(bytes, { ...rendering, onTones: (tones) => (found = tones) })
  return found
}

type Maker = (bytes: Buffer, rendering: Rendering, windows: readonly CropWindow[]) => Promise<EncodedPicture>

const makers: Record<Make, Maker> = {
  tones: async (bytes, rendering) => ({
    bytes: Buffer.from(JSON.stringify(await findTones(bytes, rendering))),
    contentType: 'application/json',
  }),
  crops: async (bytes, rendering, windows) => ({
    bytes: await makeCrops(bytes, rendering, windows),
    contentType: 'image/webp',
  }),
  thumbnail: async (bytes, rendering) => ({
    bytes: await makeThumbnail(bytes, rendering),
    contentType: 'image/webp',
  }),
  // Lossless, for exact edges; the fast level takes some 25 ms a megapixel.
  display: async (bytes, rendering) => ({
    bytes: await (await upright(bytes, rendering)).png({ compressionType: CompressionType.Fast }),
    contentType: 'image/png',
  }),
  'png-copy': async (bytes, rendering) => ({
    bytes: await (await upright(bytes, rendering)).png(),
    contentType: 'image/png',
  }),
  'webp-copy': async (bytes, rendering) => ({
    bytes: await (await upright(bytes, rendering)).webpLossless(),
    contentType: 'image/webp',
  }),
  'jpeg-copy': async (bytes, rendering) => ({
    bytes: await (await upright(bytes, rendering)).jpeg(COPY_QUALITY),
    contentType: 'image/jpeg',
  }),
}

/**
 * @param windows of crops
 * @param rendition null: as it is read
 * @param onClaims is called with the number of pixels that the header claims, before they are decoded
 * @throws CodedError image-unreadable, with what happened in words for the user
 */
export const makePicture = async (
  make: Make,
  bytes: Buffer,
  onClaims: (pixels: number) => void,
  windows: readonly CropWindow[] = [],
  rendition: Rendition | null = null,
): Promise<EncodedPicture> => {
  const claims = readClaims(bytes)
  // RGBA beside RGB; the encoded picture is smaller than either.
  if (claims !== null) checkClaims(claims, bytes.length, make === 'thumbnail' ? 0 : 3)
  const format = formatOf(bytes)
  if (claims !== null && format !== null && isUnshown(format))
    checkClaims({ ...claims, bytesAPixel: ENCODING_BYTES }, bytes.length)
  onClaims(claims === null ? 0 : claims.width * claims.height)
  return makers[make](bytes, rendition ?? plainRendering, windows)
}

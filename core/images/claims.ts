/**
 * What a picture's header claims: its size as stored, and the memory that decoding it would take. Read without decoding
 * anything, in a time that grows with the file and not with what it says.
 */
import { imageSize } from 'image-size'
import { bytesText } from '../../common/bytes.ts'
import { said } from '../../common/said.ts'
import { unreadable } from './failures.ts'
import { readHeifSize } from './heif.ts'
import { readJp2Header } from './jp2.ts'
import { MAX_DECODED_BYTES, MAX_FRAMES, MAX_PIXELS } from './limits.ts'
import { formatOf, jpegSegments, type ImageFormat } from './orientation.ts'
import { firstDirectoryOf, readTiffPage, type TiffPage } from './tiff-directory.ts'

export interface Claims {
  /** As stored, not turned. */
  readonly width: number
  readonly height: number
  /** Of 8 bits, at the worst moment of decoding to RGB, without the file itself. */
  readonly bytesAPixel: number
  /** Of an animation. */
  readonly frames: number
}

const still = (width: number, height: number, bytesAPixel: number): Claims => ({
  width,
  height,
  bytesAPixel,
  frames: 1,
})

/** What RGB takes beside the samples that a decoder answers with; nothing when these are RGB of 8 bits already. */
const withRgb = (channels: number, bytes: number) =>
  channels * bytes + (channels === 3 && bytes === 1 ? 0 : 3)

const jpegClaims = (jpeg: Buffer): Claims | null => {
  let found: Claims | null = null
  jpegSegments(jpeg, (marker, body) => {
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (!isFrame || found !== null || body.length < 6) return
    const channels = body[5]!
    // A progressive picture's coefficients are held until its last scan: 2 bytes each.
    const coefficients = marker === 0xc2 ? 2 * channels : 0
    found = still(body.readUInt16BE(3), body.readUInt16BE(1), withRgb(channels, 1) + coefficients)
  })
  return found
}

const pngChannels: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 3, 4: 2, 6: 4 }

const pngClaims = (png: Buffer): Claims | null => {
  if (png.length < 29) return null
  const channels = pngChannels[png[25]!] ?? 4
  let transparent = 0
  let frames = 1
  // No more chunks than a file has before its pixels; the rest can't make the picture larger.
  for (let at = 33, seen = 0; at + 12 <= png.length && seen < 1000; seen++) {
    const type = png.toString('latin1', at + 4, at + 8)
    if (type === 'IDAT') break
    if (type === 'tRNS') transparent = 1
    if (type === 'acTL') frames = png.readUInt32BE(at + 8)
    at += 12 + png.readUInt32BE(at)
  }
  const bytes = png[24] === 16 ? 2 : 1
  return {
    ...still(png.readUInt32BE(16), png.readUInt32BE(20), withRgb(channels + transparent, bytes)),
    frames,
  }
}

/** The largest frame with its place decides: browsers and decoders make the screen as large as that. */
const gifClaims = (gif: Buffer): Claims | null => {
  if (gif.length < 13) return null
  const tableBytes = (flags: number) => ((flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1))
  let width = gif.readUInt16LE(6)
  let height = gif.readUInt16LE(8)
  let frames = 0
  let at = 13 + tableBytes(gif[10]!)
  const skipBlocks = () => {
    for (let size = gif[at++]; size !== undefined && size > 0; size = gif[at++]) at += size
  }
  for (let block = gif[at++]; block !== undefined && block !== 0x3b; block = gif[at++]) {
    if (block === 0x21) {
      at++
      skipBlocks()
    } else if (block === 0x2c && at + 9 <= gif.length) {
      width = Math.max(width, gif.readUInt16LE(at) + gif.readUInt16LE(at + 4))
      height = Math.max(height, gif.readUInt16LE(at + 2) + gif.readUInt16LE(at + 6))
      frames++
      at += 10 + tableBytes(gif[at + 8]!)
      skipBlocks()
    } else break
  }
  // RGBA, the indices, and RGB.
  return { width, height, bytesAPixel: 8, frames }
}

/** More than 8 bits: browsers cut them, and 12 bits in 16 are all black then. */
export const isDeepPng = (png: Buffer): boolean => png[24] === 16

const bmpClaims = (bmp: Buffer): Claims | null => {
  if (bmp.length < 26) return null
  return bmp.readUInt32LE(14) === 12
    ? still(bmp.readUInt16LE(18), bmp.readUInt16LE(20), 7)
    : still(Math.abs(bmp.readInt32LE(18)), Math.abs(bmp.readInt32LE(22)), 7)
}

/** By image-size, for formats whose header has many forms. */
const librarySize = (head: Buffer, bytesAPixel: number): Claims | null => {
  const { width, height, images } = imageSize(head)
  // An AVIF lists the sizes of its tiles and thumbnails too.
  const largest = (images ?? [{ width, height }]).reduce((best, one) =>
    one.width * one.height > best.width * best.height ? one : best,
  )
  return still(largest.width, largest.height, bytesAPixel)
}

const avifClaims = (avif: Buffer): Claims | null => {
  // An animation holds its first frame as a plain AVIF too, but is named by another brand.
  const asStill = Buffer.from(avif)
  asStill.write('avif', 8, 'latin1')
  // Planes of 16 bits, RGBA, and RGB.
  return librarySize(asStill, 15)
}

/** Of the first page, which alone is read. A strip or tile may claim to be larger than the picture. */
const tiffClaims = (page: TiffPage | null): Claims | null => {
  if (page === null) return null
  const { width, height, blockPixels, bitsPerSample, samplesPerPixel } = page
  const block = Math.max(1, blockPixels / Math.max(1, width * height))
  return still(width, height, block * withRgb(samplesPerPixel, Math.ceil(bitsPerSample / 8)))
}

/** The decoder holds each sample in 4 bytes, the result beside them, and a copy of it; then RGB. */
const jp2Claims = (jp2: Buffer): Claims | null => {
  const header = readJp2Header(jp2)
  if (header === null) return null
  const channels = Math.max(header.components, header.hasPalette ? 3 : 1)
  return still(header.width, header.height, channels * (4 + 2 * Math.ceil(header.bits / 8)) + 3)
}

/** Upright already. The decoder holds tiles and their whole as planes, RGBA twice, and then RGB. */
const heifClaims = (heif: Buffer): Claims | null => {
  const size = readHeifSize(heif)
  return size === null ? null : still(size.width, size.height, 20)
}

const claimsBy: Record<ImageFormat, (bytes: Buffer) => Claims | null> = {
  jpeg: jpegClaims,
  png: pngClaims,
  gif: gifClaims,
  bmp: bmpClaims,
  webp: (webp) => librarySize(webp, 7),
  avif: avifClaims,
  tiff: (tiff) => tiffClaims(readTiffPage(tiff)),
  jp2: jp2Claims,
  heic: heifClaims,
}

/** Null for what has no size, and when `read` finds that the header is damaged or goes on behind its bytes. */
const orNull = (read: () => Claims | null): Claims | null => {
  try {
    const claims = read()
    return claims !== null && claims.width > 0 && claims.height > 0 ? claims : null
  } catch {
    return null
  }
}

/** The claims in `bytes`, a file's beginning or all of it; null when they hold no size. */
export const readClaims = (bytes: Buffer): Claims | null => {
  const format = formatOf(bytes)
  return format === null ? null : orNull(() => claimsBy[format](bytes))
}

/** Where a TIFF's directory starts when it does not lie in `head` whole; null when it does, or this is no TIFF. */
export const farDirectoryOf = (head: Buffer): number | null => {
  const at = firstDirectoryOf(head)
  return at !== null && readClaims(head) === null ? at : null
}

/** The claims of a TIFF's page. */
export const claimsOfPage = (page: TiffPage | null): Claims | null => orNull(() => tiffClaims(page))

const megapixels = (pixels: number) =>
  said('{count, number} megapixels', { count: Math.round(pixels / 1e5) / 10 })

/**
 * @param fileBytes of the whole file
 * @param extraBytes that the caller takes for each pixel on top
 * @throws CodedError image-unreadable, with the figure that is too large
 */
export const checkClaims = (claims: Claims, fileBytes: number, extraBytes = 0): void => {
  const { width, height, frames, bytesAPixel } = claims
  const pixels = width * height
  if (frames > MAX_FRAMES)
    throw unreadable(
      said('The file says that it holds {frames, number} pictures; at most {maxFrames, number} are read.', {
        frames,
        maxFrames: MAX_FRAMES,
      }),
    )
  if (pixels > MAX_PIXELS)
    throw unreadable(
      said(
        'The picture is too large: {width} x {height} pixels are {pixels}; at most {maxPixels} are read.',
        { width, height, pixels: megapixels(pixels), maxPixels: megapixels(MAX_PIXELS) },
      ),
    )
  const needed = pixels * (bytesAPixel + extraBytes) + fileBytes
  if (needed > MAX_DECODED_BYTES)
    throw unreadable(
      said(
        'The picture is too large: decoding its {width} x {height} pixels takes {needed} of memory; at most {maxDecodedBytes} are given.',
        { width, height, needed: bytesText(needed), maxDecodedBytes: bytesText(MAX_DECODED_BYTES) },
      ),
    )
}

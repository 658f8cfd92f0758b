/**
 * Which way up an image is: reads the orientation (EXIF's 1-8) that Chromium honours from a file's header, and turns
 * pixels by it. Chromium ignores EXIF in WebP and AVIF and behind a PNG's pixels, and turns AVIF by its own `irot` and
 * `imir` boxes.
 */
import { isHeif } from './heif.ts'
import { isJp2 } from './jp2.ts'

/** The EXIF orientation, 1-8; 1 is upright. 5-8 swap width and height. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8

export const swapsSides = (orientation: Orientation): boolean => orientation >= 5

export const isOrientation = (value: number): value is Orientation => value >= 1 && value <= 8

const ORIENTATION_TAG = 0x0112
/** The type that EXIF has for the tag. */
const SHORT = 3

/** `isPlain`: as EXIF has it, one SHORT. Others are read differently by each program; here, as by Chromium, not at all. */
export interface TurnTag {
  readonly value: Orientation
  readonly isPlain: boolean
}

/** The orientation tags of a TIFF structure's first directory (a TIFF file or an EXIF block), in their order. */
export const turnTagsOf = (tiff: Buffer): TurnTag[] => {
  const order = tiff.toString('latin1', 0, 2)
  if (order !== 'II' && order !== 'MM') return []
  const uint16 = (at: number) => (order === 'II' ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const uint32 = (at: number) => (order === 'II' ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at))
  const tags: TurnTag[] = []
  try {
    if (uint16(2) !== 42) return []
    const directory = uint32(4)
    const entries = uint16(directory)
    for (let entry = 0; entry < entries; entry++) {
      const at = directory + 2 + entry * 12
      if (uint16(at) !== ORIENTATION_TAG) continue
      const value = uint16(at + 8)
      const isPlain = uint16(at + 2) === SHORT && uint32(at + 4) === 1
      tags.push({ value: isPlain && isOrientation(value) ? value : 1, isPlain })
    }
  } catch {
    // A directory that reaches past its block: what was read of it counts.
  }
  return tags
}

/** Walks a JPEG's segments up to the first scan; returns where the scan's data starts, -1 when there is none. */
export const jpegSegments = (jpeg: Buffer, visit: (marker: number, body: Buffer) => void): number => {
  let at = 2
  while (at + 4 <= jpeg.length) {
    if (jpeg[at] !== 0xff) return -1
    const marker = jpeg[at + 1]!
    if (marker === 0xff) {
      at++
      continue
    }
    const length = jpeg.readUInt16BE(at + 2)
    if (marker === 0xda) return at + 2 + length
    visit(marker, jpeg.subarray(at + 4, at + 2 + length))
    at += 2 + length
  }
  return -1
}

/** Of all EXIF blocks before the picture; the byte after `Exif\0` is 0 by the standard and 255 in some files. */
const turnTagsOfJpeg = (jpeg: Buffer): TurnTag[] => {
  const tags: TurnTag[] = []
  jpegSegments(jpeg, (marker, body) => {
    if (marker !== 0xe1 || body.toString('latin1', 0, 5) !== 'Exif\0') return
    const isPlain = body[5] === 0
    for (const tag of turnTagsOf(body.subarray(6))) tags.push({ ...tag, isPlain: tag.isPlain && isPlain })
  })
  return tags
}

/** A block behind the pixels is not looked for: a header ends before it. */
const turnTagsOfPng = (png: Buffer): TurnTag[] => {
  const tags: TurnTag[] = []
  for (let at = 8; at + 12 <= png.length;) {
    const length = png.readUInt32BE(at)
    const type = png.toString('latin1', at + 4, at + 8)
    if (type === 'IDAT' || type === 'IEND') break
    if (type === 'eXIf') tags.push(...turnTagsOf(png.subarray(at + 8, at + 8 + length)))
    at += 12 + length
  }
  return tags
}

/** By quarter turns against the clock, then mirrored: not at all, top to bottom, left to right (as libavif maps them). */
const avifTurns: readonly (readonly [Orientation, Orientation, Orientation])[] = [
  [1, 4, 2],
  [8, 5, 7],
  [3, 2, 4],
  [6, 7, 5],
]

/** Searches the `meta` box's item properties; alpha and tiles carry the same turn as the image they belong to. */
const orientationOfAvif = (avif: Buffer): Orientation => {
  const properties = avif.indexOf('ipco', 0, 'latin1')
  if (properties < 4) return 1
  const end = properties - 4 + avif.readUInt32BE(properties - 4)
  let turns = 0
  let mirror = 0
  for (let at = properties + 4; at + 8 < end;) {
    const type = avif.toString('latin1', at + 4, at + 8)
    if (type === 'irot') turns = avif[at + 8]! & 3
    if (type === 'imir') mirror = 1 + (avif[at + 8]! & 1)
    const length = avif.readUInt32BE(at)
    if (length < 8) break
    at += length
  }
  return avifTurns[turns]![mirror]!
}

export type ImageFormat = 'jpeg' | 'png' | 'webp' | 'bmp' | 'gif' | 'avif' | 'tiff' | 'jp2' | 'heic'

/** What no browser shows: the page gets a picture of our own. */
export type UnshownFormat = 'tiff' | 'jp2' | 'heic'

export const isUnshown = (format: ImageFormat): format is UnshownFormat =>
  format === 'tiff' || format === 'jp2' || format === 'heic'

/** The format by the file's first bytes; null when it is none that Maskwright reads. A wrong extension is common. */
export const formatOf = (bytes: Buffer): ImageFormat | null => {
  const text = (from: number, to: number) => bytes.toString('latin1', from, to)
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return 'jpeg'
  if (text(1, 4) === 'PNG') return 'png'
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') return 'webp'
  if (text(0, 2) === 'BM') return 'bmp'
  if (text(0, 4) === 'GIF8') return 'gif'
  if (text(4, 8) === 'ftyp' && text(8, 40).includes('avi')) return 'avif'
  if (isHeif(bytes)) return 'heic'
  if (isJp2(bytes)) return 'jp2'
  if (text(0, 2) === 'II' || text(0, 2) === 'MM') return 'tiff'
  return null
}

/** The orientation tags of the file, in their order, where Chromium looks for them. */
export const turnTagsIn = (bytes: Buffer): TurnTag[] => {
  switch (formatOf(bytes)) {
    case 'jpeg':
      return turnTagsOfJpeg(bytes)
    case 'png':
      return turnTagsOfPng(bytes)
    case 'tiff':
      return turnTagsOf(bytes)
    default:
      return []
  }
}

/**
 * The orientation in the header of `bytes`: the first tag, where it is as EXIF has it; else 1. A damaged block of
 * metadata does not make the picture unreadable.
 */
export const orientationOf = (bytes: Buffer): Orientation => {
  try {
    return formatOf(bytes) === 'avif' ? orientationOfAvif(bytes) : (turnTagsIn(bytes)[0]?.value ?? 1)
  } catch {
    return 1
  }
}

/** Whether browsers may disagree about which way up the picture is: tags of another form than EXIF's, or several. */
export const hasOddTurn = (bytes: Buffer): boolean => {
  try {
    const tags = turnTagsIn(bytes)
    return tags.length > 1 || tags.some(({ isPlain }) => !isPlain)
  } catch {
    return true
  }
}

/**
 * Turns pixels upright.
 * @param rgb [height * width * 3], as stored
 * @returns pixels of width x height, or of height x width when `swapsSides(orientation)`
 */
export const turnUpright = (rgb: Uint8Array, width: number, height: number, orientation: Orientation) => {
  if (orientation === 1) return rgb
  const turned = new Uint8Array(rgb.length)
  // The stored pixel that comes first in the upright frame, and the steps to its right and lower neighbours.
  const last = { x: (width - 1) * 3, y: (height - 1) * width * 3 }
  const row = width * 3
  const walks: Record<Orientation, readonly [start: number, right: number, down: number]> = {
    1: [0, 3, row],
    2: [last.x, -3, row],
    3: [last.x + last.y, -3, -row],
    4: [last.y, 3, -row],
    5: [0, row, 3],
    6: [last.y, -row, 3],
    7: [last.x + last.y, -row, -3],
    8: [last.x, row, -3],
  }
  const [start, right, down] = walks[orientation]
  const [wide, high] = swapsSides(orientation) ? [height, width] : [width, height]
  let to = 0
  for (let y = 0; y < high; y++) {
    let from = start + y * down
    for (let x = 0; x < wide; x++, from += right) {
      turned[to++] = rgb[from]!
      turned[to++] = rgb[from + 1]!
      turned[to++] = rgb[from + 2]!
    }
  }
  return turned
}

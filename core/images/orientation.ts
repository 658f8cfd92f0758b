/**
 * Which way up an image is: reads the orientation (EXIF's 1-8) that Chromium honours from a file's header, and turns
 * pixels by it. Chromium ignores EXIF in WebP and AVIF, and turns AVIF by its own `irot` and `imir` boxes.
 */

/** The EXIF orientation, 1-8; 1 is upright. 5-8 swap width and height. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8

export const swapsSides = (orientation: Orientation): boolean => orientation >= 5

export const isOrientation = (value: number): value is Orientation => value >= 1 && value <= 8

const ORIENTATION_TAG = 0x0112

/** Reads the orientation from a TIFF structure (a TIFF file or an EXIF block); 1 when it has none. */
const orientationOfTiff = (tiff: Buffer): Orientation => {
  const order = tiff.toString('latin1', 0, 2)
  if (order !== 'II' && order !== 'MM') return 1
  const uint16 = (at: number) => (order === 'II' ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const uint32 = (at: number) => (order === 'II' ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at))
  if (uint16(2) !== 42) return 1
  const directory = uint32(4)
  const entries = uint16(directory)
  for (let entry = 0; entry < entries; entry++) {
    const at = directory + 2 + entry * 12
    if (uint16(at) !== ORIENTATION_TAG) continue
    const value = uint16(at + 8)
    return isOrientation(value) ? value : 1
  }
  return 1
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

const orientationOfJpeg = (jpeg: Buffer): Orientation => {
  const found: Orientation[] = []
  jpegSegments(jpeg, (marker, body) => {
    if (marker !== 0xe1 || body.toString('latin1', 0, 6) !== 'Exif\0\0') return
    found.push(orientationOfTiff(body.subarray(6)))
  })
  return found[0] ?? 1
}

const orientationOfPng = (png: Buffer): Orientation => {
  for (let at = 8; at + 12 <= png.length;) {
    const length = png.readUInt32BE(at)
    const type = png.toString('latin1', at + 4, at + 8)
    if (type === 'eXIf') return orientationOfTiff(png.subarray(at + 8, at + 8 + length))
    if (type === 'IEND') return 1
    at += 12 + length
  }
  return 1
}

/** By quarter turns against the clock, then mirrored: not at all, top to bottom, left to right (as libavif maps them). */
const AVIF_TURNS: readonly (readonly [Orientation, Orientation, Orientation])[] = [
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
  return AVIF_TURNS[turns]![mirror]!
}

export type ImageFormat = 'jpeg' | 'png' | 'webp' | 'bmp' | 'gif' | 'avif' | 'tiff'

/** The format by the file's first bytes; null when it is none that Maskwright reads. A wrong extension is common. */
export const formatOf = (bytes: Buffer): ImageFormat | null => {
  const text = (from: number, to: number) => bytes.toString('latin1', from, to)
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return 'jpeg'
  if (text(1, 4) === 'PNG') return 'png'
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') return 'webp'
  if (text(0, 2) === 'BM') return 'bmp'
  if (text(0, 4) === 'GIF8') return 'gif'
  if (text(4, 8) === 'ftyp' && text(8, 40).includes('avi')) return 'avif'
  if (text(0, 2) === 'II' || text(0, 2) === 'MM') return 'tiff'
  return null
}

/** The orientation in the header of `bytes`; 1 where there is none or where it can't be read. */
export const orientationOf = (bytes: Buffer): Orientation => {
  try {
    switch (formatOf(bytes)) {
      case 'jpeg':
        return orientationOfJpeg(bytes)
      case 'png':
        return orientationOfPng(bytes)
      case 'avif':
        return orientationOfAvif(bytes)
      case 'tiff':
        return orientationOfTiff(bytes)
      default:
        return 1
    }
  } catch {
    // A damaged block of metadata does not make the picture unreadable.
    return 1
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

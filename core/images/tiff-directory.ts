/**
 * Reads the directory of a TIFF's first page, classic and BigTIFF (TIFF 6.0, sections 2 and 8). Every number in it is a
 * claim of the file; nothing is decoded here.
 */
/** Names as in the TIFF specification. */
export interface TiffPage {
  readonly width: number
  readonly height: number
  /** Of each sample; one value when all are the same. */
  readonly bitsPerSample: number
  /** 1 unsigned, 2 signed, 3 floating point. */
  readonly sampleFormat: number
  readonly samplesPerPixel: number
  readonly compression: number
  /** 0 white is zero, 1 black is zero, 2 RGB, 3 palette, 5 CMYK, 6 YCbCr, 8 Lab. */
  readonly photometric: number
  /** 2: each sample in a plane of its own. */
  readonly planar: number
  /** Pixels of the largest strip or tile. */
  readonly blockPixels: number
  /** Pixels of a strip or tile. */
  readonly blockWidth: number
  readonly blockHeight: number
  readonly isTiled: boolean
  /** 2: samples are stored as differences to the one before. */
  readonly predictor: number
  /** False where the samples of a pixel have different depths, or bits are stored the wrong way round. */
  readonly isPlain: boolean
  readonly hasAlpha: boolean
  /** EXIF's 1-8, as the file has it: unchecked. */
  readonly orientation: number
}

const tags = {
  width: 256,
  height: 257,
  bitsPerSample: 258,
  compression: 259,
  photometric: 262,
  fillOrder: 266,
  orientation: 274,
  samplesPerPixel: 277,
  rowsPerStrip: 278,
  planar: 284,
  predictor: 317,
  tileWidth: 322,
  tileHeight: 323,
  extraSamples: 338,
  sampleFormat: 339,
} as const

/** Bytes of BYTE, SHORT, LONG, LONG8. */
const sizes: Readonly<Record<number, number>> = { 1: 1, 3: 2, 4: 4, 16: 8 }

/** Reads numbers in the file's byte order; each throws RangeError past the end of `bytes`. */
const readerOf = (bytes: Buffer, head: Buffer = bytes) => {
  const little = head[0] === 0x49
  const uint16 = (at: number) => (little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at))
  const uint32 = (at: number) => (little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at))
  const uint64 = (at: number) => Number(little ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at))
  const big = (little ? head.readUInt16LE(2) : head.readUInt16BE(2)) === 43
  return { uint16, uint32, uint64, big }
}

type Reader = ReturnType<typeof readerOf>

/** Where the first directory lies, from the first 16 bytes; null when this is no TIFF. */
export const firstDirectoryOf = (head: Buffer): number | null => {
  const order = head.toString('latin1', 0, 2)
  if ((order !== 'II' && order !== 'MM') || head.length < 16) return null
  const read = readerOf(head)
  if (!read.big && read.uint16(2) !== 42) return null
  return read.big ? read.uint64(8) : read.uint32(4)
}

/** More tags than any TIFF has. */
const MAX_ENTRIES = 4096

/** The directory's entries: for each tag its type, count and the place of its value. */
const entriesOf = (read: Reader, at: number) => {
  const first = at + (read.big ? 8 : 2)
  const count = read.big ? read.uint64(at) : read.uint16(at)
  const size = read.big ? 20 : 12
  if (count > MAX_ENTRIES) throw new RangeError('Too many entries.')
  return Array.from({ length: count }, (_, index) => {
    const entry = first + index * size
    return {
      tag: read.uint16(entry),
      type: read.uint16(entry + 2),
      count: read.big ? read.uint64(entry + 4) : read.uint32(entry + 4),
      value: entry + (read.big ? 12 : 8),
    }
  })
}

/** A field's numbers, each read when it is asked for: a picture may have millions of strips. */
interface TiffField {
  readonly count: number
  /** @throws RangeError past the end of the bytes */
  at(index: number): number
}

/**
 * The fields of the first page; null when this is no TIFF.
 * @param base where in the file `directory` starts, when it is not the file's own start
 * @param directory bytes from `base` on that hold the directory
 * @throws RangeError when it reaches past them
 */
export const openDirectory = (head: Buffer, directory: Buffer = head, base = 0) => {
  const at = firstDirectoryOf(head)
  if (at === null) return null
  const read = readerOf(directory, head)
  const here = (place: number) => place - base
  const entries = entriesOf(read, here(at))
  /** Null for a tag that is not there, or holds no whole numbers. */
  const field = (tag: number): TiffField | null => {
    const entry = entries.find((one) => one.tag === tag)
    const size = entry && sizes[entry.type]
    if (entry === undefined || size === undefined) return null
    const inline = entry.count * size <= (read.big ? 8 : 4)
    const place = inline ? entry.value : here(read.big ? read.uint64(entry.value) : read.uint32(entry.value))
    return {
      count: entry.count,
      at: (index) => {
        const from = place + index * size
        if (size === 2) return read.uint16(from)
        if (size === 4) return read.uint32(from)
        return size === 8 ? read.uint64(from) : (directory[from] ?? 0)
      },
    }
  }
  // EXIF's form of the tag (orientation.ts).
  const isShort = (tag: number) => entries.some((one) => one.tag === tag && one.type === 3 && one.count === 1)
  return { field, isShort }
}

/** The first page's claims. Parameters and errors as of `openDirectory`. */
export const readTiffPage = (head: Buffer, directory: Buffer = head, base = 0): TiffPage | null => {
  const opened = openDirectory(head, directory, base)
  if (opened === null) return null
  const { field, isShort } = opened
  const numbers = (tag: number): number[] => {
    const found = field(tag)
    return Array.from({ length: Math.min(found?.count ?? 0, 16) }, (_, index) => found!.at(index))
  }
  const number = (tag: number, otherwise: number) => numbers(tag)[0] ?? otherwise
  const width = number(tags.width, 0)
  const height = number(tags.height, 0)
  const tileWidth = number(tags.tileWidth, 0)
  const rows = Math.min(number(tags.rowsPerStrip, height) || height, height)
  const isTiled = tileWidth > 0
  const [blockWidth, blockHeight] = isTiled ? [tileWidth, number(tags.tileHeight, 0)] : [width, rows]
  const bits = numbers(tags.bitsPerSample)
  const formats = numbers(tags.sampleFormat)
  const areSame = (values: number[]) => values.every((value) => value === values[0])
  return {
    width,
    height,
    bitsPerSample: Math.max(1, ...bits),
    sampleFormat: number(tags.sampleFormat, 1),
    samplesPerPixel: number(tags.samplesPerPixel, 1),
    compression: number(tags.compression, 1),
    photometric: number(tags.photometric, 1),
    planar: number(tags.planar, 1),
    blockPixels: blockWidth * blockHeight,
    blockWidth,
    blockHeight,
    isTiled,
    predictor: number(tags.predictor, 1),
    isPlain: areSame(bits) && areSame(formats) && number(tags.fillOrder, 1) === 1,
    hasAlpha: [1, 2].includes(number(tags.extraSamples, 0)),
    orientation: isShort(tags.orientation) ? number(tags.orientation, 1) : 1,
  }
}

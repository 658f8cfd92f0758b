/** Pictures made to do harm, built here: none of them is a file of somebody else. All are small. */
import { crc32, deflateSync } from 'node:zlib'

/** Codes of growing widths, least significant bit first, as GIF packs them. */
const packCodes = (codes: readonly number[], width: number): number[] => {
  const bytes: number[] = []
  let bits = 0
  let held = 0
  for (const code of codes) {
    held |= code << bits
    bits += width
    for (; bits >= 8; bits -= 8, held >>= 8) bytes.push(held & 255)
  }
  if (bits > 0) bytes.push(held)
  return bytes
}

const uint16LE = (...values: number[]) => values.flatMap((value) => [value & 255, value >> 8])

/** A GIF of one frame. @param data the bytes of its codes, 255 at most */
const gifOf = (screen: [number, number], frame: [number, number], data: readonly number[]): Buffer =>
  Buffer.from([
    ...Buffer.from('GIF89a', 'latin1'),
    ...uint16LE(...screen),
    // A table of four colours.
    ...[0x81, 0, 0],
    ...[0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0, 255],
    ...[0x2c, 0, 0, 0, 0],
    ...uint16LE(...frame),
    ...[0, 2, data.length],
    ...data,
    ...[0, 0x3b],
  ])

/**
 * Its code 6 comes first where it is not defined yet, and is then defined as itself and another colour: a decoder that
 * follows it never ends.
 */
export const cyclicGif = (): Buffer => gifOf([4, 4], [4, 4], packCodes([4, 6, 0, 6, 6, 5], 3))

/** A screen of 4 x 4 with a frame of 65,535 x 65,535: 4 gigapixels in 48 bytes. */
export const vastFrameGif = (): Buffer => gifOf([4, 4], [65_535, 65_535], packCodes([4, 0, 5], 3))

const chunk = (type: string, data: Uint8Array): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** A PNG whose header claims this. @param color 0 grey, 2 RGB, 6 RGBA */
export const pngOf = (
  { width, height, depth, color }: { width: number; height: number; depth: 8 | 16; color: 0 | 2 | 6 },
  rows: Uint8Array = Buffer.alloc(64),
): Buffer => {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([depth, color, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', new Uint8Array()),
  ])
}

export interface TiffClaims {
  readonly width: number
  readonly height: number
  readonly bits: number
  readonly channels: number
  /** 1 unsigned, 2 signed, 3 floating point. */
  readonly sampleFormat?: number
  /** 1 none, 8 deflate. */
  readonly compression?: number
}

/** A little endian TIFF of one strip, with `data` as it is. */
export const tiffOf = (claims: TiffClaims, data: Uint8Array): Buffer => {
  const { width, height, bits, channels, sampleFormat = 1, compression = 1 } = claims
  const many = 8 + 2 + 11 * 12 + 4
  const dataAt = many + 4 * channels
  const entries: [tag: number, type: 3 | 4, count: number, value: number][] = [
    [256, 4, 1, width],
    [257, 4, 1, height],
    [258, 3, channels, channels > 2 ? many : bits | (bits << 16)],
    [259, 3, 1, compression],
    [262, 3, 1, channels > 2 ? 2 : 1],
    [273, 4, 1, dataAt],
    [277, 3, 1, channels],
    [278, 4, 1, height],
    [279, 4, 1, data.length],
    [284, 3, 1, 1],
    [339, 3, channels, channels > 2 ? many + 2 * channels : sampleFormat | (sampleFormat << 16)],
  ]
  const head = Buffer.alloc(dataAt)
  head.write('II', 0, 'latin1')
  head.writeUInt16LE(42, 2)
  head.writeUInt32LE(8, 4)
  head.writeUInt16LE(entries.length, 8)
  entries.forEach(([tag, type, count, value], index) => {
    const at = 10 + index * 12
    head.writeUInt16LE(tag, at)
    head.writeUInt16LE(type, at + 2)
    head.writeUInt32LE(count, at + 4)
    head.writeUInt32LE(value >>> 0, at + 8)
  })
  for (let channel = 0; channel < channels; channel++) {
    head.writeUInt16LE(bits, many + 2 * channel)
    head.writeUInt16LE(sampleFormat, many + 2 * channels + 2 * channel)
  }
  return Buffer.concat([head, data])
}

/** A TIFF of some 260 kB that says nothing false: 240 megapixels of black, squeezed. */
export const squeezedTiff = (bits: 8 | 16): Buffer => {
  const [width, height] = [20_000, 12_000]
  const rows = Buffer.alloc((width * height * bits) / 8)
  return tiffOf({ width, height, bits, channels: 1, compression: 8 }, deflateSync(rows, { level: 9 }))
}

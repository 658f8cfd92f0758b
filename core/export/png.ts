/**
 * PNG files of whole numbers: one channel of 8 or 16 bits, or 8 bits with a palette. Written here because the library
 * that decodes our pictures writes neither palettes nor 16 bits of one channel. By the PNG specification (W3C, third
 * edition): signature, IHDR, PLTE, IDAT, IEND; every row with filter 0, which the specification advises for palettes.
 */
import { crc32, deflate } from 'node:zlib'
import { promisify } from 'node:util'
import type { Size } from '../../common/geometry/point.ts'

const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10])
const GREY = 0
const INDEXED = 3

const chunk = (type: string, data: Uint8Array): Buffer => {
  const whole = Buffer.alloc(12 + data.length)
  whole.writeUInt32BE(data.length, 0)
  whole.write(type, 4, 'latin1')
  whole.set(data, 8)
  whole.writeUInt32BE(crc32(whole.subarray(4, 8 + data.length)), 8 + data.length)
  return whole
}

/** The rows, each behind the number of its filter; 16 bits with the high byte first. */
const rowsOf = (data: Uint8Array | Uint16Array, { width, height }: Size): Buffer => {
  const bytes = data.BYTES_PER_ELEMENT
  const rows = Buffer.alloc(height * (1 + width * bytes))
  for (let row = 0; row < height; row++) {
    const from = row * (1 + width * bytes) + 1
    const line = data.subarray(row * width, (row + 1) * width)
    if (line instanceof Uint8Array) rows.set(line, from)
    else line.forEach((value, column) => rows.writeUInt16BE(value, from + 2 * column))
  }
  return rows
}

const compress = promisify(deflate)

/**
 * @param data [height * width] row by row; 16 bits when it is a Uint16Array
 * @param palette red, green, blue of each value, 0..255; only with 8 bits
 */
export const encodePng = async (
  data: Uint8Array | Uint16Array,
  size: Size,
  palette?: Uint8Array,
): Promise<Buffer> => {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size.width, 0)
  header.writeUInt32BE(size.height, 4)
  header.set([8 * data.BYTES_PER_ELEMENT, palette ? INDEXED : GREY], 8)
  const pixels = await compress(rowsOf(data, size))
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    ...(palette ? [chunk('PLTE', palette)] : []),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/**
 * PNG files whose pixels are numbers: the samples as they are stored, of one channel, palettes left as indexes. What a
 * file claims is held against the limits of pictures before anything is decoded, and so is what it unpacks to.
 */
import { inflateSync } from 'node:zlib'
import { decode } from 'fast-png'
import { CodedError } from '../../common/errors.ts'
import type { Size } from '../../common/geometry/point.ts'
import { said } from '../../common/said.ts'

export interface PngSamples extends Size {
  /** [height * width] row by row. */
  readonly data: Uint8Array | Uint16Array
  /** Red, green, blue of each value; null when the file has no palette. */
  readonly palette: readonly (readonly number[])[] | null
}

/** Pixels of a mask: 64 megapixels, more than the largest photos that are labelled pixel by pixel. */
const MOST_PIXELS = 2 ** 26

const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10])

interface Header extends Size {
  readonly depth: number
  readonly channels: number
}

const channelsOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

const damaged = (name: string, why: string) =>
  new CodedError('bad-input', said('{name} is no mask in PNG: {why}.', { name, why }))

/** @throws CodedError bad-input */
const headerOf = (png: Buffer, name: string): Header => {
  if (png.length < 33 || !png.subarray(0, 8).equals(SIGNATURE) || png.toString('latin1', 12, 16) !== 'IHDR')
    throw damaged(name, said('it is no PNG'))
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)]
  const [depth, channels] = [png[24]!, channelsOf[png[25]!] ?? 0]
  if (width === 0 || height === 0 || width * height > MOST_PIXELS)
    throw damaged(name, said('it claims {width} x {height} pixels', { width, height }))
  if (![1, 2, 4, 8, 16].includes(depth) || channels === 0) throw damaged(name, said('it is damaged'))
  return { width, height, depth, channels }
}

/** The packed pixels, of all chunks that hold them. */
const packedOf = (png: Buffer): Buffer => {
  const parts: Buffer[] = []
  for (let at = 8; at + 12 <= png.length;) {
    const length = png.readUInt32BE(at)
    const type = png.toString('latin1', at + 4, at + 8)
    if (type === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + length))
    if (type === 'IEND') break
    at += 12 + length
  }
  return Buffer.concat(parts)
}

/** Whether they unpack to no more than the header says: a few bytes can be made to fill the memory. */
const checkUnpacked = (png: Buffer, { width, height, depth, channels }: Header, name: string) => {
  // Of an interlaced picture each row of each pass has a byte more.
  const most = height * (Math.ceil((width * depth * channels) / 8) + 2) + 16 * (width + height) + 64
  try {
    inflateSync(packedOf(png), { maxOutputLength: most })
  } catch (cause) {
    throw new CodedError(
      'bad-input',
      said("{name} is no mask in PNG: its pixels can't be unpacked.", { name }),
      { cause },
    )
  }
}

const spread = (data: Uint8Array, { width, height, depth }: Header): Uint8Array => {
  const wide = new Uint8Array(width * height)
  const rowBytes = Math.ceil((width * depth) / 8)
  const mask = 2 ** depth - 1
  for (let row = 0, to = 0; row < height; row++)
    for (let column = 0; column < width; column++, to++) {
      const bit = column * depth
      wide[to] = (data[row * rowBytes + (bit >> 3)]! >> (8 - depth - (bit & 7))) & mask
    }
  return wide
}

const decoded = (png: Buffer, name: string): ReturnType<typeof decode> => {
  try {
    return decode(png)
  } catch (cause) {
    throw new CodedError('bad-input', said('{name} is no mask in PNG: it is damaged.', { name }), { cause })
  }
}

/**
 * @param name of the file, for messages
 * @throws CodedError bad-input when it is no PNG, has more than one channel, claims too much, or is damaged
 */
export const readPngSamples = (bytes: Uint8Array, name: string): PngSamples => {
  const png = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const header = headerOf(png, name)
  if (header.channels !== 1) throw damaged(name, said('its pixels are colours, not numbers'))
  checkUnpacked(png, header, name)
  const { data, palette } = decoded(png, name)
  if (!(data instanceof Uint8Array || data instanceof Uint16Array)) throw damaged(name, said('it is damaged'))
  const isPacked = header.depth < 8
  return {
    width: header.width,
    height: header.height,
    data: isPacked && data instanceof Uint8Array ? spread(data, header) : data,
    palette: palette ?? null,
  }
}

/** Colours of one picture; more are a photo, and no map of classes or objects. */
const MOST_COLOURS = 2000

/** Colours as numbers, the black one 0, with themselves as palette. */
const numbered = (data: ArrayLike<number>, { width, height, channels }: Header, name: string): PngSamples => {
  const numbers = new Map<number, number>([[0, 0]])
  const values = new Uint16Array(width * height)
  for (let at = 0, from = 0; at < values.length; at++, from += channels) {
    const colour = (data[from]! << 16) | (data[from + 1]! << 8) | data[from + 2]!
    let number = numbers.get(colour)
    if (number === undefined) {
      number = numbers.size
      if (number > MOST_COLOURS)
        throw damaged(
          name,
          said('it has more than {most, number} colours, as a photo has', { most: MOST_COLOURS }),
        )
      numbers.set(colour, number)
    }
    values[at] = number
  }
  const palette = [...numbers.keys()].map((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255])
  return { width, height, data: values, palette }
}

/** As `readPngSamples`; of pictures in colours each colour is a number. @throws CodedError bad-input */
export const readPngColours = (bytes: Uint8Array, name: string): PngSamples => {
  const png = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const header = headerOf(png, name)
  if (header.channels < 3) return readPngSamples(bytes, name)
  if (header.depth !== 8) throw damaged(name, said('its colours have more than 8 bits'))
  checkUnpacked(png, header, name)
  return numbered(decoded(png, name).data, header, name)
}

/** The pixels that a test is true of, as a window; null when there are none. */
export const rasterWhere = (
  { width, height, data }: PngSamples,
  isIn: (value: number) => boolean,
  at: { readonly x: number; readonly y: number } = { x: 0, y: 0 },
) => {
  let [x0, y0, x1, y1] = [width, height, 0, 0]
  for (let row = 0, place = 0; row < height; row++)
    for (let column = 0; column < width; column++, place++) {
      if (!isIn(data[place]!)) continue
      if (column < x0) x0 = column
      if (column >= x1) x1 = column + 1
      if (row < y0) y0 = row
      y1 = row + 1
    }
  if (x1 <= x0) return null
  const [wide, high] = [x1 - x0, y1 - y0]
  const found = new Uint8Array(wide * high)
  for (let row = 0; row < high; row++)
    for (let column = 0; column < wide; column++)
      if (isIn(data[(y0 + row) * width + x0 + column]!)) found[row * wide + column] = 1
  return { x: at.x + x0, y: at.y + y0, width: wide, height: high, data: found }
}

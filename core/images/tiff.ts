/** Decodes the TIFFs that @napi-rs/image does not: palettes and floating point greys. */
import { decode } from 'tiff'
import { levelsOf } from './levels.ts'

/** The library gives signed samples as unsigned ones of the same bits. */
const signed = <T extends ArrayLike<number>>(data: T): T | Int8Array | Int16Array => {
  if (data instanceof Uint16Array) return new Int16Array(data.buffer, data.byteOffset, data.length)
  if (data instanceof Uint8Array) return new Int8Array(data.buffer, data.byteOffset, data.length)
  return data
}

/**
 * The first page. Greys of any depth are stretched (levels.ts).
 * @returns rgb [height * width * 3]
 * @throws Error for kinds of TIFF that can't be read, and damaged files
 */
export const decodeRareTiff = (bytes: Uint8Array) => {
  const page = decode(bytes, { pages: [0] })[0]
  if (page === undefined) throw new Error('It has no page.')
  const { width, height, data, palette } = page
  const rgb = new Uint8Array(width * height * 3)
  if (palette !== undefined) {
    for (let i = 0; i < width * height; i++) {
      const color = palette[data[i]!] ?? [0, 0, 0]
      for (let channel = 0; channel < 3; channel++) rgb[i * 3 + channel] = color[channel]! >> 8
    }
    return { width, height, rgb }
  }
  if (page.components !== 1)
    throw new Error(`TIFF with ${page.components} channels of this kind is not supported.`)
  const values = page.sampleFormat === 2 ? signed(data) : data
  const { black, white } = levelsOf(values, 1, 1)
  const scale = 255 / (white - black)
  const grey = new Uint8ClampedArray(rgb.buffer)
  for (let i = 0, to = 0; i < width * height; i++) {
    const value = (values[i]! - black) * scale
    grey[to++] = value
    grey[to++] = value
    grey[to++] = value
  }
  return { width, height, rgb }
}

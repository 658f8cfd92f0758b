/** Decodes the TIFFs that @napi-rs/image does not: palettes, and signed and floating point numbers of any number of bands. */
import { decode } from 'tiff'
import { levelsOf, type Rendering } from './levels.ts'
import { distinct, shownOf } from './samples.ts'
import { readTiffPage } from './tiff-directory.ts'

/** The library gives signed samples as unsigned ones of the same bits. */
const signed = <T extends ArrayLike<number>>(data: T): T | Int8Array | Int16Array => {
  if (data instanceof Uint16Array) return new Int16Array(data.buffer, data.byteOffset, data.length)
  if (data instanceof Uint8Array) return new Int8Array(data.buffer, data.byteOffset, data.length)
  return data
}

/**
 * The first page. Numbers of any depth are stretched (levels.ts); of three bands and more three are the colours.
 * @returns rgb [height * width * 3]
 * @throws Error for kinds of TIFF that can't be read, and damaged files
 */
export const decodeRareTiff = (bytes: Buffer, rendering: Rendering) => {
  const claimed = readTiffPage(bytes)
  // The library takes planes for pixels.
  if (claimed !== null && claimed.planar === 2 && claimed.samplesPerPixel > 1)
    throw new Error('Planes of this kind are not supported.')
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
  // 1 is grey, with black or white at 0, and 2 RGB: of other kinds the values are no light.
  const isLight = page.type === 1 || page.type === 2
  // Whole numbers are read row by row, or are damaged.
  if (page.components > 1 && !(isLight && page.sampleFormat !== 1))
    throw new Error(`TIFF with ${page.components} channels of this kind is not supported.`)
  const values = page.sampleFormat === 2 ? signed(data) : data
  const bands = page.components
  const shown = shownOf(bands, rendering.bands)
  const { black, white } = levelsOf(values, bands, distinct(shown), null, rendering)
  const scale = 255 / (white - black)
  const painted = new Uint8ClampedArray(rgb.buffer)
  const [red, green, blue] = shown
  for (let from = 0, to = 0; to < painted.length; from += bands) {
    painted[to++] = (values[from + red]! - black) * scale
    painted[to++] = (values[from + green]! - black) * scale
    painted[to++] = (values[from + blue]! - black) * scale
  }
  return { width, height, rgb }
}

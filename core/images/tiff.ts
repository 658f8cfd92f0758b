/** Decodes the TIFFs that @napi-rs/image does not: palettes and floating point greys. */
import { decode } from 'tiff'

/**
 * The first page. Greys of any depth are stretched from their smallest to their largest value.
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
  let low = Infinity
  let high = -Infinity
  for (const value of data) {
    if (value < low) low = value
    if (value > high) high = value
  }
  const scale = high > low ? 255 / (high - low) : 0
  for (let i = 0; i < width * height; i++) rgb.fill(Math.round((data[i]! - low) * scale), i * 3, i * 3 + 3)
  return { width, height, rgb }
}

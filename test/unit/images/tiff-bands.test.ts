/** TIFFs of many bands, as satellites, drones and microscopes write them: the first three are red, green and blue. */
import { describe, expect, test } from 'vitest'
import { decodeUprightBytes } from '../../../core/images/decode.ts'
import { toRgb } from '../../../core/images/samples.ts'
import { writeTiff, type TiffShape } from '../../support/tiff-writer.ts'

const WIDTH = 70
const HEIGHT = 50

/** Each band a ramp of its own from the left or the top. [height * width * channels] */
const rampsOf = <T extends Uint8Array | Uint16Array | Float32Array>(
  samples: T,
  channels: number,
  top: number,
): T => {
  for (let at = 0; at < samples.length; at++) {
    const [pixel, band] = [Math.floor(at / channels), at % channels]
    const part = band % 2 === 0 ? (pixel % WIDTH) / (WIDTH - 1) : Math.floor(pixel / WIDTH) / (HEIGHT - 1)
    samples[at] = (top * part * (band + 1)) / channels
  }
  return samples
}

/** What the first three bands alone show. */
const firstThree = (samples: Uint8Array | Uint16Array, channels: number) =>
  toRgb(
    samples.filter((_, index) => index % channels < 3),
    { channels: 3, alpha: false },
  )

const layouts: [name: string, layout: Partial<TiffShape>][] = [
  ['pixel by pixel, one strip', {}],
  ['pixel by pixel, tiles', { tile: 32, packing: 'deflate', predictor: true }],
  ['band by band, strips', { planar: true, rows: 7, packing: 'lzw' }],
  ['band by band, tiles, MM', { planar: true, tile: 32, bigEndian: true, packing: 'packbits' }],
]

describe.each(layouts)('%s', (_, layout) => {
  test.each([3, 4, 5, 8])('%i bands of 8 and of 12 bits', async (channels) => {
    const shape: TiffShape = { width: WIDTH, height: HEIGHT, channels, bands: true, ...layout }
    const size = WIDTH * HEIGHT * channels
    for (const samples of [
      rampsOf(new Uint8Array(size), channels, 255),
      rampsOf(new Uint16Array(size), channels, 4095),
    ]) {
      const { width, height, rgb } = await decodeUprightBytes(writeTiff(shape, samples))
      expect([width, height]).toEqual([WIDTH, HEIGHT])
      expect(Buffer.from(rgb).equals(Buffer.from(firstThree(samples, channels)))).toBe(true)
    }
  })
})

test('floats of five bands: dark to bright by the values that are there', async () => {
  const channels = 5
  const samples = rampsOf(new Float32Array(WIDTH * HEIGHT * channels), channels, 0.4)
  const tiff = writeTiff({ width: WIDTH, height: HEIGHT, channels, bands: true }, samples)
  const { rgb } = await decodeUprightBytes(tiff)
  const at = (x: number, y: number) => [...rgb.subarray((y * WIDTH + x) * 3, (y * WIDTH + x) * 3 + 3)]
  expect(at(0, 0)).toEqual([0, 0, 0])
  const [red, green, blue] = at(WIDTH - 1, HEIGHT - 1) as [number, number, number]
  // A third, two thirds and all of the largest value in these three.
  expect(Math.abs(red - 85)).toBeLessThan(4)
  expect(Math.abs(green - 170)).toBeLessThan(4)
  expect(blue).toBeGreaterThan(250)
})

test('floats band by band are refused in words, and not shown mixed up', async () => {
  const samples = rampsOf(new Float32Array(WIDTH * HEIGHT * 4), 4, 1)
  const tiff = writeTiff({ width: WIDTH, height: HEIGHT, channels: 4, bands: true, planar: true }, samples)
  await expect(decodeUprightBytes(tiff)).rejects.toMatchObject({
    code: 'image-unreadable',
    message: expect.stringContaining("This kind of TIFF file can't be read") as string,
  })
})

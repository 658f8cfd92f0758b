/** Small pictures whose corners tell which way up they are, as files of every format. */
import { Transformer } from '@napi-rs/image'
import { GifWriter } from 'omggif'

export const WIDTH = 48
export const HEIGHT = 32

const corners = {
  topLeft: 'red',
  topRight: 'green',
  bottomLeft: 'blue',
  bottomRight: 'white',
} as const
export type Color = (typeof corners)[keyof typeof corners]
const colors: Record<Color, readonly [number, number, number]> = {
  red: [230, 20, 20],
  green: [20, 200, 20],
  blue: [20, 20, 230],
  white: [240, 240, 240],
}

const colorAt = (x: number, y: number): Color => {
  if (y < HEIGHT / 2) return x < WIDTH / 2 ? corners.topLeft : corners.topRight
  return x < WIDTH / 2 ? corners.bottomLeft : corners.bottomRight
}

/** [height * width * channels], opaque. */
const pixels = (channels: 3 | 4): Uint8Array => {
  const data = new Uint8Array(WIDTH * HEIGHT * channels).fill(255)
  for (let y = 0; y < HEIGHT; y += 1)
    for (let x = 0; x < WIDTH; x += 1) data.set(colors[colorAt(x, y)], (y * WIDTH + x) * channels)
  return data
}

/** The nearest of the four colours. @param rgb the first three count */
export const colorOf = (rgb: ArrayLike<number>): Color => {
  const distance = (name: Color) => Math.hypot(...colors[name].map((value, index) => value - rgb[index]!))
  return (Object.keys(colors) as Color[]).reduce((best, name) =>
    distance(name) < distance(best) ? name : best,
  )
}

/** What decoding shows at the upper corners, which tells all eight ways to turn apart, and the size. */
export const look = async (bytes: Uint8Array) => {
  const decoder = new Transformer(bytes)
  const size = await decoder.metadata()
  const raw = await decoder.rawPixels()
  const channels = raw.length / (size.width * size.height)
  const at = (x: number, y: number) => colorOf([...raw.subarray((y * size.width + x) * channels)].slice(0, 3))
  return { width: size.width, height: size.height, topLeft: at(4, 4), topRight: at(size.width - 5, 4) }
}

/** What the upper corners show when EXIF's orientation 1-8 is applied to the picture as stored. */
export const upright: Record<number, { topLeft: Color; topRight: Color; turned: boolean }> = {
  1: { topLeft: 'red', topRight: 'green', turned: false },
  2: { topLeft: 'green', topRight: 'red', turned: false },
  3: { topLeft: 'white', topRight: 'blue', turned: false },
  4: { topLeft: 'blue', topRight: 'white', turned: false },
  5: { topLeft: 'red', topRight: 'blue', turned: true },
  6: { topLeft: 'blue', topRight: 'red', turned: true },
  7: { topLeft: 'white', topRight: 'green', turned: true },
  8: { topLeft: 'green', topRight: 'white', turned: true },
}

/** A directory of one entry: the orientation. Little endian. */
const exifOf = (orientation: number): Buffer => {
  const exif = Buffer.alloc(26)
  exif.write('II', 0, 'latin1')
  exif.writeUInt16LE(42, 2)
  exif.writeUInt32LE(8, 4)
  exif.writeUInt16LE(1, 8)
  exif.writeUInt16LE(0x0112, 10)
  exif.writeUInt16LE(3, 12)
  exif.writeUInt32LE(1, 14)
  exif.writeUInt16LE(orientation, 18)
  return exif
}

const base = () => Transformer.fromRgbaPixels(pixels(4), WIDTH, HEIGHT)

/** Without metadata. */
export const plainJpeg = (): Promise<Buffer> => base().jpeg(95)

export const jpegOf = async (orientation = 1): Promise<Buffer> => {
  const jpeg = await plainJpeg()
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exifOf(orientation)])
  const head = Buffer.from([0xff, 0xe1, 0, body.length + 2])
  return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)])
}

/** Uncompressed RGB in one strip. */
export const tiffOf = (orientation = 1): Buffer => {
  const data = pixels(3)
  const entries: [tag: number, type: 3 | 4, count: number, value: number][] = [
    [256, 3, 1, WIDTH],
    [257, 3, 1, HEIGHT],
    [258, 3, 3, 0],
    [259, 3, 1, 1],
    [262, 3, 1, 2],
    [273, 4, 1, 0],
    [274, 3, 1, orientation],
    [277, 3, 1, 3],
    [278, 3, 1, HEIGHT],
    [279, 4, 1, data.length],
  ]
  const bitsAt = 8 + 2 + entries.length * 12 + 4
  const dataAt = bitsAt + 6
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
    head.writeUInt32LE(tag === 258 ? bitsAt : tag === 273 ? dataAt : value, at + 8)
  })
  for (const at of [0, 2, 4]) head.writeUInt16LE(8, bitsAt + at)
  return Buffer.concat([head, data])
}

const gifOf = (): Buffer => {
  const names = Object.keys(colors) as Color[]
  const palette = names.map((name) => colors[name].reduce((sum, value) => sum * 256 + value, 0))
  const buffer = Buffer.alloc(WIDTH * HEIGHT * 2 + 1000)
  const writer = new GifWriter(buffer, WIDTH, HEIGHT, { palette })
  const indices = Array.from({ length: WIDTH * HEIGHT }, (_, index) =>
    names.indexOf(colorAt(index % WIDTH, Math.floor(index / WIDTH))),
  )
  writer.addFrame(0, 0, WIDTH, HEIGHT, indices)
  return buffer.subarray(0, writer.end())
}

export const files: Record<string, () => Promise<Buffer> | Buffer> = {
  'a.jpg': () => jpegOf(),
  'a.png': () => base().png(),
  'a.webp': () => base().webp(95),
  'a.bmp': () => base().bmp(),
  'a.avif': () => base().avif({ quality: 95, speed: 10 }),
  'a.gif': gifOf,
  'a.tiff': () => tiffOf(),
}

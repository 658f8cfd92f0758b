/** Every format comes out upright, as Chromium shows it (checked by hand there), and damage is said in words. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { toErrorReply } from '../../../common/errors.ts'
import { decodeUpright, type UprightImage } from '../../../core/images/decode.ts'
import { probeImage } from '../../../core/images/read-file.ts'

const fixtures = join(import.meta.dirname, '../../fixtures/images')
const photo = join(import.meta.dirname, '../../../projects/sample/coffee.jpg')

const red = [220, 30, 40]
const green = [30, 200, 60]
const blue = [20, 60, 230]
const yellow = [240, 220, 30]
const white = [255, 255, 255]
const greyOf = ([r = 0, g = 0, b = 0]: number[]) => {
  const grey = 0.299 * r + 0.587 * g + 0.114 * b
  return [grey, grey, grey]
}

const pixel = ({ width, rgb }: UprightImage, x: number, y: number) => [
  ...rgb.subarray((y * width + x) * 3, (y * width + x) * 3 + 3),
]

/** Top left, top right, bottom left, bottom right, each from the middle of its quarter. */
const quarters = (image: UprightImage) => {
  const [x, y] = [Math.floor(image.width / 4), Math.floor(image.height / 4)]
  const [right, bottom] = [image.width - 1 - x, image.height - 1 - y]
  return [pixel(image, x, y), pixel(image, right, y), pixel(image, x, bottom), pixel(image, right, bottom)]
}

const expectQuarters = (image: UprightImage, expected: number[][], tolerance: number) => {
  const found = quarters(image)
  for (const [i, color] of expected.entries()) {
    for (const [channel, value] of color.entries()) {
      expect(Math.abs(found[i]![channel]! - value), JSON.stringify(found)).toBeLessThanOrEqual(tolerance)
    }
  }
}

const plain = [red, green, blue, yellow]
const half = [red, white, blue, white]

const files: [name: string, expected: number[][]][] = [
  ...['rgb.jpg', 'progressive.jpg', 'cmyk.jpg', 'jpeg-inside.png'].map((name): [string, number[][]] => [
    name,
    plain,
  ]),
  ...['rgb.png', 'palette.png', 'rgb-16.png'].map((name): [string, number[][]] => [name, plain]),
  ...['rgb.webp', 'animated.webp', 'exif-6.webp'].map((name): [string, number[][]] => [name, plain]),
  ...['rgb.bmp', 'palette.bmp'].map((name): [string, number[][]] => [name, plain]),
  ...['rgb.gif', 'animated.gif'].map((name): [string, number[][]] => [name, plain]),
  ...['rgb.avif', 'animated.avif'].map((name): [string, number[][]] => [name, plain]),
  ...['raw.tif', 'lzw.tif', 'adobe_deflate.tif', 'packbits.tif', 'jpeg.tif', 'cmyk.tif', 'palette.tif'].map(
    (name): [string, number[][]] => [name, plain],
  ),
  ...['pages.tif', 'rgb-16.tif', 'planar.tif', 'tiled.tif'].map((name): [string, number[][]] => [
    name,
    plain,
  ]),
  ...['alpha.png', 'alpha.webp', 'alpha.avif', 'alpha.tif'].map((name): [string, number[][]] => [name, half]),
  ...['grey.jpg', 'grey.png', 'grey-alpha.png', 'grey.bmp', 'grey.avif', 'grey.tiff'].map(
    (name): [string, number[][]] => [name, plain.map(greyOf)],
  ),
  ['transparent.gif', [red, green, blue, white]],
]

describe('formats', () => {
  test.each(files)('%s', async (name, expected) => {
    const image = await decodeUpright(join(fixtures, name))
    expect([image.width, image.height, image.rgb.length]).toEqual([24, 16, 24 * 16 * 3])
    expectQuarters(image, expected, 3)
  })

  test.each(['bilevel.png', 'bilevel.bmp', 'group4.tif'])('%s is black and white', async (name) => {
    const image = await decodeUpright(join(fixtures, name))
    expect(new Set(image.rgb)).toEqual(new Set([0, 255]))
    expect(pixel(image, 23, 15)).toEqual(white)
  })

  test.each(['grey-16.png', 'grey-16.tif', 'float.tif'])('%s keeps the whole range', async (name) => {
    const { rgb } = await decodeUpright(join(fixtures, name))
    expect(rgb[0]).toBe(0)
    expect(rgb.at(-1)).toBe(255)
    expect(Math.abs(rgb[(8 * 24 + 1) * 3]! - 128)).toBeLessThan(3)
  })
})

describe('orientation', () => {
  /** What EXIF's 1-8 make of the quarters. */
  const turned: Record<number, number[][]> = {
    1: [red, green, blue, yellow],
    2: [green, red, yellow, blue],
    3: [yellow, blue, green, red],
    4: [blue, yellow, red, green],
    5: [red, blue, green, yellow],
    6: [blue, red, yellow, green],
    7: [yellow, green, blue, red],
    8: [green, yellow, red, blue],
  }
  const named = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((value): [string, number][] => [
    [`exif-${value}.jpg`, value],
    [`exif-${value}.avif`, value],
  ])
  test.each([...named, ['exif-6.png', 6], ['exif-6.tif', 6]] as [string, number][])(
    '%s',
    async (name, value) => {
      const file = join(fixtures, name)
      const image = await decodeUpright(file)
      const size = value >= 5 ? [16, 24] : [24, 16]
      expect([image.width, image.height]).toEqual(size)
      expect(image.orientation).toBe(value)
      expectQuarters(image, turned[value]!, 4)
      expect(await probeImage(file)).toEqual({ width: size[0], height: size[1], orientation: value })
    },
  )
})

describe('size from the header', () => {
  test.each(files.map(([name]) => name))('%s', async (name) => {
    expect(await probeImage(join(fixtures, name))).toEqual({ width: 24, height: 16, orientation: 1 })
  })

  test('of a photo', async () => {
    expect(await probeImage(photo)).toEqual({ width: 600, height: 400, orientation: 1 })
  })
})

describe('damage', () => {
  const folder = mkdtempSync(join(tmpdir(), 'decode-'))
  const write = (name: string, bytes: Uint8Array | string) => {
    writeFileSync(join(folder, name), bytes)
    return join(folder, name)
  }
  const cut = (source: string, part: number): Uint8Array => {
    const bytes = readFileSync(source)
    return bytes.subarray(0, Math.floor(bytes.length * part))
  }
  const refused = async (decoding: Promise<unknown>, message: RegExp) => {
    const error: unknown = await decoding.catch((thrown: unknown) => thrown)
    expect(toErrorReply(error).code).toBe('image-unreadable')
    expect(toErrorReply(error).message).toMatch(message)
  }

  const damaged: [name: string, bytes: () => Uint8Array | string, message: RegExp][] = [
    ['empty.jpg', () => '', /empty/],
    ['text.jpg', () => 'not an image at all', /not an image/],
    ['half.jpg', () => cut(photo, 0.5), /cut off/],
    ['head.jpg', () => cut(photo, 0.001), /damaged/],
    ['half.png', () => cut(join(fixtures, 'rgb.png'), 0.8), /damaged/],
    ['half.gif', () => cut(join(fixtures, 'rgb.gif'), 0.9), /damaged/],
    ['half.webp', () => cut(join(fixtures, 'rgb.webp'), 0.6), /damaged/],
    ['half.avif', () => cut(join(fixtures, 'rgb.avif'), 0.8), /damaged/],
    ['half.bmp', () => cut(join(fixtures, 'rgb.bmp'), 0.6), /damaged/],
    ['half.tif', () => cut(join(fixtures, 'raw.tif'), 0.5), /TIFF/],
  ]
  test.each(damaged)('%s', async (name, bytes, message) => {
    await refused(decodeUpright(write(name, bytes())), message)
  })

  test('a TIFF of a rare kind is named', async () => {
    await refused(decodeUpright(join(fixtures, 'lab.tif')), /TIFF/)
  })

  test('a missing file and a folder', async () => {
    await refused(decodeUpright(join(folder, 'none.jpg')), /no longer there/)
    await refused(probeImage(join(folder, 'none.jpg')), /no longer there/)
    await refused(decodeUpright(folder), /folder/)
  })

  test('a photo without its end marker is whole all the same', async () => {
    const image = await decodeUpright(write('no-end.jpg', readFileSync(photo).subarray(0, -2)))
    expect([image.width, image.height]).toEqual([600, 400])
  })
})

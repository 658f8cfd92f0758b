/** TIFFs read row by row show what all their samples at once show, pixel for pixel, and no strip is held whole. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { JsColorType, Transformer } from '@napi-rs/image'
import { describe, expect, test } from 'vitest'
import { decodeUprightBytes } from '../../../core/images/decode.ts'
import { samplesOf, toRgb } from '../../../core/images/samples.ts'
import { decodeTiffByRows } from '../../../core/images/tiff-rows.ts'
import { inflate, PIECE_BYTES, unlzw, unpackBits } from '../../../core/images/tiff-unpack.ts'
import { writeTiff, type TiffShape } from '../../support/tiff-writer.ts'

const fixtures = join(import.meta.dirname, '../../fixtures/images')

/** What native code makes of all samples at once. */
const byLibrary = async (tiff: Buffer) => {
  const transformer = new Transformer(tiff)
  const { width, height, colorType } = await transformer.metadata()
  const raw = await transformer.rawPixels()
  const isDeep = [JsColorType.L16, JsColorType.Rgb16, JsColorType.Rgba16].includes(colorType)
  const channels = raw.length / (width * height * (isDeep ? 2 : 1))
  return toRgb(samplesOf(raw, isDeep ? 2 : 1), { channels, alpha: channels === 4 })
}

/** Whether reading by rows shows what all samples at once show. */
const isSame = async (tiff: Buffer, expected: Uint8Array) => {
  const rows = await decodeTiffByRows(tiff)
  return rows !== null && Buffer.from(rows.rgb).equals(Buffer.from(expected))
}

const isRead = (shape: TiffShape, top: number) => {
  const samples = samplesFor(shape, top)
  const { channels } = shape
  return isSame(writeTiff(shape, samples), toRgb(samples, { channels, alpha: channels === 4 }))
}

/** Steps, noise and long runs, so that every code of a packing occurs. @param top the largest value, about */
const samplesFor = ({ width, height, channels }: TiffShape, top: number) => {
  const samples =
    top > 255 ? new Uint16Array(width * height * channels) : new Uint8Array(width * height * channels)
  let noise = 1
  for (let at = 0; at < samples.length; at++) {
    noise = (noise * 1_103_515_245 + 12_345) & 0x7fff_ffff
    const x = Math.floor(at / channels) % width
    samples[at] = x < width / 3 ? top / 4 : (top * x) / width - ((noise >> 16) % 50)
  }
  return samples
}

const sizes = [
  { name: 'one strip', width: 201, height: 150 },
  { name: 'strips', width: 201, height: 150, rows: 7 },
  { name: 'tiles', width: 201, height: 150, tile: 64 },
]
const kinds = [255, 4095, 65_535].flatMap((top) =>
  ([1, 3, 4] as const).flatMap((channels) =>
    (['none', 'lzw', 'deflate', 'packbits'] as const).flatMap((packing) => ({ top, channels, packing })),
  ),
)

describe('every sample is shown', () => {
  test.each(kinds)('of $channels channels up to $top, $packing', async ({ top, channels, packing }) => {
    for (const { name, ...size } of sizes)
      for (const bigEndian of [false, true])
        for (const predictor of packing === 'none' || packing === 'packbits' ? [false] : [false, true]) {
          const shape: TiffShape = { ...size, channels, packing, bigEndian, predictor }
          expect(await isRead(shape, top), `${name} ${bigEndian ? 'MM' : 'II'} ${String(predictor)}`).toBe(
            true,
          )
        }
  })

  test('of more pixels than are looked at for levels', async () => {
    const shape: TiffShape = { width: 3001, height: 2800, channels: 1, tile: 512 }
    expect(await isRead(shape, 3000)).toBe(true)
  })

  test('of a strip that is far larger than a piece', async () => {
    const shape: TiffShape = { width: 1200, height: 900, channels: 1, packing: 'deflate', predictor: true }
    expect(await isRead(shape, 65_535)).toBe(true)
  })

  const read = [
    'adobe_deflate',
    'alpha',
    'exif-6',
    'grey-16',
    'lzw',
    'packbits',
    'pages',
    'planar',
    'raw',
    'rgb-16',
    'tiled',
  ]
  test.each(read.map((name) => `${name}.tif`))('%s is shown as the library shows it', async (name) => {
    const tiff = readFileSync(join(fixtures, name))
    expect(await isSame(tiff, await byLibrary(tiff))).toBe(true)
  })

  test('other kinds are left to the libraries', async () => {
    const names = readdirSync(fixtures).filter((name) => name.endsWith('.tif'))
    const left: string[] = []
    for (const name of names)
      if ((await decodeTiffByRows(readFileSync(join(fixtures, name)))) === null) left.push(name)
    expect(left.sort()).toEqual(
      ['cmyk', 'float', 'group4', 'jpeg', 'lab', 'palette'].map((name) => `${name}.tif`),
    )
  })
})

describe('damage', () => {
  const shape: TiffShape = { width: 60, height: 40, channels: 3, rows: 8 }
  const refused = async (tiff: Buffer) => {
    expect(await decodeTiffByRows(tiff)).toBeNull()
    await expect(decodeUprightBytes(tiff)).rejects.toMatchObject({ code: 'image-unreadable' })
  }

  test.each(['none', 'lzw', 'deflate', 'packbits'] as const)(
    '%s that is cut off is refused',
    async (packing) => {
      const tiff = writeTiff({ ...shape, packing }, samplesFor(shape, 65_535))
      await refused(tiff.subarray(0, tiff.length - 500))
    },
  )

  test('no wrong byte does more than change the picture or have it refused', async () => {
    for (const packing of ['lzw', 'deflate', 'packbits'] as const) {
      const tiff = writeTiff(
        { ...shape, packing, predictor: packing !== 'packbits' },
        samplesFor(shape, 65_535),
      )
      for (let at = 4; at < tiff.length; at += 131) {
        const wrong = Buffer.from(tiff)
        wrong[at]! ^= 0x55
        const rows = await decodeTiffByRows(wrong)
        if (rows !== null) expect(rows.rgb.length).toBe(rows.width * rows.height * 3)
      }
    }
  })
})

describe('pieces', () => {
  const longest = async (pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>, most = Infinity) => {
    let [longest, all] = [0, 0]
    for await (const piece of pieces) {
      longest = Math.max(longest, piece.length)
      all += piece.length
      if (all >= most) break
    }
    return { longest, all }
  }

  test('of a deflated strip of 40 MB are small, and no more is unpacked than is asked for', async () => {
    const packed = deflateSync(Buffer.alloc(40 * 2 ** 20))
    const whole = await longest(inflate(packed, 40 * 2 ** 20))
    expect(whole).toEqual({ longest: PIECE_BYTES, all: 40 * 2 ** 20 })
    expect((await longest(inflate(packed, 40 * 2 ** 20), 1000)).all).toBe(PIECE_BYTES)
    await expect(longest(inflate(packed, 1000))).rejects.toThrow()
  })

  test('of LZW are small, however long its words grow', async () => {
    // Each code continues the one before: 0, 00, 000 and so on.
    const words = Array.from({ length: 3838 }, (_, index) => 258 + index)
    let bits = '100000000' + '000000000'
    for (const [index, word] of words.entries()) {
      const width = index + 259 >= 2048 ? 12 : index + 259 >= 1024 ? 11 : index + 259 >= 512 ? 10 : 9
      bits += word.toString(2).padStart(width, '0')
    }
    const packed = Buffer.from(bits.match(/.{8}/g)!.map((byte) => Number.parseInt(byte, 2)))
    const { longest: most, all } = await longest(unlzw(packed))
    expect(most).toBeLessThanOrEqual(PIECE_BYTES)
    expect(all).toBeGreaterThan(7_000_000)
  })

  test('LZW that names codes before they are there is refused', () => {
    // Clear, then 300: nine bits each.
    expect(() => [...unlzw(Buffer.from([0x80, 0x4b, 0x00]))]).toThrow(/not defined/)
    expect(() => [...unpackBits(Buffer.from([5, 1]))]).toThrow(/cut off/)
  })

  test('noise ends, and in small pieces', async () => {
    const noise = Buffer.from(Array.from({ length: 50_000 }, (_, index) => (index * 7919) & 255))
    for (const unpack of [unlzw, unpackBits]) {
      const found = await longest(unpack(noise)).catch(() => null)
      if (found !== null) expect(found.longest).toBeLessThanOrEqual(PIECE_BYTES)
    }
  })
})

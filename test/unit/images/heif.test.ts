/** HEIC: one picture and tiles, cut and turned, shown, listed and refused. The fixture was written by libheif with x265. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readClaims } from '../../../core/images/claims.ts'
import { decodeUprightBytes } from '../../../core/images/decode.ts'
import { forkDecoderProcess } from '../../../core/images/decoder/fork.ts'
import { createGuardedDecode } from '../../../core/images/decoder/guarded.ts'
import { createPictures } from '../../../core/images/pictures.ts'
import { probeImage } from '../../../core/images/read-file.ts'
import { writeHeifGrid, type HeifGrid } from '../../support/heif-writer.ts'
import { temporaryFolder } from '../store/records.ts'
import { colorOf, look } from './pictures.ts'

const SIDE = 64
/** 64 x 64: red, green, blue and white quarters. */
const tile = readFileSync(join(import.meta.dirname, '..', '..', 'fixtures', 'images', 'quarters.heic'))

const gridOf = (more: Partial<HeifGrid>) =>
  writeHeifGrid(tile, { columns: 2, rows: 1, side: SIDE, width: 120, height: 60, ...more })

/** The colours 8 pixels from each corner. */
const cornersOf = async (bytes: Buffer) => {
  const { width, height, rgb } = await decodeUprightBytes(bytes)
  const at = (x: number, y: number) => colorOf(rgb.subarray((y * width + x) * 3, (y * width + x) * 3 + 3))
  return {
    size: [width, height],
    corners: [at(8, 8), at(width - 8, 8), at(8, height - 8), at(width - 8, height - 8)],
  }
}

test.each([
  ['one picture', tile, [64, 64], ['red', 'green', 'blue', 'white']],
  ['two tiles', gridOf({}), [120, 60], ['red', 'green', 'blue', 'white']],
  ['turned by a quarter', gridOf({ turns: 1 }), [60, 120], ['green', 'white', 'red', 'blue']],
  ['turned by three', gridOf({ turns: 3 }), [60, 120], ['blue', 'red', 'white', 'green']],
  ['upside down', gridOf({ turns: 2 }), [120, 60], ['white', 'blue', 'green', 'red']],
  ['mirrored', gridOf({ mirror: 1 }), [120, 60], ['green', 'red', 'white', 'blue']],
  ['cut, then turned', gridOf({ cut: { width: 100, height: 40 }, turns: 1 }), [40, 100], null],
] as const)('%s', async (_, bytes, size, corners) => {
  const found = await cornersOf(bytes)
  expect(found.size).toEqual(size)
  if (corners !== null) expect(found.corners).toEqual(corners)
  const file = join(temporaryFolder(), 'a.heic')
  writeFileSync(file, bytes)
  const [width, height] = size
  expect(await probeImage(file)).toEqual({ width, height, orientation: 1 })
})

test('the page, the list and the model get the same picture', async () => {
  const folder = temporaryFolder()
  const file = join(folder, 'a.heic')
  const bytes = gridOf({ turns: 1 })
  writeFileSync(file, bytes)
  const pictures = createPictures({ dataFolder: folder, startProcess: forkDecoderProcess })
  onTestFinished(() => pictures.close())
  const shown = await pictures.display(file)
  expect(shown.contentType).toBe('image/png')
  expect(await look(shown.bytes)).toMatchObject({ width: 60, height: 120, topLeft: 'green' })
  expect(await look((await pictures.thumbnail(file)).bytes)).toMatchObject({ topLeft: 'green' })
  const own = await decodeUprightBytes(Buffer.from(shown.bytes))
  // Several at once, as when the next image is readied while this one is asked for.
  const decode = createGuardedDecode()
  for (const { rgb } of await Promise.all([decode(bytes), decode(tile), decode(bytes)]).then(([a, , b]) => [
    a,
    b,
  ]))
    expect(rgb).toEqual(own.rgb)
})

/** The last size in the boxes, which is that of the whole, as a file that means harm would have it. */
const withSize = (width: number, height: number) => {
  const bytes = Buffer.from(gridOf({}))
  const at = bytes.lastIndexOf('ispe', undefined, 'latin1') + 8
  bytes.writeUInt32BE(width, at)
  bytes.writeUInt32BE(height, at + 4)
  return bytes
}

test('damaged, cut off, larger than the limits, and of kinds that are not read', async () => {
  const noPrimary = Buffer.from(tile)
  noPrimary.write('free', noPrimary.indexOf('pitm', 0, 'latin1'), 'latin1')
  for (const [bytes, words] of [
    [tile.subarray(0, 380), 'damaged'],
    [Buffer.concat([tile.subarray(0, 360), Buffer.alloc(64, 0xff)]), 'damaged'],
    [withSize(60_000, 60_000), 'too large'],
    [withSize(4, 4), 'damaged'],
    [noPrimary, 'does not say how large'],
  ] as const)
    await expect(decodeUprightBytes(bytes)).rejects.toMatchObject({
      code: 'image-unreadable',
      message: expect.stringContaining(words) as string,
    })
  expect(readClaims(tile.subarray(0, 200))).toBeNull()
})

/** Bands and stretch that somebody chose: the same pixels for window, list and model, and what they are chosen from. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Transformer } from '@napi-rs/image'
import { expect, onTestFinished, test } from 'vitest'
import { imagesDiff } from '../../../common/diff.ts'
import { versionOf } from '../../../common/picture-version.ts'
import type { Rendition, Tones } from '../../../common/rendition.ts'
import { decodeUprightBytes } from '../../../core/images/decode.ts'
import { probeFile } from '../../../core/images/read-file.ts'
import { openCore } from '../../support/open-core.ts'
import { writeTiff, type TiffShape } from '../../support/tiff-writer.ts'
import { temporaryFolder } from '../store/records.ts'

const [WIDTH, HEIGHT] = [40, 30]

/** Band b, from 1, is 40 * b all over. */
const flat = (channels: number) =>
  Uint8Array.from({ length: WIDTH * HEIGHT * channels }, (_, at) => 40 * ((at % channels) + 1))
const shapeOf = (channels: number, more: Partial<TiffShape> = {}): TiffShape => ({
  width: WIDTH,
  height: HEIGHT,
  channels,
  bands: true,
  ...more,
})
/** From 100 at the left to 1100 at the right. */
const slope = () => Uint16Array.from({ length: WIDTH * HEIGHT }, (_, at) => 100 + (1000 * (at % WIDTH)) / 39)
const greys = () => writeTiff({ width: WIDTH, height: HEIGHT, channels: 1 }, slope())

const firstPixel = async (bytes: Buffer, rendition: Rendition) => [
  ...(await decodeUprightBytes(bytes, rendition)).rgb.subarray(0, 3),
]

test.each([
  ['pixel by pixel', {}],
  ['band by band', { planar: true }],
  ['tiles', { tile: 16, packing: 'deflate' }],
] as const)('any three of five bands are shown: %s', async (_, more) => {
  const bytes = writeTiff(shapeOf(5, more), flat(5))
  expect(await firstPixel(bytes, { bands: null, stretch: null })).toEqual([40, 80, 120])
  expect(await firstPixel(bytes, { bands: [4, 3, 2], stretch: null })).toEqual([160, 120, 80])
  expect(await firstPixel(bytes, { bands: [5, 5, 1], stretch: null })).toEqual([200, 200, 40])
  // The file has changed since: there is no such band.
  expect(await firstPixel(bytes, { bands: [6, 1, 1], stretch: null })).toEqual([40, 80, 120])
})

test('floats of four bands: the fourth is a band and no transparency', async () => {
  const bytes = writeTiff(
    shapeOf(4),
    Float32Array.from(flat(4), (value) => value / 160),
  )
  const stretch = { black: 0, white: 1 }
  expect(await firstPixel(bytes, { bands: [4, 2, 1], stretch })).toEqual([255, 128, 64])
})

test('a header tells from how many bands three can be chosen', async () => {
  const folder = temporaryFolder()
  const bandsOf = async (bytes: Buffer) => {
    const file = join(folder, 'a.tif')
    writeFileSync(file, bytes)
    return (await probeFile(file)).bands
  }
  expect(await bandsOf(writeTiff(shapeOf(5), flat(5)))).toBe(5)
  expect(await bandsOf(writeTiff(shapeOf(4), flat(4)))).toBe(4)
  expect(await bandsOf(writeTiff(shapeOf(3), flat(3)))).toBe(3)
  expect(await bandsOf(writeTiff(shapeOf(3, { bands: false }), flat(3)))).toBe(0)
  expect(await bandsOf(writeTiff(shapeOf(4, { bands: false }), flat(4)))).toBe(0)
  expect(await bandsOf(greys())).toBe(0)
})

test('black and white are where they were set, and what was found is told beside them', async () => {
  let told: Tones | null = null
  const { rgb } = await decodeUprightBytes(greys(), {
    bands: null,
    stretch: { black: 350, white: 850 },
    onTones: (tones) => (told = tones),
  })
  const at = (x: number) => rgb[x * 3]!
  // 100 + 1000 * x / 39
  expect([at(0), at(9), at(39)]).toEqual([0, 0, 255])
  expect(Math.abs(at(20) - (255 * (100 + (1000 * 20) / 39 - 350)) / 500)).toBeLessThan(2)
  expect(told).toMatchObject({ least: 100, most: 1100, found: { black: 100, white: 1100 } })
  const { histogram } = told as unknown as Tones
  expect(histogram.reduce((sum, count) => sum + count, 0)).toBe(WIDTH * HEIGHT)
})

test('a choice of bands is for all with so many, a stretch is an edit; both name another version of the picture', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'a.tif'), writeTiff(shapeOf(5), flat(5)))
  writeFileSync(join(folder, 'b.tif'), writeTiff(shapeOf(4), flat(4)))
  writeFileSync(join(folder, 'c.tif'), greys())
  const { core, client } = openCore(temporaryFolder())
  onTestFinished(() => core.close())
  const project = await client.call('project.open', { folder })
  const open = async (imageId: number) => (await client.call('images.open', { imageId })).image
  const shown = async (imageId: number) => {
    const { bytes } = await core.readDisplay(imageId)
    return [...(await new Transformer(bytes).rawPixels()).subarray(0, 3)]
  }
  const [five, four, grey] = [await open(1), await open(2), await open(3)]
  expect([five.bands, four.bands, grey.bands]).toEqual([5, 4, 0])

  await client.call('images.showBands', { bands: 5, shown: [4, 3, 2] })
  expect((await open(1)).shownBands).toEqual([4, 3, 2])
  expect((await open(2)).shownBands).toBeNull()
  expect(await shown(1)).toEqual([160, 120, 80])
  expect(versionOf(project, await open(1))).not.toBe(versionOf(project, five))
  expect(core.pictureVersion(1)).toBe(versionOf(project, await open(1)))

  expect(await client.call('images.tones', { imageId: 1 })).toEqual({ tones: null })
  const { tones } = await client.call('images.tones', { imageId: 3 })
  expect(tones).toMatchObject({ least: 100, most: 1100 })
  const diff = imagesDiff([[grey, { stretch: { black: 0, white: 100 } }]])
  await client.call('edit.commit', { diff })
  expect(await shown(3)).toEqual([255, 255, 255])
  await client.call('edit.undo', { imageId: 3 })
  expect((await open(3)).stretch).toBeNull()
  expect(await shown(3)).toEqual([0, 0, 0])

  await client.call('images.showBands', { bands: 5, shown: null })
  expect(versionOf(project, await open(1))).toBe(versionOf(project, five))
})

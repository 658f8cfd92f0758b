/** JPEG 2000: boxed and bare, 8 and 12 bits, shown, listed and refused. The fixtures are lossless, written by OpenCV. */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readClaims } from '../../../core/images/claims.ts'
import { decodeUprightBytes } from '../../../core/images/decode.ts'
import { forkDecoderProcess } from '../../../core/images/decoder/fork.ts'
import { createGuardedDecode } from '../../../core/images/decoder/guarded.ts'
import { createPictures } from '../../../core/images/pictures.ts'
import { probeImage } from '../../../core/images/read-file.ts'
import { temporaryFolder } from '../store/records.ts'
import { look } from './pictures.ts'

const fixture = (name: string) => join(import.meta.dirname, '..', '..', 'fixtures', 'images', name)
const bytesOf = (name: string) => readFileSync(fixture(name))

test.each(['rgb.jp2', 'rgb.j2k'])('%s: its pixels, sample by sample', async (name) => {
  const { width, height, orientation, rgb } = await decodeUprightBytes(bytesOf(name))
  expect({ width, height, orientation }).toEqual({ width: 48, height: 32, orientation: 1 })
  const at = (x: number, y: number) => [...rgb.subarray((y * 48 + x) * 3, (y * 48 + x) * 3 + 3)]
  expect([at(0, 0), at(47, 0), at(0, 31), at(47, 31)]).toEqual([
    [255, 0, 0],
    [0, 255, 0],
    [0, 0, 255],
    [255, 255, 255],
  ])
  expect(await probeImage(fixture(name))).toEqual({ width: 48, height: 32, orientation: 1 })
})

test('12 bits in 16 are stretched as those of other formats', async () => {
  const { rgb } = await decodeUprightBytes(bytesOf('grey12.jp2'))
  const row = [...rgb.subarray(0, 48 * 3)].filter((_, index) => index % 3 === 0)
  expect(row[0]).toBe(0)
  expect(row[47]).toBe(255)
  expect(row).toEqual(row.toSorted((a, b) => a - b))
})

test('the page, the list and the model get the same picture', async () => {
  const folder = temporaryFolder()
  const file = join(folder, 'a.jp2')
  copyFileSync(fixture('rgb.jp2'), file)
  const pictures = createPictures({ dataFolder: folder, startProcess: forkDecoderProcess })
  onTestFinished(() => pictures.close())
  const { bytes, contentType } = await pictures.display(file)
  expect(contentType).toBe('image/png')
  const shown = { width: 48, height: 32, topLeft: 'red', topRight: 'green' }
  expect(await look(bytes)).toEqual(shown)
  expect(await look((await pictures.thumbnail(file)).bytes)).toMatchObject({
    topLeft: 'red',
    topRight: 'green',
  })
  const own = await decodeUprightBytes(Buffer.from(bytes))
  expect((await createGuardedDecode()(bytesOf('rgb.jp2'))).rgb).toEqual(own.rgb)
})

/** The header's size, as a file that means harm would have it. */
const withSize = (name: string, width: number, height: number) => {
  const bytes = Buffer.from(bytesOf(name))
  const siz = bytes.indexOf('ff4fff51', 0, 'hex') + 8
  bytes.writeUInt32BE(width, siz)
  bytes.writeUInt32BE(height, siz + 4)
  return bytes
}

test('damaged, cut off, larger than the limits, and of kinds that are not read', async () => {
  const whole = bytesOf('rgb.jp2')
  const ycc = Buffer.from(whole)
  ycc.writeUInt32BE(18, ycc.indexOf('colr', 0, 'latin1') + 7)
  const halved = Buffer.from(whole)
  // The second component is stored at half the width, as YCC photos have it.
  halved[halved.indexOf('ff4fff51', 0, 'hex') + 4 + 38 + 4] = 2
  for (const [bytes, words] of [
    [whole.subarray(0, 300), 'damaged'],
    [Buffer.concat([whole.subarray(0, 200), Buffer.alloc(400, 0xff)]), 'damaged'],
    [withSize('rgb.jp2', 60_000, 60_000), 'too large'],
    [withSize('rgb.jp2', 4, 4), 'damaged'],
    [ycc, "kind of JPEG 2000 file can't be read"],
    [halved, "kind of JPEG 2000 file can't be read"],
  ] as const)
    await expect(decodeUprightBytes(bytes)).rejects.toMatchObject({
      code: 'image-unreadable',
      message: expect.stringContaining(words) as string,
    })
  expect(readClaims(whole.subarray(0, 60))).toBeNull()
  const file = join(temporaryFolder(), 'a.jp2')
  writeFileSync(file, withSize('rgb.j2k', 60_000, 60_000))
  await expect(probeImage(file)).rejects.toMatchObject({ code: 'image-unreadable' })
})

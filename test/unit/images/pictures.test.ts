import { mkdtempSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Transformer } from '@napi-rs/image'
import { expect, onTestFinished, test } from 'vitest'
import { decodeUprightBytes } from '../../../core/images/decode.ts'
import { THUMBNAIL_SIDE, toRgba } from '../../../core/images/decoder/tasks.ts'
import { forkDecoderProcess } from '../../../core/images/decoder/fork.ts'
import { createPictures } from '../../../core/images/pictures.ts'
import { temporaryFolder } from '../store/records.ts'
import { files, HEIGHT, jpegOf, look, tiffOf, upright, WIDTH } from './pictures.ts'

const open = (dataFolder: string) => {
  const pictures = createPictures({ dataFolder, startProcess: forkDecoderProcess })
  onTestFinished(() => pictures.close())
  return pictures
}
const unreadable = { code: 'image-unreadable' }
const cachedFiles = (dataFolder: string) =>
  readdirSync(join(dataFolder, 'thumbnails'), { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  )

test.each(Object.keys(files))(
  '%s: shown and as thumbnail the right way up, in its own size',
  async (name) => {
    const folder = temporaryFolder()
    const file = join(folder, name)
    const bytes = await files[name]!()
    writeFileSync(file, bytes)
    const pictures = open(folder)
    const picture = await pictures.display(file)
    if (name === 'a.tiff') expect(picture.contentType).toBe('image/png')
    else {
      expect(picture.contentType).toBe(`image/${name === 'a.jpg' ? 'jpeg' : name.slice(2)}`)
      expect(Buffer.from(picture.bytes).equals(bytes)).toBe(true)
    }
    const image = await decodeUprightBytes(Buffer.from(picture.bytes))
    const shown = await look(await Transformer.fromRgbaPixels(toRgba(image), image.width, image.height).png())
    expect(shown).toEqual({ width: WIDTH, height: HEIGHT, topLeft: 'red', topRight: 'green' })
    const { bytes: webp, contentType } = await pictures.thumbnail(file)
    expect(contentType).toBe('image/webp')
    expect(await look(webp)).toMatchObject({ topLeft: 'red', topRight: 'green' })
    expect(readFileSync(file).equals(bytes)).toBe(true)
  },
)

test.each([1, 2, 3, 4, 5, 6, 7, 8])(
  'EXIF orientation %i: thumbnails and converted pictures are upright',
  async (orientation) => {
    const folder = temporaryFolder()
    const { turned, ...corners } = upright[orientation]!
    const pictures = open(folder)
    const size = turned ? { width: HEIGHT, height: WIDTH } : { width: WIDTH, height: HEIGHT }
    for (const [name, bytes] of [
      ['a.jpg', await jpegOf(orientation)],
      ['a.tif', tiffOf(orientation)],
    ] as const) {
      const file = join(folder, name)
      writeFileSync(file, bytes)
      const thumbnail = await look((await pictures.thumbnail(file)).bytes)
      expect(thumbnail).toMatchObject(corners)
      expect(thumbnail.width > thumbnail.height).toBe(!turned)
      const picture = await pictures.display(file)
      // Chromium turns the JPEG itself; the PNG that the TIFF becomes has nothing left to turn.
      if (name === 'a.jpg') expect(Buffer.from(picture.bytes).equals(bytes)).toBe(true)
      else expect(await look(picture.bytes)).toEqual({ ...corners, ...size })
      expect(await decodeUprightBytes(bytes)).toMatchObject({ ...size, orientation })
    }
  },
)

test('a thumbnail fits the side, is kept on disk, and made anew for a changed file or a damaged copy', async () => {
  const folder = temporaryFolder()
  const file = join(folder, 'a.jpg')
  const large = await Transformer.fromRgbaPixels(new Uint8Array(1000 * 500 * 4).fill(200), 1000, 500).jpeg(90)
  writeFileSync(file, large)
  const first = await open(folder).thumbnail(file)
  expect(await new Transformer(first.bytes).metadata()).toMatchObject({
    width: THUMBNAIL_SIDE,
    height: THUMBNAIL_SIDE / 2,
  })
  const [kept] = cachedFiles(folder)
  expect(cachedFiles(folder)).toHaveLength(1)
  const path = join(kept!.parentPath, kept!.name)
  expect(readFileSync(path).subarray(0, first.bytes.length).equals(first.bytes)).toBe(true)
  truncateSync(path, 30)
  expect(await open(folder).thumbnail(file)).toEqual(first)
  expect(readFileSync(path).subarray(0, first.bytes.length).equals(first.bytes)).toBe(true)
  writeFileSync(file, await jpegOf())
  expect(await look((await open(folder).thumbnail(file)).bytes)).toMatchObject({ topLeft: 'red' })
  expect(cachedFiles(folder)).toHaveLength(2)
})

test('many thumbnails at once: each file is made once, and all arrive', async () => {
  const folder = temporaryFolder()
  for (let index = 0; index < 12; index += 1)
    writeFileSync(join(folder, `${index}.jpg`), await jpegOf((index % 8) + 1))
  const pictures = open(folder)
  const asked = Array.from({ length: 36 }, (_, index) =>
    pictures.thumbnail(join(folder, `${index % 12}.jpg`)),
  )
  const looks = await Promise.all((await Promise.all(asked)).map(({ bytes }) => look(bytes)))
  looks.forEach((seen, index) => {
    const { topLeft, topRight } = upright[((index % 12) % 8) + 1]!
    expect(seen).toMatchObject({ topLeft, topRight })
  })
  expect(cachedFiles(folder)).toHaveLength(12)
})

test('a cache that can’t be written to is no error', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'thumbnails'), 'in the way')
  writeFileSync(join(folder, 'a.jpg'), await jpegOf(6))
  const { bytes } = await open(folder).thumbnail(join(folder, 'a.jpg'))
  expect(await look(bytes)).toMatchObject({ topLeft: 'blue', topRight: 'red' })
})

test.each([
  ['text', Buffer.from('no image at all')],
  ['empty', Buffer.alloc(0)],
])('what is no image (%s) or not there is refused with a code', async (_name, bytes) => {
  const folder = mkdtempSync(join(tmpdir(), 'maskwright-test-'))
  const file = join(folder, 'a.jpg')
  writeFileSync(file, bytes)
  const pictures = open(folder)
  await expect(pictures.display(file)).rejects.toMatchObject(unreadable)
  await expect(pictures.thumbnail(file)).rejects.toMatchObject(unreadable)
  await expect(pictures.display(join(folder, 'b.jpg'))).rejects.toMatchObject(unreadable)
  await expect(pictures.thumbnail(join(folder, 'b.jpg'))).rejects.toMatchObject(unreadable)
  // The same file, mended, is shown: a failure is not remembered.
  writeFileSync(file, await jpegOf())
  expect(await look((await pictures.thumbnail(file)).bytes)).toMatchObject({ topLeft: 'red' })
  rmSync(folder, { recursive: true })
})

test('a damaged image costs itself alone', async () => {
  const folder = temporaryFolder()
  const png = await files['a.png']!()
  writeFileSync(join(folder, 'bad.png'), png.subarray(0, 60))
  writeFileSync(join(folder, 'good.png'), png)
  const pictures = open(folder)
  await expect(pictures.thumbnail(join(folder, 'bad.png'))).rejects.toMatchObject(unreadable)
  expect(await look((await pictures.thumbnail(join(folder, 'good.png'))).bytes)).toMatchObject({
    topLeft: 'red',
  })
})

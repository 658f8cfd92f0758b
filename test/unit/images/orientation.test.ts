/** One answer about which way up a picture is, for odd metadata too: file, page, list, model and exports. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Transformer } from '@napi-rs/image'
import { expect, onTestFinished, test } from 'vitest'
import { decodeUprightBytes } from '../../../core/images/decode.ts'
import { forkDecoderProcess } from '../../../core/images/decoder/fork.ts'
import { readOtherTurns } from '../../../core/images/other-turns.ts'
import { createPictures } from '../../../core/images/pictures.ts'
import { probeImage } from '../../../core/images/read-file.ts'
import { temporaryFolder } from '../store/records.ts'
import { files, HEIGHT, look, plainJpeg, upright, WIDTH } from './pictures.ts'

interface Tag {
  readonly value: number
  readonly type?: 1 | 3 | 4 | 7 | 8
  readonly count?: number
}

/** A directory of orientation tags, little endian. */
const exifOf = (...tags: Tag[]): Buffer => {
  const exif = Buffer.alloc(14 + 12 * tags.length)
  exif.write('II', 0, 'latin1')
  exif.writeUInt16LE(42, 2)
  exif.writeUInt32LE(8, 4)
  exif.writeUInt16LE(tags.length, 8)
  tags.forEach(({ value, type = 3, count = 1 }, index) => {
    const at = 10 + 12 * index
    exif.writeUInt16LE(0x0112, at)
    exif.writeUInt16LE(type, at + 2)
    exif.writeUInt32LE(count, at + 4)
    exif.writeUInt32LE(value, at + 8)
  })
  return exif
}

const jpegWith = async (exif: Buffer, head = 'Exif\0\0'): Promise<Buffer> => {
  const jpeg = await plainJpeg()
  const body = Buffer.concat([Buffer.from(head, 'latin1'), exif])
  return Buffer.concat([
    jpeg.subarray(0, 2),
    Buffer.from([0xff, 0xe1, 0, body.length + 2]),
    body,
    jpeg.subarray(2),
  ])
}

const chunkOf = (name: string, body: Buffer): Buffer => {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(body.length)
  return Buffer.concat([length, Buffer.from(name, 'latin1'), body, Buffer.alloc(4)])
}

const pngWithEnd = async (exif: Buffer): Promise<Buffer> => {
  const png = Buffer.from(await files['a.png']!())
  return Buffer.concat([png.subarray(0, -12), chunkOf('eXIf', exif), png.subarray(-12)])
}

const webpWith = async (exif: Buffer): Promise<Buffer> => {
  const webp = Buffer.from(await files['a.webp']!())
  const size = Buffer.alloc(4)
  size.writeUInt32LE(exif.length)
  const whole = Buffer.concat([webp, Buffer.from('EXIF'), size, exif])
  whole.writeUInt32LE(whole.length - 8, 4)
  return whole
}

/** What Chromium makes of each; a tag of another form than EXIF's is no tag. */
const cases: [
  name: string,
  file: string,
  bytes: () => Promise<Buffer>,
  orientation: number,
  asItIs: boolean,
][] = [
  ['a tag as the standard has it', 'a.jpg', () => jpegWith(exifOf({ value: 6 })), 6, true],
  ['type LONG', 'a.jpg', () => jpegWith(exifOf({ value: 6, type: 4 })), 1, false],
  ['type BYTE', 'a.jpg', () => jpegWith(exifOf({ value: 6, type: 1 })), 1, false],
  ['type UNDEFINED', 'a.jpg', () => jpegWith(exifOf({ value: 6, type: 7 })), 1, false],
  ['type SSHORT', 'a.jpg', () => jpegWith(exifOf({ value: 6, type: 8 })), 1, false],
  ['no value', 'a.jpg', () => jpegWith(exifOf({ value: 6, count: 0 })), 1, false],
  ['two values', 'a.jpg', () => jpegWith(exifOf({ value: 6, count: 2 })), 1, false],
  ['two tags, 1 and 6', 'a.jpg', () => jpegWith(exifOf({ value: 1 }, { value: 6 })), 1, false],
  ['two tags, 6 and 1', 'a.jpg', () => jpegWith(exifOf({ value: 6 }, { value: 1 })), 6, false],
  ['a head with 255', 'a.jpg', () => jpegWith(exifOf({ value: 6 }), 'Exif\0\xff'), 6, false],
  ['behind a PNG’s pixels', 'a.png', () => pngWithEnd(exifOf({ value: 6 })), 1, true],
  ['in a WebP', 'a.webp', () => webpWith(exifOf({ value: 6 })), 1, true],
]

test.each(cases)('%s: one answer everywhere', async (_name, name, bytesOf, orientation, asItIs) => {
  const folder = temporaryFolder()
  const pictures = createPictures({ dataFolder: folder, startProcess: forkDecoderProcess })
  onTestFinished(() => pictures.close())
  const file = join(folder, name)
  const bytes = await bytesOf()
  writeFileSync(file, bytes)
  const { turned, ...corners } = upright[orientation]!
  const size = turned ? { width: HEIGHT, height: WIDTH } : { width: WIDTH, height: HEIGHT }
  expect(await probeImage(file)).toEqual({ ...size, orientation })
  expect(await decodeUprightBytes(bytes)).toMatchObject(size)
  expect(await look((await pictures.thumbnail(file)).bytes)).toMatchObject(corners)
  const shown = await pictures.display(file)
  // What Chromium may read otherwise goes to it without metadata, upright.
  expect(Buffer.from(shown.bytes).equals(bytes)).toBe(asItIs)
  if (!asItIs) expect(await look(shown.bytes)).toEqual({ ...size, ...corners })
  expect(await readOtherTurns(file)).toBe(true)
  const type = name.endsWith('jpg') ? 'jpeg' : name.endsWith('png') ? 'png' : 'webp'
  const copy = await pictures.copy(file, type)
  expect(await look(copy)).toEqual({ ...size, ...corners })
  const again = join(folder, `copy-${name}`)
  writeFileSync(again, copy)
  expect(await readOtherTurns(again)).toBe(false)
  expect((await new Transformer(copy).metadata(true)).orientation ?? 1).toBe(1)
})

test('a picture that is upright by its tag, or has none, is copied as it is', async () => {
  const folder = temporaryFolder()
  for (const [name, bytes] of [
    ['a.jpg', await jpegWith(exifOf({ value: 1 }))],
    ['b.jpg', await plainJpeg()],
    ['c.png', await pngWithEnd(exifOf({ value: 1 }))],
  ] as const) {
    writeFileSync(join(folder, name), bytes)
    expect(await readOtherTurns(join(folder, name))).toBe(false)
  }
})

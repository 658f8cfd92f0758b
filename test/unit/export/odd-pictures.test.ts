/** Pictures that are not what their names say, or that OpenCV and Pillow see otherwise: what becomes of them in an export. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Transformer } from '@napi-rs/image'
import { expect, onTestFinished, test } from 'vitest'
import { formatOf } from '../../../core/images/orientation.ts'
import { writeTiff } from '../../support/tiff-writer.ts'
import { createFolder, exportFrom, labelsOf } from './folder.ts'
import { rectangle } from './shapes.ts'

const fixture = (name: string) => readFileSync(join(import.meta.dirname, '../../fixtures/images', name))

/** From black to white, in 12 bits. */
const ramp = Uint16Array.from({ length: 24 * 16 }, (_, at) => Math.round(((at % 24) / 23) * 4095))

const images: Readonly<Record<string, { bytes: Uint8Array; written: string; format: string; why?: RegExp }>> =
  {
    'deep.png': {
      bytes: fixture('grey-16.png'),
      written: 'deep.png',
      format: 'png',
      why: /more than 8 bits/,
    },
    'deep.tif': {
      bytes: writeTiff({ width: 24, height: 16, channels: 1 }, ramp),
      written: 'deep.png',
      format: 'png',
      why: /more than 8 bits/,
    },
    'bands.tif': {
      bytes: writeTiff(
        { width: 24, height: 16, channels: 5, bands: true },
        new Uint8Array(24 * 16 * 5).fill(90),
      ),
      written: 'bands.png',
      format: 'png',
      why: /a TIFF that trainers do not read/,
    },
    'plain.tif': { bytes: fixture('lzw.tif'), written: 'plain.tif', format: 'tiff' },
    'cmyk.jpg': { bytes: fixture('cmyk.jpg'), written: 'cmyk.png', format: 'png', why: /CMYK/ },
    'avif.jpg': { bytes: fixture('rgb.avif'), written: 'avif.png', format: 'png', why: /do not read/ },
    'heic.jpg': { bytes: fixture('quarters.heic'), written: 'heic.png', format: 'png', why: /do not read/ },
    'jp2.png': { bytes: fixture('rgb.jp2'), written: 'jp2.png', format: 'png', why: /do not read/ },
    'tiff.jpg': { bytes: fixture('lzw.tif'), written: 'tiff.tif', format: 'tiff', why: /it is a .tif file/ },
    'jpeg.png': { bytes: fixture('rgb.jpg'), written: 'jpeg.jpg', format: 'jpeg', why: /it is a .jpg file/ },
    'other.jfif': {
      bytes: fixture('rgb.jpg'),
      written: 'other.jpg',
      format: 'jpeg',
      why: /it is a .jpg file/,
    },
    'fine.jpg': { bytes: fixture('rgb.jpg'), written: 'fine.jpg', format: 'jpeg' },
  }

/** Why OpenCV can't be asked here; null when it can. */
const openCvMissing = ((): string | null => {
  try {
    execFileSync('python3', ['-c', 'import cv2'], { stdio: 'ignore' })
    return null
  } catch {
    return 'python3 with OpenCV is not on this machine'
  }
})()

/** Of each file its shape, type and range, as OpenCV reads it when nothing is said. */
const readWithOpenCv = (files: readonly string[]) => {
  const script =
    'import sys,json,cv2\n' +
    'def one(f):\n i=cv2.imread(f)\n return None if i is None else [str(i.dtype),int(i.min()),int(i.max())]\n' +
    'print(json.dumps([one(f) for f in sys.argv[1:]]))'
  const printed = execFileSync('python3', ['-c', script, ...files], { stdio: 'pipe' }).toString()
  return JSON.parse(printed) as ([type: string, least: number, most: number] | null)[]
}

const exportAll = async () => {
  const project = createFolder(
    Object.entries(images).map(([path, { bytes }]) => ({ path, bytes, shapes: [rectangle(1, 1, 9, 9)] })),
    labelsOf('cat'),
  )
  onTestFinished(() => project.remove())
  const out = join(project.top, 'out')
  const report = await exportFrom(project.source, { format: 'coco', out })
  const { images: listed } = JSON.parse(readFileSync(join(out, 'annotations/instances.json'), 'utf8')) as {
    images: { file_name: string }[]
  }
  return { report, out, names: listed.map(({ file_name: name }) => name) }
}

test('each is written as what it is, or as it is shown here where others would see something else', async () => {
  const { report, out, names } = await exportAll()
  expect(report.leftOut).toEqual([])
  for (const [path, { bytes, written, format, why }] of Object.entries(images)) {
    // Two that would have one name: the later one is told apart.
    const name = names[Object.keys(images).indexOf(path)]!
    expect(name.replace(/_\w+(?=\.)/, ''), path).toBe(written)
    const copy = readFileSync(join(out, 'images', name))
    expect(formatOf(copy), path).toBe(format)
    const messages = report.changed.flatMap(({ image, message }) => (image === path ? [message] : []))
    if (why === undefined) expect(messages, path).toEqual([])
    else expect(messages.join(' '), path).toMatch(name === written ? why : /another image has the same name/)
    if (why === undefined || why.source.includes('it is a')) expect(Buffer.compare(copy, bytes), path).toBe(0)
  }
  // The stretch is the one that is shown: 12 bits reach from black to white.
  const ramped = await new Transformer(readFileSync(join(out, 'images', names[1]!))).rawPixels()
  expect([Math.min(...ramped), Math.max(...ramped)]).toEqual([0, 255])
})

test.skipIf(openCvMissing)(
  `OpenCV reads all of them in 8 bits, none of them black${openCvMissing ? ` (skipped: ${openCvMissing})` : ''}`,
  async () => {
    const { out, names } = await exportAll()
    const read = readWithOpenCv(names.map((name) => join(out, 'images', name)))
    expect(read).toHaveLength(Object.keys(images).length)
    expect(read.filter((one) => one?.[0] !== 'uint8' || one[2] < 60)).toEqual([])
  },
)

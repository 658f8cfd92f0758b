/** Copies that an export keeps from the one before: only those of the very same file. */
import { readFileSync, renameSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Transformer } from '@napi-rs/image'
import { expect, onTestFinished, test } from 'vitest'
import { createFolder, exportFrom, labelsOf } from './folder.ts'
import { HEIGHT, tiffOf, WIDTH } from '../images/pictures.ts'
import { disc } from './shapes.ts'

/** 12 x 12 of one grey: whatever it is, the file has the same size. */
const bmpOf = (grey: number) =>
  Transformer.fromRgbaPixels(new Uint8Array(12 * 12 * 4).fill(grey), 12, 12).bmpSync()

/** How far apart the frames of a burst are written; 0 as a camera with a coarse clock writes them. */
test.each([0, 0.3])('a burst, %f s apart, that is renumbered is copied anew', async (apart) => {
  const paths = ['0.bmp', '1.bmp', '2.bmp']
  const project = createFolder(
    paths.map((path, index) => ({ path, shapes: [disc], bytes: bmpOf(index + 1) })),
    labelsOf('cat'),
  )
  onTestFinished(() => project.remove())
  const { folder, top, source } = project
  const out = join(top, 'out')
  const run = () => exportFrom(source, { format: 'coco', out, validation: 0 })
  const files = paths.map((path) => join(folder, path))
  const copies = paths.map((path) => join(out, 'images', path))
  files.forEach((file, index) => utimesSync(file, 1e9, 1e9 + index * apart))
  await run()
  // The first one is deleted and the others move up; one more was taken.
  renameSync(files[1]!, files[0]!)
  renameSync(files[2]!, files[1]!)
  writeFileSync(files[2]!, bmpOf(4))
  utimesSync(files[2]!, 1e9, 1e9 + 3 * apart)
  await run()
  expect(copies.map((copy) => readFileSync(copy))).toEqual(files.map((file) => readFileSync(file)))

  const numbers = () => copies.map((copy) => statSync(copy).ino)
  const before = numbers()
  await run()
  expect(numbers()).toEqual(before)
})

test.each([
  ['yolo-det', 'images/train/a.png', 'labels/train/a.txt'],
  ['coco', 'images/a.png', 'annotations/instances.json'],
] as const)(
  '%s: a TIFF that is turned is copied upright as the PNG that it is',
  async (format, copy, labels) => {
    const images = [{ path: 'a.tif', shapes: [disc], bytes: tiffOf(6) }]
    const project = createFolder(images, labelsOf('cat'))
    onTestFinished(() => project.remove())
    const out = join(project.top, 'out')
    const report = await exportFrom(project.source, { format, out, validation: 0 })
    expect(report.files).toEqual(expect.arrayContaining([copy, labels]))
    expect(report.files.filter((name) => name.endsWith('.tif'))).toEqual([])
    const written = readFileSync(join(out, copy))
    expect(written.toString('latin1', 1, 4)).toBe('PNG')
    expect(await new Transformer(written).metadata()).toMatchObject({ width: HEIGHT, height: WIDTH })
    if (format === 'coco')
      expect(JSON.parse(readFileSync(join(out, labels), 'utf8'))).toMatchObject({
        images: [{ file_name: 'a.png', width: HEIGHT, height: WIDTH }],
      })
    expect(report.changed.map(({ message }) => message)).toContainEqual(
      'Copied as a.png: it is written upright, which this kind of file is not made for.',
    )
  },
)

test('a TIFF that is upright keeps its name and its bytes', async () => {
  const bytes = tiffOf(1)
  const project = createFolder([{ path: 'a.tif', shapes: [disc], bytes }], labelsOf('cat'))
  onTestFinished(() => project.remove())
  const out = join(project.top, 'out')
  await exportFrom(project.source, { format: 'coco', out, validation: 0 })
  expect(readFileSync(join(out, 'images/a.tif'))).toEqual(bytes)
})

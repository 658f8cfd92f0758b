import { existsSync, linkSync, lstatSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { Transformer } from '@napi-rs/image'
import { afterEach, describe, expect, it } from 'vitest'
import type { ExportRequest } from '../../../common/contract/export.ts'
import { decodeUpright } from '../../../core/images/decode.ts'
import { iouOfMasks, maskOfParts } from '../../support/readers/masks.ts'
import { labelFileOfImage, pointsOfRow, readRows, readYoloSet } from '../../support/readers/yolo-reader.ts'
import {
  createFolder,
  exportFrom,
  labelsOf,
  pngOf,
  type TestFolder,
  type TestImage,
} from '../export/folder.ts'
import { circle, disc, halfOut, outside, polygonOf, rectangle, ring, twoParts } from '../export/shapes.ts'

const made: TestFolder[] = []
afterEach(() => made.splice(0).forEach((folder) => folder.remove()))

const labels = labelsOf('cat', 'Hündin 🐕')
const [width, height] = [120, 80]

const exportOf = (project: TestFolder, request: Partial<ExportRequest> = {}) =>
  exportFrom(project.source, { out: join(project.top, 'out'), ...request })

const exportYolo = async (images: readonly TestImage[], request: Partial<ExportRequest> = {}) => {
  const project = createFolder(images, labels)
  made.push(project)
  const report = await exportOf(project, request)
  const out = join(project.top, 'out')
  const set = readYoloSet(join(out, 'data.yaml'))
  const rowsOf = (ending: string) => {
    const image = [...set.train, ...set.val].find((path) => path.endsWith(ending))
    return image ? readRows(image, set.names.length) : null
  }
  return { project, report, out, set, rowsOf }
}

const photos = (count: number): TestImage[] =>
  Array.from({ length: count }, (_, index) => ({ path: `${index}.png`, shapes: [disc] }))

describe('YOLO segmentation', () => {
  it('writes every shape within the image, as a second reader sees it', async () => {
    const { rowsOf, report, set } = await exportYolo([
      { path: 'a.png', shapes: [disc, { label: 1, shape: halfOut }, rectangle(-10, 70, 30, 30), outside] },
      { path: 'b.png', shapes: [disc] },
    ])
    const rows = rowsOf('a.png')!
    expect(rows.map((row) => row.classIndex)).toEqual([0, 1, 0])
    const masks = rows.map((row) => maskOfParts([[pointsOfRow(row, width, height)]], width, height))
    expect(iouOfMasks(masks[0]!, maskOfParts([[circle(40, 40, 20)]], width, height))).toBeGreaterThan(0.998)
    expect(iouOfMasks(masks[1]!, maskOfParts([[circle(120, 40, 20)]], width, height))).toBeGreaterThan(0.998)
    expect(rows[2]!.numbers).toEqual([0, 0.875, 0.166667, 0.875, 0.166667, 1, 0, 1])
    expect(report.leftOut.map(({ message }) => message)).toEqual(['It lies outside the image.'])
    expect(report.changed.map(({ message }) => message)).toEqual([
      'Clipped to the image.',
      'Clipped to the image.',
    ])
    expect(report.annotations).toBe(4)
    expect(set.names).toEqual(['cat', 'Hündin 🐕'])
  })

  it('joins parts and cuts holes in so that filling the line gives the mask back', async () => {
    const island = polygonOf(
      { outer: circle(60, 40, 35), holes: [circle(60, 40, 25)] },
      { outer: circle(60, 40, 10) },
    )
    const { rowsOf, report } = await exportYolo([{ path: 'a.png', shapes: [ring, twoParts, island] }])
    const wanted = [ring, twoParts, island].map((shape) =>
      maskOfParts(
        shape.parts.map((part) => [part.outer, ...part.holes]),
        width,
        height,
      ),
    )
    const rows = rowsOf('a.png')!
    expect(rows).toHaveLength(3)
    rows.forEach((row, index) => {
      const mask = maskOfParts([[pointsOfRow(row, width, height)]], width, height)
      expect(iouOfMasks(mask, wanted[index]!)).toBeGreaterThan(0.995)
    })
    expect(report.changed.map(({ message }) => message)).toEqual([
      'Its holes are cut in by lines of no width.',
      'Its 2 parts are joined by lines of no width.',
      'Its 2 parts are joined by lines of no width.',
      'Its holes are cut in by lines of no width.',
    ])
  })
})

describe('YOLO detection', () => {
  it('writes the box of what lies within the image', async () => {
    const { rowsOf } = await exportYolo([{ path: 'a.png', shapes: [twoParts, halfOut] }], {
      format: 'yolo-det',
    })
    const boxes = rowsOf('a.png')!.map(({ numbers: [cx, cy, w, h] }) => [
      (cx! - w! / 2) * width,
      (cy! - h! / 2) * height,
      w! * width,
      h! * height,
    ])
    const near = (values: number[]) => values.map((value) => Math.round(value * 100) / 100)
    expect(near(boxes[0]!)).toEqual([10, 10, 100, 60])
    expect(near(boxes[1]!)).toEqual([100, 20, 20, 40])
  })
})

describe('YOLO folders', () => {
  it('gives every image the label file that the loader looks for', async () => {
    const { set, report } = await exportYolo([
      { path: 'a.png', shapes: [disc] },
      { path: 'a.jpg', shapes: [ring], bytes: new Transformer(pngOf(width, height)).jpegSync() },
      { path: 'images/Ünï/b c.png', shapes: [disc, ring] },
      { path: 'labels/b.png', shapes: [twoParts, disc, ring] },
    ])
    const counts = [...set.train, ...set.val].map((image) => readRows(image, 2)!.length)
    expect(counts.sort()).toEqual([1, 1, 2, 3])
    expect(report.changed.map(({ image, message }) => `${image}: ${message}`)).toContain(
      'images/Ünï/b c.png: Copied as images_/Ünï/b c.png: trainers look for labels beside a folder called "images".',
    )
  })

  it('divides by seed with an image on each side, and says so', async () => {
    const { set, report } = await exportYolo(photos(10))
    expect([set.train.length, set.val.length]).toEqual([8, 2])
    expect(report.notes[0]).toBe('8 images train, 2 validate (seed 0).')
    expect(report.notes.at(-1)).toMatch(/yolo segment train data=data.yaml/)
  })

  it('keeps whole subfolders on one side', async () => {
    const images = ['x', 'y', 'z', 'w', 'v'].flatMap((folder) =>
      photos(4).map((photo) => ({ ...photo, path: `${folder}/${photo.path}` })),
    )
    const { set, out } = await exportYolo(images)
    const folders = (paths: readonly string[], side: string) =>
      new Set(paths.map((path) => relative(join(out, 'images', side), path).split('/')[0]))
    expect(set.val).toHaveLength(4)
    expect(folders(set.val, 'val').size).toBe(1)
    expect([...folders(set.val, 'val')].filter((folder) => folders(set.train, 'train').has(folder))).toEqual(
      [],
    )
  })

  it('validates on the training image when there is one only', async () => {
    const { set } = await exportYolo(photos(1))
    expect(set.val).toEqual(set.train)
    expect(set.val).toHaveLength(1)
  })

  it('takes images without objects only when they are done, and counts the others', async () => {
    const { set, report, rowsOf } = await exportYolo([
      ...photos(2),
      { path: 'empty.png', status: 'done' },
      { path: 'new-1.png' },
      { path: 'new-2.png' },
    ])
    expect(set.train.length + set.val.length).toBe(3)
    expect(rowsOf('empty.png')).toEqual([])
    expect(report.leftOut).toHaveLength(1)
    expect(report.leftOut[0]!.message).toMatch(/^2 images without objects/)
    expect(report.notes.join()).toMatch(/An image is done and has no objects/)
  })

  it('does not teach "nothing here" when the only object can not be written', async () => {
    const { set, report } = await exportYolo([...photos(2), { path: 'off.png', shapes: [outside] }])
    expect([...set.train, ...set.val].some((path) => path.endsWith('off.png'))).toBe(false)
    expect(report.leftOut.map(({ message }) => message)).toEqual([
      'It lies outside the image.',
      'None of its objects can be written, and it is not marked done.',
    ])
  })

  it('refuses a project without anything to train on', async () => {
    await expect(exportYolo([{ path: 'a.png' }])).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('copies', () => {
  it('are files of their own, not links', async () => {
    const { set, project } = await exportYolo(photos(1))
    const copy = set.train[0]!
    expect(statSync(copy).ino).not.toBe(statSync(join(project.folder, '0.png')).ino)
    expect(lstatSync(copy).nlink).toBe(1)
    expect(readFileSync(copy).equals(readFileSync(join(project.folder, '0.png')))).toBe(true)
  })

  it('follow a source that is itself a hard link', async () => {
    const project = createFolder(photos(1), labels)
    made.push(project)
    linkSync(join(project.folder, '0.png'), join(project.top, 'second-name.png'))
    await exportOf(project)
    writeFileSync(join(project.top, 'out/images/train/0.png'), 'rewritten by a trainer')
    expect(readFileSync(join(project.folder, '0.png')).equals(pngOf(width, height))).toBe(true)
  })

  it('of EXIF-turned photos are upright, as the sizes and labels are', async () => {
    const photo = readFileSync(join(import.meta.dirname, '../../../projects/sample/cat.jpg'))
    const { width: w, height: h } = await decodeUpright(
      join(import.meta.dirname, '../../../projects/sample/cat.jpg'),
    )
    const turned = withOrientation(photo, 6)
    const { set, report } = await exportYolo([
      { path: 'turned.jpg', bytes: turned, shapes: [rectangle(0, 0, h, w / 2)] },
    ])
    const copy = await decodeUpright(set.train[0]!)
    expect(copy).toMatchObject({ width: h, height: w, orientation: 1 })
    expect(readRows(set.train[0]!, 2)![0]!.numbers.slice(0, 6)).toEqual([0, 0, 1, 0, 1, 0.5])
    expect(report.changed.map(({ message }) => message)).toEqual(['Copied upright, without its EXIF turn.'])
    const original = await decodeUpright(join(made.at(-1)!.folder, 'turned.jpg'))
    let difference = 0
    copy.rgb.forEach((value, index) => (difference += Math.abs(value - original.rgb[index]!)))
    expect(difference / copy.rgb.length).toBeLessThan(2)
  })

  it('of kinds that trainers do not read are PNGs', async () => {
    const gif = Buffer.from('R0lGODlhAQABAIAAAP///wAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==', 'base64')
    const { set, report } = await exportYolo([{ path: 'a.gif', bytes: gif, shapes: [rectangle(0, 0, 1, 1)] }])
    expect(set.train[0]).toMatch(/a\.png$/)
    expect(await decodeUpright(set.train[0]!)).toMatchObject({ width: 1, height: 1 })
    expect(report.changed.map(({ message }) => message)).toEqual([
      'Copied as a.png: trainers do not read this kind of file.',
      'Ultralytics skips images with a side under 10 pixels.',
    ])
  })
})

describe('without copies', () => {
  it('trains once the folder of images is linked as the report says', async () => {
    const { project, out, report } = await exportYolo(
      [...photos(5), { path: 'sub/x.png', shapes: [disc, disc] }],
      { copyImages: false },
    )
    expect(existsSync(join(out, 'images'))).toBe(false)
    expect(report.notes.join()).toContain(`ln -s "${project.folder}" images`)
    symlinkSync(project.folder, join(out, 'images'))
    const set = readYoloSet(join(out, 'data.yaml'))
    expect(set.train.length + set.val.length).toBe(6)
    for (const image of [...set.train, ...set.val]) {
      expect(existsSync(image)).toBe(true)
      expect(labelFileOfImage(image).startsWith(join(out, 'labels'))).toBe(true)
      expect(readRows(image, 2)!.length).toBe(image.includes('sub') ? 2 : 1)
    }
  })

  it('does not write through that link when images are copied later', async () => {
    const { project, out } = await exportYolo(photos(3), { copyImages: false })
    symlinkSync(project.folder, join(out, 'images'))
    await expect(exportOf(project)).rejects.toMatchObject({ code: 'conflict' })
    expect(existsSync(join(project.folder, 'train'))).toBe(false)
  })

  it('leaves out what needs another name', async () => {
    const jpeg = new Transformer(pngOf(width, height)).jpegSync()
    const { report, set } = await exportYolo(
      [
        ...photos(2),
        { path: '0.jpg', bytes: jpeg, shapes: [ring] },
        { path: 'images/z.png', shapes: [disc] },
      ],
      { copyImages: false },
    )
    expect(set.train.length + set.val.length).toBe(2)
    expect(report.leftOut.map(({ image }) => image)).toEqual(['0.jpg', 'images/z.png'])
  })
})

/** The JPEG with an EXIF block that holds nothing but the orientation. */
function withOrientation(jpeg: Buffer, orientation: number): Buffer {
  const tiff = Buffer.from('4d4d002a00000008000101120003000000010000000000000000', 'hex')
  tiff.writeUInt16BE(orientation, 18)
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff])
  const header = Buffer.from([0xff, 0xe1, 0, 0])
  header.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([jpeg.subarray(0, 2), header, body, jpeg.subarray(2)])
}

describe('YOLO oriented boxes and layouts', () => {
  const diamond = polygonOf({
    outer: [
      [60, 10],
      [100, 40],
      [85, 60],
      [45, 30],
    ],
  })

  it('writes the rectangle of least area, four corners of it', async () => {
    const shapes = [diamond, rectangle(10, 20, 30, 5), halfOut]
    const { rowsOf, report } = await exportYolo([{ path: 'a.png', shapes }, ...photos(1)], {
      format: 'yolo-obb',
    })
    const [turned, straight, cut] = rowsOf('a.png')!.map((row) => pointsOfRow(row, width, height))
    const round = (points: [number, number][]) =>
      points.map((point) => point.map((value) => Math.round(value * 10) / 10))
    expect(round(straight!)).toEqual([
      [10, 20],
      [40, 20],
      [40, 25],
      [10, 25],
    ])
    expect(turned).toHaveLength(4)
    const asRing = maskOfParts([[turned!]], width, height)
    const stored = maskOfParts([diamond.parts.map(({ outer }) => outer)], width, height)
    // All of the diamond is in it, and it is little more.
    expect(
      stored.data.filter((value, at) => value === 1 && asRing.data[at] === 0).length,
    ).toBeLessThanOrEqual(2)
    expect(iouOfMasks(asRing, stored)).toBeGreaterThan(0.95)
    expect(cut!.every(([x, y]) => x >= 0 && x <= width && y >= 0 && y <= height)).toBe(true)
    expect(report.notes.join(' ')).toContain('yolo obb train')
  })

  it('is laid out as Roboflow has it when asked, and has a test side when asked', async () => {
    const request = { options: { layout: 'roboflow' }, validation: 0.2, split: { test: 0.1 } }
    const { set, out, report } = await exportYolo(photos(20), request)
    expect([set.train.length, set.val.length]).toEqual([14, 4])
    expect(set.val.every((image) => image.startsWith(join(out, 'valid', 'images')))).toBe(true)
    expect(existsSync(labelFileOfImage(set.train[0]!))).toBe(true)
    expect(labelFileOfImage(set.train[0]!)).toContain(join(out, 'train', 'labels'))
    expect(readFileSync(join(out, 'data.yaml'), 'utf8')).toContain('\ntest: test/images\n')
    expect(report.notes[0]).toBe('14 images train, 4 validate, 2 test (seed 0).')
  })
})

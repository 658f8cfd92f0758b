/**
 * Generated projects through the formats, read back by readers that share no code with the writers: what comes back is
 * what docs/formats.md says is kept.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fc } from '../../support/property.ts'
import { expect, test } from 'vitest'
import type { ExportReport } from '../../../common/contract/export.ts'
import { maskOfInstance, readInstances } from '../../support/readers/coco-reader.ts'
import { readCsv, ringsOfWkt } from '../../support/readers/csv-reader.ts'
import { readLabelme } from '../../support/readers/labelme-reader.ts'
import { maskOfParts, pixelsOf, type Mask } from '../../support/readers/masks.ts'
import { readPng } from '../../support/readers/png-reader.ts'
import { readVoc, readVocList } from '../../support/readers/voc-reader.ts'
import { createFolder, exportFrom, labelsOf } from '../export/folder.ts'
import { boxOf, classNames, maskOf, project, strayPixels, type GeneratedImage } from './generated.ts'

interface Exported {
  readonly images: readonly GeneratedImage[]
  readonly out: string
  readonly report: ExportReport
}

/** Exports generated projects and hands each to `check`. */
const forProjects = (format: string, check: (exported: Exported) => void, options = {}) =>
  fc.assert(
    fc.asyncProperty(project, async (images) => {
      const folder = createFolder(images, labelsOf(...classNames))
      const out = join(folder.top, 'out')
      try {
        const report = await exportFrom(folder.source, { format, out, options })
        check({ images, out, report })
      } finally {
        folder.remove()
      }
    }),
    { numRuns: 12 },
  )

interface ReadObject {
  readonly label: string
  readonly mask: Mask
}

/** Stored objects come back in their order, each with its class and its pixels; one without a pixel may be left out. */
const expectObjects = ({ shapes, size, path }: GeneratedImage, read: readonly ReadObject[]) => {
  const rest = [...read]
  for (const { label, shape } of shapes) {
    const next = rest[0]
    const isIt = next?.label === classNames[label] && strayPixels(shape, size, next!.mask) === 0
    if (!isIt && pixelsOf(maskOf(shape, size)) === 0) continue
    expect(isIt, `${path}: ${JSON.stringify(shape)} as ${next?.label}`).toBe(true)
    rest.shift()
  }
  expect(rest).toEqual([])
}

test('COCO as RLE is the identity on masks', () =>
  forProjects(
    'coco',
    ({ images, out }) => {
      const data = readInstances(join(out, 'annotations/instances.json'))
      expect(data.images.map(({ file_name: name }) => name)).toEqual(images.map(({ path }) => path))
      for (const [index, image] of images.entries()) {
        const read = data.annotations.filter((one) => one.image_id === data.images[index]!.id)
        const masks = read.map((one) => maskOfInstance(one, ...image.size))
        const stored = image.shapes.map(({ shape }) => maskOf(shape, image.size))
        // All that is left out is under a pixel.
        const kept = stored.filter((mask) =>
          masks.some(({ data: own }) => own.every((value, at) => value === mask.data[at])),
        )
        expect(masks.length).toBe(kept.length)
        for (const mask of stored) if (pixelsOf(mask) > 3) expect(kept).toContain(mask)
      }
    },
    { shapes: 'rle' },
  ))

test('LabelMe: parts by group, holes cut in, every image beside its file', () =>
  forProjects('labelme', ({ images, out, report }) => {
    for (const image of images) {
      const file = join(out, 'labelme', image.path.replace(/png$/, 'json'))
      const read = readLabelme(file)
      expect(read.image).toBe(join(out, 'labelme', image.path))
      expect([read.width, read.height]).toEqual(image.size)
      const maskOfRings = (rings: (typeof read.objects)[number]['rings']) =>
        maskOfParts(
          rings.map((ring) => [ring]),
          ...image.size,
        )
      expectObjects(
        image,
        read.objects.map(({ label, rings }) => ({ label, mask: maskOfRings(rings) })),
      )
    }
    expect(report.images).toBe(images.length)
  }))

test('CSV: parts and holes, names that a spreadsheet would run changed in one way', () =>
  forProjects('csv', ({ images, out, report }) => {
    const rows = readCsv(join(out, 'objects.csv'))
    const plain = (text: string) => text.replace(/^'(?=[=+\-@])/, '')
    for (const image of images) {
      const mine = rows.filter(({ filename }) => plain(filename!) === image.path)
      expect(existsSync(join(out, 'images', image.path))).toBe(true)
      for (const { width, height } of mine) expect([Number(width), Number(height)]).toEqual(image.size)
      if (image.shapes.length === 0) expect(mine).toMatchObject([{ class: '', xmin: '', polygon: '' }])
      else
        expectObjects(
          image,
          mine
            .filter((row) => row.class !== '')
            .map((row) => ({
              label: plain(row.class!),
              mask: maskOfParts(ringsOfWkt(row.polygon!), ...image.size),
            })),
        )
    }
    const risky = rows.flatMap((row) => [row.filename!, row.class!]).filter((text) => /^[=+\-@]/.test(text))
    expect(risky).toEqual([])
    expect(rows.filter((row) => row.class !== '')).toHaveLength(report.annotations)
  }))

/** Each pixel says one of the smallest objects on it, or 0 where none is; a few pixels on outlines may differ. */
const expectPixels = ({ shapes, size, path }: GeneratedImage, said: readonly (string | null)[]) => {
  const masks = shapes.map(({ label, shape }) => ({ name: classNames[label]!, mask: maskOf(shape, size) }))
  const sized = masks.map((one) => ({ ...one, pixels: pixelsOf(one.mask) }))
  const wrong = said.filter((name, at) => {
    const on = sized.filter(({ mask }) => mask.data[at] === 1)
    const least = Math.min(...on.map(({ pixels }) => pixels))
    const right = on.filter(({ pixels }) => pixels <= least + 2).map((one) => one.name)
    return name === null ? on.length > 0 : !right.includes(name)
  })
  expect(wrong.length, path).toBeLessThanOrEqual(2 + 0.01 * said.length)
}

test('VOC: boxes to the nearest pixel, masks in the colours of VOC', () =>
  forProjects('voc', ({ images, out }) => {
    const listed = ['train', 'val'].flatMap((name) => readVocList(out, 'Main', name))
    expect(listed.toSorted()).toEqual(images.map(({ path }) => path.replace('.png', '')).toSorted())
    expect(readVocList(out, 'Segmentation', 'trainval').toSorted()).toEqual(listed.toSorted())
    for (const image of images) {
      const name = image.path.replace('.png', '')
      const read = readVoc(out, name)
      expect([read.filename, read.width, read.height, read.segmented]).toEqual([
        image.path,
        ...image.size,
        true,
      ])
      expect(existsSync(join(out, 'JPEGImages', read.filename))).toBe(true)
      let next = 0
      const stored = image.shapes.flatMap(({ label, shape }) => {
        const [name, box] = [classNames[label]!, boxOf(shape, image.size)]
        // The box of a ring beyond a corner reaches into the image, and the ring does not.
        const isOut = read.objects[next]?.name !== name && pixelsOf(maskOf(shape, image.size)) === 0
        if (box === null || isOut) return []
        next++
        return [{ name, box }]
      })
      expect(read.objects.map((object) => object.name)).toEqual(stored.map((object) => object.name))
      read.objects.forEach(({ truncated, box: [xmin, ymin, xmax, ymax] }, index) => {
        const from1 = [xmin - 1, ymin - 1, xmax, ymax] as const
        const [x0, y0, x1, y1] = stored[index]!.box
        if (truncated) {
          // What is left of a cut shape may be smaller than what is left of its box.
          expect(from1[0] >= x0 - 1 && from1[1] >= y0 - 1 && from1[2] <= x1 + 1 && from1[3] <= y1 + 1).toBe(
            true,
          )
        } else
          [x0, y0, x1, y1].forEach((value, side) => expect(Math.abs(value - from1[side]!)).toBeLessThan(0.51))
      })
      const classes = readPng(join(out, 'SegmentationClass', `${name}.png`))
      const objects = readPng(join(out, 'SegmentationObject', `${name}.png`))
      for (const png of [classes, objects]) {
        expect([png.width, png.height]).toEqual(image.size)
        // The first colours of VOC: background, aeroplane, bicycle, bird, boat, and void.
        expect(png.palette!.slice(0, 5)).toEqual([
          [0, 0, 0],
          [128, 0, 0],
          [0, 128, 0],
          [128, 128, 0],
          [0, 0, 128],
        ])
        expect(png.palette![255]).toEqual([224, 224, 192])
      }
      expectPixels(
        image,
        classes.values.map((value) => (value === 0 ? null : classNames[value - 1]!)),
      )
      expect(objects.values.map((value) => value > 0)).toEqual(classes.values.map((value) => value > 0))
    }
  }))

test.each(['auto', '16'])('mask PNG of classes, bits %s', (bits) =>
  forProjects(
    'mask-png',
    ({ images, out }) => {
      const names = readFileSync(join(out, 'classes.txt'), 'utf8').trimEnd().split('\n')
      expect(names).toEqual(['_background_', ...classNames])
      for (const image of images) {
        const side = existsSync(join(out, 'images/val', image.path)) ? 'val' : 'train'
        const png = readPng(join(out, 'masks', side, image.path))
        expect([png.width, png.height, png.palette]).toEqual([...image.size, null])
        expect(png.bits).toBe(bits === '16' ? 16 : 8)
        expectPixels(
          image,
          png.values.map((value) => (value === 0 ? null : names[value]!)),
        )
      }
    },
    { bits },
  ),
)

test.each(['object', 'binary'])('mask PNG, %s: a table says the class of each', (values) =>
  forProjects(
    'mask-png',
    ({ images, out, report }) => {
      const rows = readCsv(join(out, 'objects.csv'))
      expect(rows).toHaveLength(report.annotations)
      for (const image of images) {
        const side = existsSync(join(out, 'images/val', image.path)) ? 'val' : 'train'
        const stem = `masks/${side}/${image.path.replace('.png', '')}`
        const mine = rows.filter(
          ({ mask }) => mask!.startsWith(`${stem}.`) && /^[.\d]*\.png$/.test(mask!.slice(stem.length)),
        )
        for (const row of mine)
          expect(row.class!.replace(/^'/, '')).toBe(classNames[Number(row.class_value) - 1])
        if (values === 'object') {
          const { values: said } = readPng(join(out, `${stem}.png`))
          const classOf = new Map(
            mine.map((row) => [Number(row.value), classNames[Number(row.class_value) - 1]!]),
          )
          expectPixels(
            image,
            said.map((value) => (value === 0 ? null : classOf.get(value)!)),
          )
        } else
          expectObjects(
            image,
            mine.map((row) => {
              const { width, height, values: said } = readPng(join(out, row.mask!))
              expect(said.every((value) => value === 0 || value === 255)).toBe(true)
              const data = Uint8Array.from(said, (value) => value / 255)
              return { label: classNames[Number(row.class_value) - 1]!, mask: { width, height, data } }
            }),
          )
      }
    },
    { values },
  ),
)

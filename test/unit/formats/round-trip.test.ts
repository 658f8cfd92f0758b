/**
 * Generated projects through the formats, read back by readers that share no code with the writers: what comes back is
 * what docs/formats.md says is kept.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ExportReport } from '../../../common/contract/export.ts'
import { readCsv, ringsOfWkt } from '../../support/readers/csv-reader.ts'
import { readLabelme } from '../../support/readers/labelme-reader.ts'
import { maskOfParts, pixelsOf, type Mask } from '../../support/readers/masks.ts'
import { createFolder, exportFrom, labelsOf } from '../export/folder.ts'
import { classNames, maskOf, pixelsApart, project, type GeneratedImage } from './generated.ts'

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
    { numRuns: 25 },
  )

interface ReadObject {
  readonly label: string
  readonly mask: Mask
}

/** A pixel's centre within a hundredth of the outline may fall on either side. */
const isClose = (a: Mask, b: Mask) => pixelsApart(a, b) <= 2 + 0.01 * pixelsOf(a)

/** Stored objects that have pixels come back in their order, each with its class and its pixels. */
const expectObjects = ({ shapes, size, path }: GeneratedImage, read: readonly ReadObject[]) => {
  const stored = shapes.map(({ label, shape }) => ({ label: classNames[label]!, mask: maskOf(shape, size) }))
  const rest = [...read]
  for (const { label, mask } of stored) {
    const next = rest[0]
    if (pixelsOf(mask) === 0 && !(next?.label === label && isClose(mask, next.mask))) continue
    expect(next?.label, path).toBe(label)
    expect(isClose(mask, next!.mask), `${path}: ${pixelsApart(mask, next!.mask)} pixels apart`).toBe(true)
    rest.shift()
  }
  expect(rest).toEqual([])
}

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

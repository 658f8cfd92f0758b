import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { ExportRequest } from '../../../common/contract/export.ts'
import { partsOf } from '../../../common/geometry/measure.ts'
import type { Shape } from '../../../common/model.ts'
import { maskOfInstance, readInstances } from '../../support/readers/coco-reader.ts'
import { iouOfMasks, maskOfParts, pixelsOf } from '../../support/readers/masks.ts'
import { pycocotoolsMissing, readWithPycocotools } from '../../support/readers/pycocotools.ts'
import { createFolder, exportFrom, labelsOf, type TestFolder, type TestImage } from '../export/folder.ts'
import { circle, disc, halfOut, outside, polygonOf, rectangle, ring, twoParts } from '../export/shapes.ts'
import { createRandom } from '../../support/random.ts'

const made: TestFolder[] = []
afterEach(() => made.splice(0).forEach((folder) => folder.remove()))

const labels = labelsOf('cat', 'Hündin 🐕')

const exportCoco = async (images: readonly TestImage[], request: Partial<ExportRequest> = {}) => {
  const project = createFolder(images, labels)
  made.push(project)
  const out = join(project.top, 'out')
  const report = await exportFrom(project.source, { format: 'coco', out, copyImages: false, ...request })
  return { project, report, out, data: readInstances(join(out, 'annotations/instances.json')) }
}

const storedMask = (shape: Shape, width: number, height: number) =>
  maskOfParts(
    partsOf(shape).map((part) => [part.outer, ...part.holes]),
    width,
    height,
  )

const perimeterOf = (shape: Shape) =>
  (shape.type === 'polygon' ? shape.parts : []).reduce(
    (sum, { outer }) =>
      sum +
      outer.reduce(
        (length, [x, y], at) => length + Math.hypot(x - outer.at(at - 1)![0], y - outer.at(at - 1)![1]),
        0,
      ),
    0,
  )

const everyShape: TestImage[] = [
  { path: 'a.png', shapes: [disc, { label: 1, shape: ring }, twoParts, rectangle(10.25, 20.2, 30, 25)] },
  { path: 'ünder/фото.png', shapes: [halfOut, { label: 1, shape: outside }] },
  { path: 'nothing.png' },
]

describe('COCO export', () => {
  it('writes what is stored, as a second reader sees it', async () => {
    const { data, project, report } = await exportCoco(everyShape)
    expect(data.categories).toEqual([
      { id: 1, name: 'cat', supercategory: '' },
      { id: 2, name: 'Hündin 🐕', supercategory: '' },
    ])
    expect(data.images.map((image) => image.file_name)).toEqual(['a.png', 'ünder/фото.png', 'nothing.png'])
    expect(data.images.every((image) => image.width === 120 && image.height === 80)).toBe(true)
    const stored = [...project.annotations.values()].flat().filter(({ shape }) => shape !== outside)
    expect(data.annotations).toHaveLength(stored.length)
    data.annotations.forEach((annotation, index) => {
      expect(annotation.id).toBe(index + 1)
      expect(annotation.category_id).toBe(stored[index]!.labelId === 'label-0' ? 1 : 2)
      const mask = maskOfInstance(annotation, 120, 80)
      expect(iouOfMasks(mask, storedMask(stored[index]!.shape, 120, 80))).toBeGreaterThan(0.998)
    })
    expect(report).toMatchObject({ images: 3, annotations: 5 })
  })

  it('writes an object with a hole as RLE, parts as one list each, a rectangle as four corners', async () => {
    const { data, report } = await exportCoco(everyShape)
    const [asDisc, asRing, asParts, asBox, asHalf] = data.annotations
    expect(asDisc!.segmentation).toHaveLength(1)
    expect(asRing!.segmentation).toMatchObject({ size: [80, 120] })
    expect(asRing!.area).toBe(pixelsOf(maskOfInstance(asRing!, 120, 80)))
    expect(asRing!.bbox).toEqual([25, 5, 70, 70])
    expect(asParts!.segmentation).toHaveLength(2)
    expect(asBox!.segmentation).toEqual([[10.25, 20.2, 40.25, 20.2, 40.25, 45.2, 10.25, 45.2]])
    expect(asBox!.bbox).toEqual([10.25, 20.2, 30, 25])
    expect(asHalf!.bbox).toEqual([100, 20, 20, 40])
    expect(report.leftOut).toEqual([
      { image: 'ünder/фото.png', annotationId: '2-1', message: 'It lies outside the image.' },
    ])
    expect(report.changed.map(({ annotationId, message }) => [annotationId, message])).toEqual([
      ['1-1', 'Written as a run-length mask, because it has a hole.'],
      ['2-0', 'Clipped to the image.'],
    ])
  })

  it.skipIf(pycocotoolsMissing)(
    `is read by pycocotools with the same areas and masks${pycocotoolsMissing ? ` (skipped: ${pycocotoolsMissing})` : ''}`,
    async () => {
      const { data, out, project } = await exportCoco(everyShape)
      const stored = [...project.annotations.values()].flat()
      const read = readWithPycocotools(join(out, 'annotations/instances.json'))
      expect(read.map(({ area }) => area)).toEqual(data.annotations.map(({ area }) => area))
      read.forEach((instance, index) => {
        const mask = { width: 120, height: 80, data: Uint8Array.from(instance.mask, Number) }
        expect(iouOfMasks(mask, storedMask(stored[index]!.shape, 120, 80))).toBeGreaterThan(0.96)
      })
    },
  )

  it.skipIf(pycocotoolsMissing)(
    `as RLE is the very mask that is stored, for pycocotools too${pycocotoolsMissing ? ` (skipped: ${pycocotoolsMissing})` : ''}`,
    async () => {
      const { data, out, project } = await exportCoco(everyShape, { options: { shapes: 'rle' } })
      const stored = [...project.annotations.values()].flat().filter(({ shape }) => shape !== outside)
      const read = readWithPycocotools(join(out, 'annotations/instances.json'))
      expect(read).toHaveLength(stored.length)
      read.forEach((instance, index) => {
        const mask = storedMask(stored[index]!.shape, 120, 80)
        expect(instance.mask).toBe(mask.data.join(''))
        const { segmentation, area } = data.annotations[index]!
        expect(segmentation).toEqual({ size: [80, 120], counts: instance.counts })
        expect(instance.box).toEqual(data.annotations[index]!.bbox)
        expect([area, instance.area]).toEqual([pixelsOf(mask), pixelsOf(mask)])
      })
    },
  )

  it.skipIf(pycocotoolsMissing)(
    `has the areas and boxes of pycocotools for generated polygons${pycocotoolsMissing ? ` (skipped: ${pycocotoolsMissing})` : ''}`,
    async () => {
      const random = createRandom(5)
      const shapes = Array.from({ length: 60 }, (): Shape => {
        const at = (low: number, high: number) => low + random() * (high - low)
        const [x, y, radius] = [at(20, 100), at(20, 60), at(2, 18)]
        return polygonOf({ outer: circle(x, y, radius, 3 + Math.floor(at(0, 40))) })
      })
      const { data, out } = await exportCoco([{ path: 'a.png', shapes }])
      const read = readWithPycocotools(join(out, 'annotations/instances.json'))
      expect(read.map(({ area }) => area)).toEqual(data.annotations.map(({ area }) => area))
      read.forEach((instance, index) => {
        const mine = data.annotations[index]!
        instance.box.forEach((value, side) => expect(Math.abs(value - mine.bbox[side]!)).toBeLessThan(1.5))
        const mask = { width: 120, height: 80, data: Uint8Array.from(instance.mask, Number) }
        const stored = storedMask(shapes[index]!, 120, 80)
        // COCO's rule for polygons takes half a pixel more or less along the outline.
        const apart = mask.data.reduce((sum, value, at) => sum + (value ^ stored.data[at]!), 0)
        expect(apart).toBeLessThanOrEqual(2 + 0.5 * perimeterOf(shapes[index]!))
      })
    },
  )

  it('leaves out what trainers stop on, by name', async () => {
    const thin = polygonOf({
      outer: [
        [10, 10],
        [60, 10],
        [60, 10.004],
        [10, 10.004],
      ],
    })
    const { data, report } = await exportCoco([
      { path: 'a.png', shapes: [disc, rectangle(5, 5, 0.5, 0.5), thin, rectangle(10, 10, 300, 0.001)] },
    ])
    expect(data.annotations).toHaveLength(1)
    expect(report.leftOut.map(({ annotationId, message }) => [annotationId, message])).toEqual([
      ['1-1', 'It is smaller than a pixel.'],
      ['1-2', 'It is smaller than a pixel.'],
      ['1-3', 'It is smaller than a pixel.'],
    ])
  })

  it('writes one file a split, with images and objects numbered in each', async () => {
    const images = Array.from({ length: 10 }, (_, index) => ({ path: `${index}.png`, shapes: [disc] }))
    const [cat, dog] = labels
    const project = createFolder(images, [cat!, { ...dog!, supercategory: 'pet' }])
    made.push(project)
    const out = join(project.top, 'out')
    const options = { sets: 'split', license: 'CC BY 4.0', contributor: 'Ada', supercategory: 'animal' }
    const request = { format: 'coco', out, copyImages: false, validation: 0.3, options }
    const report = await exportFrom(project.source, request)
    expect(readdirSync(join(out, 'annotations'))).toEqual(['instances_train.json', 'instances_val.json'])
    const [train, val] = ['train', 'val'].map((side) =>
      readInstances(join(out, `annotations/instances_${side}.json`)),
    )
    expect([train!.images.length, val!.images.length]).toEqual([7, 3])
    expect(val!.annotations.map(({ id }) => id)).toEqual([1, 2, 3])
    expect(val!.annotations.map((one) => one.image_id)).toEqual(val!.images.map(({ id }) => id))
    for (const { info, licenses, categories, images: listed } of [train!, val!]) {
      expect(info.contributor).toBe('Ada')
      expect(licenses).toEqual([{ id: 1, name: 'CC BY 4.0', url: '' }])
      // Each its own, and what was said for all that have none.
      expect(categories.map(({ supercategory }) => supercategory)).toEqual(['animal', 'pet'])
      expect(listed.every(({ license }) => license === 1)).toBe(true)
    }
    expect(report.notes[0]).toBe('7 images train, 3 validate (seed 0).')
  })

  it('refuses options that it does not have', async () => {
    await expect(exportCoco(everyShape, { options: { shapes: 'pixels' } })).rejects.toMatchObject({
      code: 'bad-input',
      message: "This export can't be made: shapes is one of polygon, rle.",
    })
    await expect(exportCoco(everyShape, { options: { layout: 'roboflow' } })).rejects.toMatchObject({
      code: 'bad-input',
    })
  })

  it('writes a readable file without any object', async () => {
    const { data, report } = await exportCoco([{ path: 'a.png' }, { path: 'b.png', status: 'done' }])
    expect(data.images).toHaveLength(2)
    expect(data.annotations).toEqual([])
    expect(report.leftOut).toEqual([])
  })

  it('leaves out what can not be read, by name, with its objects', async () => {
    const { data, report } = await exportCoco([
      { path: 'broken.jpg', bytes: Buffer.from('no image at all'), shapes: [disc] },
      { path: 'empty.png', bytes: Buffer.alloc(0) },
      { path: 'whole.png', shapes: [disc] },
    ])
    expect(data.images.map((image) => image.file_name)).toEqual(['whole.png'])
    expect(report.leftOut.map(({ image }) => image)).toEqual(['broken.jpg', 'empty.png'])
    expect(report.leftOut[0]!.message).toMatch(/Objects on it that are left out: 1\./)
  })

  it('copies images beside it when asked', async () => {
    const { data, out, project } = await exportCoco(everyShape, { copyImages: true })
    for (const { file_name: name } of data.images) {
      const copy = readFileSync(join(out, 'images', name))
      expect(copy.equals(readFileSync(join(project.folder, name)))).toBe(true)
    }
    expect(readdirSync(out).sort()).toEqual([
      '.maskwright-export',
      'annotations',
      'export-report.json',
      'images',
    ])
  })

  it('writes the same bytes again', async () => {
    const once = await exportCoco(everyShape)
    const again = await exportCoco(everyShape)
    const read = (out: string) => readFileSync(join(out, 'annotations/instances.json'), 'utf8')
    expect(read(again.out)).toBe(read(once.out))
    expect(existsSync(join(once.out, 'images'))).toBe(false)
  })

  it('refuses a folder without a readable image', async () => {
    await expect(exportCoco([{ path: 'x.png', bytes: Buffer.from('x') }])).rejects.toMatchObject({
      code: 'not-found',
    })
  })
})

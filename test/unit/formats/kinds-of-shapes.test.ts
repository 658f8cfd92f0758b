/** Points, lines and rotated rectangles through the formats: what can hold them gives them back, the others say so. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { clipToImage } from '../../../common/geometry/clip.ts'
import { bboxOf, cornersOfRotated } from '../../../common/geometry/measure.ts'
import { likeness } from '../../../common/geometry/overlap.ts'
import type { RotatedRectangle, Shape } from '../../../common/model.ts'
import { allFormats } from '../../../core/formats/all-formats.ts'
import { fitObject } from '../../../core/import/fit-object.ts'
import { openLabels, readLabels } from '../../../core/import/read-labels.ts'
import { labelFileOfImage, readRows, readYoloSet } from '../../support/readers/yolo-reader.ts'
import { createFolder, exportFrom, labelsOf, type TestFolder } from '../export/folder.ts'
import { disc } from '../export/shapes.ts'

/** Equal but for rounding. */
const near = (value: number, digits = 9): unknown => expect.closeTo(value, digits)

const made: TestFolder[] = []
afterEach(() => made.splice(0).forEach((folder) => folder.remove()))

const turned: RotatedRectangle = {
  type: 'rotated-rectangle',
  cx: 60,
  cy: 40,
  width: 50.5,
  height: 20.25,
  angle: 2.5,
}
const point: Shape = { type: 'point', x: 30.25, y: 1 / 3 }
const line: Shape = {
  type: 'polyline',
  points: [
    [5, 70],
    [40.125, 60],
    [110, 79],
  ],
}
/** Reaches out of the image of 120 x 80. */
const longLine: Shape = {
  type: 'polyline',
  points: [
    [100, 10],
    [140, 10],
  ],
}
const size = { width: 120, height: 80 }

const exported = async (format: string, shapes: readonly Shape[], options = {}) => {
  const folder = createFolder([{ path: 'a.png', shapes, status: 'done' }], labelsOf('cat'))
  made.push(folder)
  const out = join(folder.top, 'out')
  const report = await exportFrom(folder.source, { format, out, options })
  return { out, report }
}

/** As an import would have them. */
const readBack = async (path: string): Promise<Shape[]> => {
  const { images, problems } = await readLabels(allFormats, { path })
  expect(problems).toEqual([])
  return images.flatMap(({ objects }) =>
    objects.map((object) => {
      const fitted = fitObject(object, size)
      if ('problem' in fitted) throw new Error(fitted.problem)
      return fitted.shape
    }),
  )
}

describe('points and lines', () => {
  it('come back from LabelMe with every digit', async () => {
    const { out, report } = await exported('labelme', [point, disc, line])
    expect(await readBack(join(out, 'labelme'))).toEqual([point, disc, line])
    expect(report).toMatchObject({ annotations: 3, leftOut: [] })
  })

  it('come back from CSV to the hundredth, cut to the image', async () => {
    const { out, report } = await exported('csv', [point, line, longLine])
    expect(await readBack(join(out, 'objects.csv'))).toEqual([
      { type: 'point', x: 30.25, y: 0.33 },
      {
        type: 'polyline',
        points: [
          [5, 70],
          [40.13, 60],
          [110, 79],
        ],
      },
      {
        type: 'polyline',
        points: [
          [100, 10],
          [120, 10],
        ],
      },
    ])
    expect(report.changed.map(({ message }) => message)).toEqual(['Clipped to the image.'])
  })

  for (const format of ['coco', 'yolo-seg', 'yolo-det', 'yolo-obb', 'voc', 'mask-png'])
    it(`are left out of ${format}, each with a line`, async () => {
      const { report } = await exported(format, [point, disc, line])
      expect(report.annotations).toBe(1)
      expect(report.leftOut.map(({ message }) => message)).toEqual([
        'It is a point: this format has none.',
        'It is a line: this format has none.',
      ])
    })
})

describe('rotated rectangles', () => {
  it('are their four corners in YOLO’s oriented boxes, and come back as such', async () => {
    const { out } = await exported('yolo-obb', [turned])
    const set = readYoloSet(join(out, 'data.yaml'))
    const image = [...set.train, ...set.val][0]!
    const corners = cornersOfRotated(turned).flatMap(([x, y]) => [x / size.width, y / size.height])
    expect(readRows(image, 1)![0]!.numbers).toEqual(corners.map((value) => Number(value.toFixed(6))))
    expect(readFileSync(labelFileOfImage(image), 'utf8')).toMatch(/^0 /)
    const [back] = await readBack(out)
    expect(back).toMatchObject({ type: 'rotated-rectangle', width: near(50.5, 3) })
    expect(likeness(back!, turned)).toBeGreaterThan(0.99)
  })

  it('stay whole at the border of the image in YOLO’s oriented boxes, among rectangles that do not', async () => {
    const atBorder: Shape = { type: 'rotated-rectangle', cx: 117, cy: 3, width: 40, height: 20, angle: 0.5 }
    const { out, report } = await exported('yolo-obb', [turned, atBorder, disc])
    expect(report.changed).toEqual([])
    expect(readFileSync(join(out, 'data.yaml'), 'utf8')).toContain('\ntask: obb\n')
    const [, back] = await readBack(out)
    expect(back).toMatchObject({
      ...atBorder,
      cx: near(117, 2),
      cy: near(3, 2),
      width: near(40, 2),
      height: near(20, 2),
      angle: near(0.5, 2),
    })
  })

  it('are the smallest box that Ultralytics takes where it would pass over the image', async () => {
    const larger: Shape = { type: 'rotated-rectangle', cx: 60, cy: 40, width: 130, height: 30, angle: 0.1 }
    const { out, report } = await exported('yolo-obb', [larger])
    expect(report.changed.map(({ message }) => message)).toEqual([
      'The oriented box around it reaches out of the image further than Ultralytics takes: the smallest one that it takes is written.',
      'Clipped to the image.',
    ])
    const set = await openLabels(allFormats, { path: out })
    set.close()
    expect(set.format).toBe('YOLO oriented boxes')
    const [back] = await readBack(out)
    const { x, y, width, height } = bboxOf(clipToImage(larger, size)!)
    expect(bboxOf(back!)).toEqual({
      x: near(x, 3),
      y: near(y, 3),
      width: near(width, 3),
      height: near(height, 3),
    })
  })

  it('are polygons of four corners in LabelMe, and a rotation when X-AnyLabeling is to read them', async () => {
    const plain = await exported('labelme', [turned])
    expect(await readBack(join(plain.out, 'labelme'))).toEqual([
      { type: 'polygon', parts: [{ outer: cornersOfRotated(turned), holes: [] }] },
    ])
    const { out } = await exported('labelme', [turned], { rotation: true })
    const { shapes } = JSON.parse(readFileSync(join(out, 'labelme/a.json'), 'utf8')) as { shapes: object[] }
    expect(shapes).toMatchObject([
      { shape_type: 'rotation', points: cornersOfRotated(turned), direction: turned.angle },
    ])
    const [back] = await readBack(join(out, 'labelme'))
    expect(back).toMatchObject({ type: 'rotated-rectangle', angle: near(2.5, 9) })
  })
})

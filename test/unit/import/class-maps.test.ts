/** Pictures whose values are classes, and the segmentation of Pascal VOC without XML: what becomes an object, and of which class. */
import { join } from 'node:path'
import { Transformer } from '@napi-rs/image'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { encodePng } from '../../../core/export/png.ts'
import { vocPalette } from '../../../core/formats/voc/masks.ts'
import { connectedParts } from '../../../core/import/connected.ts'
import { openImportProject, type ImportProject } from './project.ts'

const size = { width: 12, height: 8 }
const EMPTY = '............'

/** A picture of values by letters, `.` the background, `#` VOC's void. */
const valuesOf = (rows: readonly string[]) =>
  Uint8Array.from(
    [...rows, ...Array<string>(size.height - rows.length).fill(EMPTY)]
      .join('')
      .replace(/./g, (letter) => (letter === '.' ? '0' : letter)),
    (letter) => (letter === '#' ? 255 : parseInt(letter, 36)),
  )

/** Two objects that touch at a corner, one apart; another class beside them. */
const map = valuesOf(['11....11..22', '11....11..22', '..1......#..', '..1.........'])
const objectMap = valuesOf(['11....22..33', '11....22..33', '..1......#..', '..1.........'])

let project: ImportProject
beforeEach(async () => {
  project = await openImportProject({ 'a.png': [12, 8], 'b.png': [12, 8], 'c.png': [12, 8] })
})
afterEach(() => project.close())

const png = (values: Uint8Array, palette?: Uint8Array) => encodePng(values, size, palette)
const boxesOf = async () =>
  Object.fromEntries(
    Object.entries(await project.objects()).map(([path, objects]) => [
      path,
      objects.map(({ label, shape }) => [label, shape.type === 'polygon' ? shape.parts.length : 0]),
    ]),
  )

test('parts touch at edges and corners, also where a later row joins two of them', () => {
  const rows = ['1.1.1', '1.1..', '.1..1']
  const data = Uint8Array.from(rows.join(''), (letter) => (letter === '1' ? 1 : 0))
  const { parts, lost } = connectedParts({ x: 10, y: 20, width: 5, height: 3, data }, 9)
  expect(parts.map(({ x, y, width, height, data: own }) => [x, y, width, height, [...own]])).toEqual([
    [10, 20, 3, 3, [1, 0, 1, 1, 0, 1, 0, 1, 0]],
    [14, 20, 1, 1, [1]],
    [14, 22, 1, 1, [1]],
  ])
  expect(lost).toBe(0)
  expect(connectedParts({ x: 0, y: 0, width: 5, height: 3, data }, 1)).toMatchObject({ lost: 2 })
})

test('a map of classes gives an object a connected part, or one a class when that is asked', async () => {
  project.write('masks/a.png', await png(map))
  project.write('masks/classes.txt', '_background_\ncat\ndog\nunused\n')
  const looked = await project.look(join(project.top, 'masks'), { parts: 'together' })
  expect(looked).toMatchObject({ format: 'Masks of classes', parts: 'together', added: 2, leftOut: 0 })
  const { report } = await project.take(join(project.top, 'masks'))
  expect(report).toMatchObject({ parts: 'apart', added: 3, leftOut: 0 })
  expect(report.classes.map(({ name }) => name)).toEqual(['cat', 'dog', 'unused'])
  expect(await boxesOf()).toEqual({
    'a.png': [
      ['cat', 1],
      ['cat', 1],
      ['dog', 1],
    ],
  })
})

test('VOC’s segmentation is recognised without XML: objects by their values, classes by VOC’s own list', async () => {
  project.write('VOC/SegmentationClass/a.png', await png(map, vocPalette()))
  project.write('VOC/SegmentationObject/a.png', await png(objectMap, vocPalette()))
  project.write('VOC/SegmentationClass/b.png', await png(map, vocPalette()))
  project.write('VOC/SegmentationObject/c.png', await png(objectMap, vocPalette()))
  const { report } = await project.take(join(project.top, 'VOC'))
  expect(report).toMatchObject({ format: 'Pascal VOC masks', images: 3, added: 9, leftOut: 0 })
  expect(report.notes.join(' ')).toMatch(/taken for the classes of VOC2012.*objects are called "unnamed"/)
  const found = await boxesOf()
  expect(found['a.png']).toEqual([
    ['aeroplane', 1],
    ['aeroplane', 1],
    ['bicycle', 1],
  ])
  expect(found['b.png']).toEqual(found['a.png'])
  expect(found['c.png']!.map(([label]) => label)).toEqual(['unnamed', 'unnamed', 'unnamed'])
})

test('a folder of SegmentationClass alone, with names of its own; colours as CVAT writes them', async () => {
  const rgba = new Uint8Array(size.width * size.height * 4)
  map.forEach((value, at) => {
    const colour = value === 1 ? [250, 50, 83] : value === 2 ? [36, 179, 83] : [0, 0, 0]
    rgba.set([...colour, 255], at * 4)
  })
  project.write(
    'cvat/SegmentationClass/b.png',
    await Transformer.fromRgbaPixels(rgba, size.width, size.height).png(),
  )
  project.write(
    'cvat/labelmap.txt',
    '# label:color_rgb:parts:actions\nbackground:0,0,0::\nHündin:250,50,83::\ncar:36,179,83::\n',
  )
  project.write('list/SegmentationClass/a.png', await png(map))
  project.write('list/class_names.txt', '_background_\none\ntwo\n')
  expect((await project.take(join(project.top, 'cvat/SegmentationClass'))).report).toMatchObject({
    added: 3,
    leftOut: 0,
    problems: [],
  })
  await project.take(join(project.top, 'list'), { parts: 'together' })
  const found = await boxesOf()
  expect(found['b.png']!.map(([label]) => label)).toEqual(['Hündin', 'Hündin', 'car'])
  expect(found['a.png']).toEqual([
    ['one', 2],
    ['two', 1],
  ])
})

test('beside XML, pictures with maps alone are taken too; photos in colours are no maps', async () => {
  const object =
    '<object><name>cat</name><bndbox><xmin>1</xmin><ymin>1</ymin><xmax>3</xmax><ymax>4</ymax></bndbox></object>'
  project.write('VOC/Annotations/a.xml', `<annotation>${object}</annotation>`)
  project.write('VOC/SegmentationObject/a.png', await png(objectMap, vocPalette()))
  project.write('VOC/SegmentationClass/a.png', await png(map, vocPalette()))
  project.write('VOC/SegmentationClass/b.png', await png(map, vocPalette()))
  expect((await project.take(join(project.top, 'VOC'))).report.images).toBe(2)
  const found = await boxesOf()
  expect(found['a.png']).toEqual([['cat', 1]])
  expect(found['b.png']).toHaveLength(3)
  await expect(project.look(project.folder)).rejects.toThrow('holds no label files')
})

test('a picture of thousands of colours in a folder of maps is named, and the rest is read', async () => {
  const rgba = new Uint8Array(Uint32Array.from({ length: 100 * 100 }, (_, at) => 0xff000000 + at * 37).buffer)
  project.write('VOC/SegmentationClass/a.png', await Transformer.fromRgbaPixels(rgba, 100, 100).png())
  project.write('VOC/SegmentationClass/b.png', await png(map))
  const { report } = await project.take(join(project.top, 'VOC'))
  expect(report).toMatchObject({ images: 2, added: 3, leftOut: 1 })
  expect(report.problems[0]!.message).toContain('more than 2,000 colours')
})

test('masks in the opened folder are not the images that they are of', async () => {
  const whole = await openImportProject({ 'images/a.png': [12, 8], 'masks/a.png': await png(map) })
  try {
    whole.write('photos/masks/classes.txt', '_background_\ncat\ndog\n')
    const { report } = await whole.take(join(whole.folder, 'masks'))
    expect(report).toMatchObject({ images: 1, unmatched: 0, untouched: 0, added: 3 })
    expect(
      Object.entries(await whole.objects()).map(([path, objects]) => [path, objects.length]),
    ).toContainEqual(['images/a.png', 3])
  } finally {
    await whole.close()
  }
})

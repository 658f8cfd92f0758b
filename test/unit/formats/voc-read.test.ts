/** What is read of Pascal VOC's XML, and what a stranger's XML can't do. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { encodePng } from '../../../core/export/png.ts'
import { vocExtras } from '../../../core/formats/voc/extras.ts'
import { readVocText } from '../../../core/formats/voc/read.ts'
import { withMasks } from '../../../core/formats/voc/read-masks.ts'
import { vocXml } from '../../../core/formats/voc/xml.ts'

const xml = (objects: string, size = '<size><width>100</width><height>80</height><depth>3</depth></size>') =>
  `<?xml version="1.0"?><annotation><filename>a.jpg</filename>${size}${objects}</annotation>`
const object = (name: string, ...[xmin, ymin, xmax, ymax]: (number | string)[]) =>
  `<object><name>${name}</name><bndbox><xmin>${xmin}</xmin><ymin>${ymin}</ymin><xmax>${xmax}</xmax><ymax>${ymax}</ymax></bndbox></object>`
const boxes = (text: string) => readVocText(text, 'a.xml').objects.map(({ box }) => box)

test('whole pixels count from 1 with the last inside; fractions and a 0 count from the corner', () => {
  expect(boxes(xml(object('a', 1, 1, 100, 80)))).toEqual([[0, 0, 100, 80]])
  expect(boxes(xml(object('a', 0, 10, 20, 30)))).toEqual([[0, 10, 20, 30]])
  expect(boxes(xml(object('a', 1, 10.5, 20, 30)))).toEqual([[1, 10.5, 20, 30]])
})

test('names come back as they were written; one object and none are read too', () => {
  const name = `R&D <"cat's">`
  const file = { folder: 'd', filename: 'a.jpg', size: { width: 100, height: 80 }, hasMasks: false }
  const written = vocXml({
    ...file,
    objects: [{ name, extras: vocExtras(null, false), box: { xmin: 1, ymin: 2, xmax: 3, ymax: 4 } }],
  })
  expect(readVocText(written, 'a.xml').objects).toEqual([
    expect.objectContaining({ label: name, box: [0, 1, 3, 4], size: { width: 100, height: 80 } }),
  ])
  expect(readVocText(vocXml({ ...file, objects: [] }), 'a.xml')).toEqual({ objects: [], problems: [] })
  expect(readVocText('<annotation/>', 'a.xml').objects).toEqual([])
  expect(
    readVocText(xml(object('a', 1, 1, 5, 5), '<size><width>0</width></size>'), 'a.xml').objects[0]!.size,
  ).toBeNull()
})

const said = (inner: string) =>
  readVocText(xml(object('car', 11, 21, 30, 40).replace('<bndbox>', `${inner}<bndbox>`)), 'a.xml').objects[0]!

test('truncated, difficult, occluded and a pose are attributes; 0 and Unspecified say nothing', () => {
  expect(
    said('<pose>Left</pose><truncated>1</truncated><difficult>1</difficult><occluded>1</occluded>').extras,
  ).toEqual({
    attributes: { truncated: true, difficult: true, occluded: true, pose: 'Left' },
    groupId: null,
    trackId: null,
  })
  expect(
    said('<pose>Unspecified</pose><truncated>0</truncated><difficult>0</difficult>').extras,
  ).toBeUndefined()
  expect(said('<pose/><truncated>yes</truncated><attributes/>').extras).toBeUndefined()
})

const attribute = (name: string, value: string) =>
  `<attribute><name>${name}</name><value>${value}</value></attribute>`

test('attributes of CVAT: numbers, yes and no, a track; a turned rectangle is turned', () => {
  const { extras, shape, box } = said(
    `<attributes>${attribute('rotation', '90.0')}${attribute('track_id', '4')}${attribute('keyframe', 'True')}` +
      `${attribute('speed', '12.5')}${attribute('a&amp;b', 'x')}<attribute><name>odd</name></attribute></attributes>`,
  )
  expect(extras).toEqual({
    attributes: { keyframe: true, speed: 12.5, 'a&b': 'x' },
    groupId: null,
    trackId: 4,
  })
  expect(shape.type).toBe('rotated')
  expect(box.map((value) => Math.round(value * 1e6) / 1e6)).toEqual([10, 20, 30, 40])
  expect(said(`<attributes>${attribute('rotation', '0.0')}</attributes>`)).toMatchObject({
    shape: { type: 'box' },
  })
  expect(said(`<attributes>${attribute('rotation', '0.0')}</attributes>`).extras).toBeUndefined()
})

test('every attribute comes back from our own file as it was, texts that look like numbers among them', () => {
  const attributes = {
    truncated: false,
    difficult: true,
    occluded: 'partly',
    pose: 7,
    rotation: 30,
    track_id: 'x',
    count: '12',
    sure: 'true',
    blanks: '  a\nb ',
    empty: '',
    share: 0.25,
    '<x>': false,
  }
  const written = vocXml({
    folder: 'd',
    filename: 'a.jpg',
    size: { width: 100, height: 80 },
    hasMasks: false,
    objects: [
      {
        name: 'a',
        extras: vocExtras({ attributes, groupId: 3, trackId: 5 }, true),
        box: { xmin: 1, ymin: 2, xmax: 3, ymax: 4 },
      },
    ],
  })
  expect(written).toContain('<truncated>1</truncated>')
  expect(readVocText(written, 'a.xml').objects[0]).toMatchObject({
    shape: { type: 'box' },
    extras: { attributes, groupId: 3, trackId: 5 },
  })
})

test('a box that is none is said, and the rest goes on', () => {
  const { objects, problems } = readVocText(
    xml(object('a', 'NaN', 1, 5, 5) + object('b', 1, 1, 5, 5)),
    'a.xml',
  )
  expect(objects.map(({ label }) => label)).toEqual(['b'])
  expect(problems.map(({ message }) => message)).toEqual([
    'a.xml, object 1 is no box (bndbox.xmin must be a number); it is left out.',
  ])
})

test.each([
  ['entities', '<!DOCTYPE x [<!ENTITY a "aaaa">]><annotation>&a;</annotation>', 'document type'],
  ['depth', '<a>'.repeat(100_000), 'deeper'],
  ['another XML', '<svg/>', 'no file of Pascal VOC'],
  ['no XML', 'x', 'no file of Pascal VOC'],
])('%s are refused in words', (_, text, message) => expect(() => readVocText(text, 'a.xml')).toThrow(message))

test('a million open brackets take no time', () => {
  expect(() => readVocText('<a'.repeat(1_000_000), 'a.xml')).toThrow('a.xml')
})

test('a mask goes to the object whose box it fills; what fits none, or can’t be read, is said', async () => {
  const top = mkdtempSync(join(tmpdir(), 'maskwright-voc-'))
  try {
    const file = join(top, 'Annotations', 'a.xml')
    const masks = join(top, 'SegmentationObject', 'a.png')
    mkdirSync(dirname(masks))
    const size = '<size><width>10</width><height>8</height></size>'
    const text = xml(
      object('big', 1, 1, 6, 8) + object('small', 2, 2, 4, 4) + object('box', 8, 8, 9, 8),
      size,
    )
    const data = new Uint8Array(80)
    const fill = (value: number, x0: number, y0: number, x1: number, y1: number) => {
      for (let y = y0; y < y1; y++) data.fill(value, y * 10 + x0, y * 10 + x1)
    }
    // The numbers stand in another order than in the XML; the last fits none; 255 is no object.
    fill(2, 0, 0, 6, 8)
    fill(1, 1, 1, 4, 4)
    fill(3, 9, 0, 10, 1)
    fill(255, 9, 1, 10, 2)
    writeFileSync(masks, await encodePng(data, { width: 10, height: 8 }, new Uint8Array(768)))
    const read = () => withMasks(readVocText(text, 'a.xml'), file, 'a.xml')
    const { objects, problems } = await read()
    expect(
      objects.map(({ label, shape }) => [label, shape.type === 'raster' ? shape.raster.width : shape.type]),
    ).toEqual([
      ['big', 6],
      ['small', 3],
      ['box', 'box'],
    ])
    expect(problems.map(({ message }) => message)).toEqual([
      'a.xml: 1 of its masks fit the box of no object; they are left out.',
    ])
    writeFileSync(masks, 'no picture')
    const broken = await read()
    expect(broken.objects.every(({ shape }) => shape.type === 'box')).toBe(true)
    expect(broken.problems[0]!.message).toContain("its masks can't be read")
  } finally {
    rmSync(top, { recursive: true, force: true })
  }
})

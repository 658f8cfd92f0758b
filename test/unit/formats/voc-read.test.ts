/** What is read of Pascal VOC's XML, and what a stranger's XML can't do. */
import { expect, test } from 'vitest'
import { readVocText } from '../../../core/formats/voc/read.ts'
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
    objects: [{ name, isTruncated: false, box: { xmin: 1, ymin: 2, xmax: 3, ymax: 4 } }],
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

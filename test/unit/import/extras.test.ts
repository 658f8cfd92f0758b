/** Attributes, groups, tracks, tags and flags that files have: what is taken, and what a hostile file can't do. */
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { imageRecordOf } from '../../../common/new-records.ts'
import { diffOf } from '../../../common/diff.ts'
import { limits } from '../../../common/limits.ts'
import { ensureDone, runWork } from '../../../common/work-client.ts'
import { readAttributes, readMarks, readNumber } from '../../../core/import/extras.ts'
import { openImportProject, type ImportProject } from './project.ts'

let project: ImportProject
beforeEach(async () => {
  project = await openImportProject({ 'a.png': [100, 80], 'b.png': [100, 80] })
})
afterEach(() => project.close())

const imagesOf = async ({ client }: ImportProject) =>
  (await client.call('images.list', { offset: 0, limit: 9, filter: { text: '', show: 'all' } })).items

const saidOf = async (of: ImportProject, path: string) => {
  const image = (await imagesOf(of)).find((one) => one.path === path)!
  const { annotations } = await of.client.call('images.open', { imageId: image.id })
  return {
    tags: image.tags,
    flag: image.flag,
    objects: annotations.map(({ attributes, groupId, trackId }) => ({ attributes, groupId, trackId })),
  }
}

test('COCO as CVAT exports it, and with the fields of our own; an image with tags alone gets them too', async () => {
  const record = (id: number, more: object) => ({
    id,
    image_id: 1,
    category_id: 1,
    bbox: [id * 10, 5, 8, 8],
    ...more,
  })
  const file = project.write('cvat.json', {
    images: [
      { id: 1, file_name: 'a.png', tags: ['night', ' Night ', 7], flag: 'look' },
      { id: 2, file_name: 'b.png', tags: ['rain'] },
    ],
    categories: [{ id: 1, name: 'car' }],
    annotations: [
      record(1, { attributes: { occluded: true, colour: 'red', track_id: 4, rotation: 0.5 } }),
      record(2, { track_id: 5, group_id: 6 }),
      record(3, {
        attributes: { deep: { a: 1 }, list: [1], none: null, ok: 'yes' },
        track_id: -1,
        group_id: 'x',
      }),
    ],
  })
  const { report, run } = await project.take(file)
  expect(report).toMatchObject({ added: 3, marked: 2, leftOut: 0 })
  expect(report.changes.map(({ message }) => message)).toEqual([
    expect.stringContaining('Attributes without a name'),
  ])
  expect(await saidOf(project, 'a.png')).toEqual({
    tags: ['night'],
    flag: 'look',
    objects: [
      { attributes: { occluded: true, colour: 'red', rotation: 0.5 }, groupId: null, trackId: 4 },
      { attributes: {}, groupId: 6, trackId: 5 },
      { attributes: { ok: 'yes' }, groupId: null, trackId: null },
    ],
  })
  expect(await saidOf(project, 'b.png')).toMatchObject({ tags: ['rain'], flag: null })
  const attributesOfCar = async () => {
    const { labels } = await project.client.call('labels.list', {})
    return labels.find(({ name }) => name === 'car')?.attributes
  }
  expect(await attributesOfCar()).toEqual([
    { name: 'occluded', type: 'yes-no', choices: [] },
    { name: 'colour', type: 'choice', choices: ['red'] },
    { name: 'rotation', type: 'number', choices: [] },
    { name: 'ok', type: 'choice', choices: ['yes'] },
  ])
  await project.client.call('edit.undoRun', { run })
  expect(await attributesOfCar()).toBeUndefined()
})

test('LabelMe: flags, description, attributes; several classes with one number are a group', async () => {
  const shape = (label: string, x: number, more: object) => ({
    label,
    points: [
      [x, 5],
      [x + 8, 15],
    ],
    shape_type: 'rectangle',
    ...more,
  })
  project.write('json/a.json', {
    shapes: [
      shape('person', 5, { group_id: 3, flags: { standing: true, seen: false }, description: 'tall' }),
      shape('helmet', 25, { group_id: 3, attributes: { colour: 'red' }, difficult: true }),
      shape('person', 45, { group_id: 9, flags: 'none', description: ' ', difficult: false }),
    ],
    flags: { night: true, rain: false },
    imageWidth: 100,
    imageHeight: 80,
  })
  await project.take(join(project.top, 'json'))
  expect(await saidOf(project, 'a.png')).toEqual({
    tags: ['night'],
    flag: null,
    objects: [
      { attributes: { standing: true, seen: false, description: 'tall' }, groupId: 3, trackId: null },
      { attributes: { colour: 'red', difficult: true }, groupId: 3, trackId: null },
      { attributes: {}, groupId: null, trackId: null },
    ],
  })
})

test('names, lengths, counts and kinds are held against the limits', () => {
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`n${index}`, index]))
  expect(Object.keys(readAttributes(many).attributes)).toHaveLength(limits.attributes)
  const hostile = JSON.parse(
    `{"__proto__": {"x": 1}, "": 1, "\\u202ename\\u0000": "a\\u0007b", "${'n'.repeat(999)}": "${'t'.repeat(9999)}"}`,
  ) as unknown
  const { attributes, lost } = readAttributes(hostile)
  expect(Object.entries(attributes).map(([name, value]) => [name.length, String(value).length])).toEqual([
    [4, 3],
    [limits.attributeName, limits.attributeText],
  ])
  expect(lost).toContain('left out')
  expect(lost).toContain('cut after')
  expect(Object.getPrototypeOf(attributes)).toBe(Object.prototype)
  for (const value of [[1], 'text', 7]) expect(readAttributes(value).attributes).toEqual({})
  expect([2 ** 31, -1, 1.5, NaN, '12', '1e3', {}].map(readNumber)).toEqual([
    null,
    null,
    null,
    null,
    12,
    null,
    null,
  ])
  const tags = Array.from({ length: 5000 }, (_, index) => `tag ${index}`)
  expect(readMarks(tags, 'f'.repeat(9999))).toMatchObject({ flag: 'f'.repeat(limits.note) })
  expect(readMarks(tags, null)!.tags).toHaveLength(limits.tagsOfImage)
  expect(readMarks({}, 5)).toBeNull()
})

test('a report says what a format leaves out, and how it is written', async () => {
  const file = project.write('in.json', {
    images: [{ id: 1, file_name: 'a.png', tags: ['rain'] }],
    categories: [{ id: 1, name: 'car' }],
    annotations: [
      {
        id: 1,
        image_id: 1,
        category_id: 1,
        bbox: [10, 5, 8, 8],
        score: 0.5,
        attributes: { a: 1 },
        track_id: 2,
      },
    ],
  })
  await project.take(file)
  const [image] = await imagesOf(project)
  const record = imageRecordOf(image!)
  await project.client.call('edit.commit', {
    diff: diffOf({ images: { updated: [[record, { ...record, flag: '', reviewed: { by: '', at: 1 } }]] } }),
  })
  const notesOf = async (format: string, options = {}) => {
    const request = {
      format,
      out: join(project.top, format),
      copyImages: false,
      validation: 0.2,
      seed: 0,
      options,
    }
    return ensureDone(await runWork(project.client, 'export', request)).detail!.notes.filter((note) =>
      note.startsWith('Not written'),
    )
  }
  const all =
    'attributes of one object, tracks of one object, tags of one image, flags of one image, reviews of one image'
  expect(await notesOf('yolo-det')).toEqual([
    `Not written: ${all}. The format has no place for them.`,
    'Not written: scores of one object. The format has no place for them.',
  ])
  expect(await notesOf('coco')).toEqual([
    `Not written: ${all}. To have them: “Write attributes, groups and tags” (--attributes).`,
    'Not written: scores of one object. To have them: “Write scores” (--score).',
  ])
  expect(await notesOf('coco', { attributes: true, score: true })).toEqual([])
  expect(await notesOf('csv', { attributes: true })).toEqual([])
})

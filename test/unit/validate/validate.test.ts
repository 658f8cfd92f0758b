/** What `validate` says of labels that were made on a photo without its EXIF turn, and of labels that are pictures. */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { allFormats } from '../../../core/formats/all-formats.ts'
import { encodePng } from '../../../core/export/png.ts'
import { probeImage } from '../../../core/images/read-file.ts'
import { validateLabels } from '../../../core/validate/validate.ts'

const photo = join(import.meta.dirname, '../../fixtures/images/exif-6.jpg')

let top: string
beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'maskwright-validate-'))
  mkdirSync(join(top, 'images'))
  copyFileSync(photo, join(top, 'images/a.jpg'))
})
afterEach(() => rmSync(top, { recursive: true }))

/** Two boxes of an image of these sides. */
const validated = async (width: number, height: number) => {
  const annotations = [1, 2].map((id) => ({
    id,
    image_id: 1,
    category_id: 1,
    bbox: [id, id, 5, 4],
    area: 20,
    iscrowd: 0,
  }))
  const file = join(top, 'instances.json')
  const images = [{ id: 1, file_name: 'a.jpg', width, height }]
  writeFileSync(file, JSON.stringify({ images, annotations, categories: [{ id: 1, name: 'cat' }] }))
  return validateLabels(allFormats, { path: file }, join(top, 'images'))
}

test('labels of the photo as its pixels are stored are told once a photo; those of the upright one are fine', async () => {
  const { width, height } = await probeImage(photo)
  expect(width).not.toBe(height)
  expect((await validated(width, height)).wrong).toEqual([])
  const { wrong } = await validated(height, width)
  expect(wrong).toHaveLength(1)
  expect(wrong[0]).toMatchObject({
    image: 'a.jpg',
    message: expect.stringContaining('without the turn that its EXIF tag asks for') as string,
  })
})

test('masks are not the images that they are of: where those are missing it is said', async () => {
  const masks = join(top, 'set/masks')
  mkdirSync(masks, { recursive: true })
  writeFileSync(join(top, 'set/classes.txt'), 'cat\n')
  writeFileSync(join(masks, 'a.png'), await encodePng(new Uint8Array(48).fill(1), { width: 8, height: 6 }))
  const alone = await validateLabels(allFormats, { path: join(top, 'set') }, null)
  expect(alone.wrong.map(({ message }) => message)).toEqual([
    expect.stringContaining('There is no image called'),
  ])
  expect(alone.imageCount).toBe(0)
})

test('ids of COCO that are there twice or lead nowhere are told, one by one', async () => {
  const file = join(top, 'ids.json')
  const record = (id: number, category: number, x: number) => ({
    id,
    image_id: 1,
    category_id: category,
    bbox: [x, 2, 5, 4],
  })
  const { width, height } = await probeImage(photo)
  writeFileSync(
    file,
    JSON.stringify({
      images: [{ id: 1, file_name: 'a.jpg', width, height }],
      categories: [
        { id: 1, name: 'cat' },
        { id: 1, name: 'dog' },
        { id: 2, name: 'cow' },
      ],
      annotations: [record(1, 1, 1), record(2, 2, 2), record(1, 2, 3), record(4, 9, 4)],
    }),
  )
  const { wrong, objects } = await validateLabels(allFormats, { path: file }, join(top, 'images'))
  expect(objects).toBe(4)
  expect(wrong.map(({ message }) => message)).toEqual([
    'ids.json: two classes have the id 1; the later one counts, dog.',
    'ids.json, record 3 has the id 1, as record 1 has.',
    'ids.json, record 4 is of a class 9, which the file does not have; an import calls it "class 9".',
  ])
})

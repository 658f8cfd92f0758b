/** Originals and project files stay, whatever the marker of an earlier export lists. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { EXPORT_MARKER } from '../../../core/export/marker.ts'
import { createFolder, exportFrom, labelsOf, type TestFolder } from './folder.ts'
import { disc } from './shapes.ts'

const made: TestFolder[] = []
afterEach(() => made.splice(0).forEach((folder) => folder.remove()))

const paths = ['a.png', 'sub/b.png', 'train/c.png']
const projectFiles = ['.maskwright/project.sqlite', 'sub/.maskwright/project.sqlite']

const setUp = (outOf: (folder: TestFolder) => string, kind: string) => {
  const project = createFolder(
    paths.map((path) => ({ path, shapes: [disc] })),
    labelsOf('cat'),
  )
  made.push(project)
  const { folder } = project
  for (const path of projectFiles) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), 'a project')
  }
  const out = outOf(project)
  const files = [...paths, ...projectFiles]
    .map((path) => relative(out, join(folder, path)).split(sep).join('/'))
    .filter((path) => !path.startsWith('..'))
  writeFileSync(join(out, 'old.txt'), '')
  writeFileSync(
    join(out, EXPORT_MARKER),
    JSON.stringify({ note: '', family: kind, files: [...files, 'old.txt'], sources: {} }),
  )
  const contents = () =>
    [...paths, ...projectFiles].map((path) =>
      existsSync(join(folder, path)) ? readFileSync(join(folder, path)).toString('hex') : null,
    )
  return { project, out, contents }
}

const places = {
  'above the images': ({ top }: TestFolder) => top,
  'among the images': ({ folder }: TestFolder) => join(folder, 'sub'),
}

for (const [where, outOf] of Object.entries(places))
  for (const format of ['yolo-det', 'coco'] as const)
    test.each([true, false])(`${format} ${where}, with copies: %s`, async (copyImages) => {
      const { project, out, contents } = setUp(outOf, format === 'coco' ? 'coco' : 'yolo')
      const before = contents()
      await exportFrom(project.source, { format, out, copyImages, validation: 0 })
      expect(contents()).toEqual(before)
      // The marker is believed in the rest.
      expect(existsSync(join(out, 'old.txt'))).toBe(false)
    })

test('an export that would write among the images is refused before it writes', async () => {
  const { project, contents } = setUp(({ top }) => top, 'yolo')
  const images = join(project.top, 'images')
  const source = { ...project.source, folder: images }
  mkdirSync(images)
  const before = contents()
  await expect(
    exportFrom(source, { format: 'yolo-det', out: project.top, copyImages: true }),
  ).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('among the images') as string,
  })
  expect(contents()).toEqual(before)
  expect(existsSync(join(images, 'train'))).toBe(false)
})

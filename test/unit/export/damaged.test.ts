/** Objects that can't be read stop no export: they are left out by name, and teach nobody that nothing is there. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createFolder, exportFrom, labelsOf } from './folder.ts'
import { disc } from './shapes.ts'

const REASON = 'Its outline can’t be read.'

test.each(['coco', 'yolo-det', 'yolo-seg'] as const)('%s names them and writes the rest', async (format) => {
  const project = createFolder(
    [
      { path: 'sound.png', shapes: [disc] },
      { path: 'partly.png', shapes: [disc] },
      { path: 'all.png', status: 'done' },
    ],
    labelsOf('cat'),
  )
  onTestFinished(() => project.remove())
  const read = (ids: readonly number[]) =>
    project.source.read(ids).map((one) => ({
      ...one,
      damaged:
        one.image.path === 'sound.png'
          ? []
          : [{ sequence: 7, id: 'broken', labelId: 'label-0', reason: REASON }],
    }))
  const out = join(project.top, 'out')
  const report = await exportFrom({ ...project.source, read }, { format, out, validation: 0 })
  expect(report).toMatchObject({ images: 2, annotations: 2 })
  const message = expect.stringContaining(REASON) as string
  for (const image of ['partly.png', 'all.png'])
    expect(report.leftOut).toContainEqual({ image, annotationId: 'broken', message })
  expect(report.leftOut).toContainEqual({
    image: 'all.png',
    annotationId: null,
    message: expect.stringContaining('all its objects are damaged') as string,
  })
  const written = readdirSync(out, { recursive: true, encoding: 'utf8' })
  expect(written.filter((name) => name.includes('all.'))).toEqual([])
})

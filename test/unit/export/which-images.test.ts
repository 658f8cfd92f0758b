/** Which images an export takes: those that a filter means, those that are done; the others are counted in the report. */
import { afterEach, expect, it } from 'vitest'
import { createFolder, exportFrom, labelsOf, type TestFolder } from './folder.ts'
import { disc } from './shapes.ts'
import { join } from 'node:path'

const made: TestFolder[] = []
afterEach(() => made.splice(0).forEach((folder) => folder.remove()))

it('takes what is asked for, and says how many are not', async () => {
  const project = createFolder(
    [
      { path: 'a/1.png', shapes: [disc], status: 'done' },
      { path: 'a/2.png', shapes: [disc] },
      { path: 'b/3.png', shapes: [disc], status: 'done' },
    ],
    labelsOf('cat'),
  )
  made.push(project)
  const takes = async (asked: object) => {
    const { files, leftOut } = await exportFrom(project.source, {
      out: join(project.top, 'out'),
      format: 'coco',
      ...asked,
    })
    return {
      images: files.filter((name) => name.startsWith('images/')),
      leftOut: leftOut.map(({ message }) => message),
    }
  }
  const filter = { text: 'a/', show: 'all' } as const
  expect(await takes({ filter })).toEqual({
    images: ['images/a/1.png', 'images/a/2.png'],
    leftOut: ['An image outside of the filter: only the others were asked for.'],
  })
  expect(await takes({ filter, onlyDone: true })).toEqual({
    images: ['images/a/1.png'],
    leftOut: [
      'An image outside of the filter: only the others were asked for.',
      'An image that is not marked done: only the others were asked for.',
    ],
  })
  expect((await takes({})).leftOut).toEqual([])
})

/** A format that is registered as any other, driven through the contract: written by an export, read by Boxes to masks. */
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { diffOf } from '../../../common/diff.ts'
import { runWork, startWork } from '../../../common/work-client.ts'
import { allFormats } from '../../../core/formats/all-formats.ts'
import { readLabels } from '../../../core/import/read-labels.ts'
import { pngOf } from '../export/folder.ts'
import { annotationOf, temporaryFolder } from '../store/records.ts'
import { toyFormat } from './toy-format.ts'
import { openCore } from '../../support/open-core.ts'

const formats = [...allFormats, toyFormat]

const setUp = async () => {
  const top = temporaryFolder()
  const folder = join(top, 'photos')
  mkdirSync(folder)
  writeFileSync(join(folder, 'a.png'), pngOf(60, 40))
  const { core, client } = openCore(join(top, 'data'), { formats })
  onTestFinished(() => core.close())
  await client.call('project.open', { folder })
  const { labels } = await client.call('labels.list', {})
  const filter = { text: '', show: 'all' } as const
  const { items } = await client.call('images.list', { offset: 0, limit: 9, filter })
  const shape = { type: 'rectangle', x: 10, y: 5, width: 20, height: 50 } as const
  const one = { ...annotationOf('one', items[0]!.id), labelId: labels[0]!.id, shape }
  await client.call('edit.commit', { diff: diffOf({ annotations: { added: [one] } }) })
  return { top, client }
}

test('it is exported as it says, and its own file is read again', async () => {
  const { top, client } = await setUp()
  const out = join(top, 'out')
  const request = { format: 'lines', out, copyImages: false, validation: 0, seed: 0 }
  const { state, detail } = await runWork(client, 'export', request)
  expect([state, detail?.format, detail?.annotations]).toEqual(['done', 'lines', 1])
  const file = join(out, 'objects.lines')
  expect(readFileSync(file, 'utf8')).toBe('a.png;object;10;5;20;35')

  appendFileSync(file, '\na.png;dog;1')
  const { images, problems } = await readLabels(formats, { path: file })
  expect(images).toMatchObject([{ name: 'a.png', objects: [{ label: 'object', box: [10, 5, 30, 40] }] }])
  expect(problems.map(({ message }) => message)).toEqual([
    'objects.lines, line 2 is no object; it is left out.',
  ])
  // Without a model the run waits at its first box.
  const id = await startWork(client, 'boxes', { source: { path: file }, scope: { kind: 'project' } })
  const listed = async () => (await client.call('work.list', {})).works.find((work) => work.id === id)
  await expect.poll(listed).toMatchObject({
    total: 1,
    leftOut: [{ message: 'objects.lines, line 2 is no object; it is left out.' }],
  })
  await client.call('work.cancel', { id })
})

test('its folder takes no export of another kind, and a format that nobody registered is refused', async () => {
  const { top, client } = await setUp()
  const request = { format: 'lines', out: join(top, 'out'), copyImages: false, validation: 0, seed: 0 }
  await runWork(client, 'export', request)
  const other = await runWork(client, 'export', { ...request, format: allFormats[0]!.about.id })
  expect(other.failure?.message).toContain('holds a LINES export')
  await expect(startWork(client, 'export', { ...request, format: 'none' })).rejects.toMatchObject({
    code: 'bad-input',
  })
})

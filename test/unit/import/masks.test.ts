/** Boxes of labels become masks within the import, with the real model: one undo, and a run that is gone on with. */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ImportRequest } from '../../../common/contract/import.ts'
import { runWork } from '../../../common/work-client.ts'
import { openImportProject, type ImportProject } from './project.ts'

// Each test encodes photos: seconds alone, minutes on a machine that is busy with other tests.
vi.setConfig({ testTimeout: 300_000 })

const names = ['astronaut.jpg', 'coffee.jpg', 'coins.png']
const sample = (name: string) => readFileSync(join(import.meta.dirname, '../../../projects/sample', name))

let project: ImportProject
let request: ImportRequest
beforeEach(async () => {
  project = await openImportProject(Object.fromEntries(names.map((name) => [name, sample(name)])), {
    withModel: true,
  })
  const { write } = project
  write('labels/astronaut.txt', '1 0.43 0.2 0.22 0.3\n')
  // A cup with its outline, and a saucer.
  write('labels/coffee.txt', '0 0.3 0.1 0.68 0.1 0.68 0.75 0.3 0.75\n2 0.5 0.5 0.8 0.8\n')
  write('labels/coins.txt', '3 0.2 0.2 0.2 0.2\n3 0.5 0.5 0.2 0.2\n')
  const path = dirname(write('labels/classes.txt', 'cup\nface\nsaucer\ncoin\n'))
  request = { source: { path }, existing: 'keep', boxes: 'masks', quality: 'fast' }
})
afterEach(() => project.close())

const made = async () => {
  const found = Object.values(await project.objects()).flat()
  return found.map(({ label }) => label).sort()
}
const all = ['coin', 'coin', 'cup', 'face', 'saucer']

test('outlines stay as they are, boxes become masks, and one undo takes all of it back', async () => {
  const { client, objects } = project
  const look = await runWork(client, 'import-look', request)
  expect(look.detail).toMatchObject({ added: 1, boxesLeft: 4, masks: 0 })
  const end = await runWork(client, 'import', request)
  expect(end).toMatchObject({
    state: 'done',
    message: '1 object added. 4 masks made of 4 boxes.',
    detail: { objects: 5, report: { added: 1, boxesLeft: 4, masks: 4 } },
  })
  expect(await made()).toEqual(all)
  expect((await objects())['astronaut.jpg']![0]!.shape).toMatchObject({ type: 'polygon' })
  expect(await runWork(client, 'import', request)).toMatchObject({
    detail: { report: { masks: 0, already: 1 } },
  })
  await client.call('edit.undoRun', { run: end.id })
  expect(await objects()).toEqual({})
  expect((await client.call('labels.list', {})).labels).toHaveLength(1)
})

test('cancelled among the masks it keeps what was made; the next import makes the rest', async () => {
  const { client } = project
  const cancelled = await runWork(client, 'import', request, ({ id, detail }) => {
    // The outline, and the first photo's mask.
    if ((detail?.objects ?? 0) >= 2) void client.call('work.cancel', { id })
  })
  expect(cancelled.state).toBe('cancelled')
  const kept = await made()
  expect(kept).toEqual(expect.arrayContaining(['cup', 'face']))
  expect(kept.length).toBeLessThan(all.length)
  expect((await client.call('edit.runs', {})).runs).toContainEqual(
    expect.objectContaining({ run: cancelled.id, objects: kept.length }),
  )
  const rest = await runWork(client, 'import', request)
  expect(rest.detail?.report).toMatchObject({ masks: all.length - kept.length, already: 1 })
  expect(await made()).toEqual(all)
})

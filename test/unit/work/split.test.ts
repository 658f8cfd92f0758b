/** Images are divided and keep their side: through undo, through what comes later, and in exports that follow it. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { diffOf } from '../../../common/diff.ts'
import { runWork } from '../../../common/work-client.ts'
import { pngOf } from '../export/folder.ts'
import { annotationOf, temporaryFolder } from '../store/records.ts'
import { openCore } from '../../support/open-core.ts'

const shape = { type: 'rectangle', x: 10, y: 5, width: 20, height: 30 } as const

const setUp = async (count: number) => {
  const top = temporaryFolder()
  const folder = join(top, 'photos')
  mkdirSync(folder)
  const put = (index: number) => writeFileSync(join(folder, `${index}.png`), pngOf(60, 40, index))
  for (let index = 0; index < count; index++) put(index)
  const { core, client } = openCore(join(top, 'data'))
  onTestFinished(() => core.close())
  await client.call('project.open', { folder })
  const { labels } = await client.call('labels.list', {})
  const items = async () =>
    (await client.call('images.list', { offset: 0, limit: 500, filter: { text: '', show: 'all' } })).items
  const label = async () => {
    const added = (await items())
      .filter(({ annotationCount }) => annotationCount === 0)
      .map((image) => ({ ...annotationOf(`of-${image.id}`, image.id), labelId: labels[0]!.id, shape }))
    await client.call('edit.commit', { diff: diffOf({ annotations: { added } }) })
  }
  const sides = async () => new Map((await items()).map(({ path, side }) => [path, side]))
  return { top, folder, client, put, label, sides, items }
}

const counts = (sides: ReadonlyMap<string, string | null>) =>
  ['train', 'val', 'test'].map((side) => [...sides.values()].filter((one) => one === side).length)

test('images get a side, keep it when others come, and lose it again by one undo of the run', async () => {
  const { folder, client, put, label, sides } = await setUp(20)
  await label()
  const request = { validation: 0.2, seed: 3, split: { test: 0.1 } }
  const first = await runWork(client, 'split', request)
  expect(first).toMatchObject({
    state: 'done',
    message: '14 images train, 4 validate, 2 test; 20 of them were put there now.',
  })
  expect(first.detail).toMatchObject({ images: { train: 14, val: 4, test: 2 } })
  expect(first.detail?.classes[0]).toMatchObject({ train: 14, val: 4, test: 2 })
  const before = await sides()
  expect(counts(before)).toEqual([14, 4, 2])

  for (let index = 20; index < 40; index++) put(index)
  await client.call('project.open', { folder })
  await expect.poll(async () => (await sides()).size).toBe(40)
  await label()
  const second = await runWork(client, 'split', { ...request, seed: 99 })
  expect(second.message).toBe('28 images train, 8 validate, 4 test; 20 of them were put there now.')
  const after = await sides()
  for (const [path, side] of before) expect(after.get(path)).toBe(side)

  await client.call('edit.undoRun', { run: second.id })
  const undone = await sides()
  expect(counts(undone)).toEqual([14, 4, 2])
  const anew = await runWork(client, 'split', { ...request, seed: 99, again: true })
  expect(anew.detail?.images).toEqual({ train: 28, val: 8, test: 4 })
  const forgotten = await runWork(client, 'split', { ...request, forget: true })
  expect(forgotten.message).toBe('40 images are on no side any more.')
  expect(counts(await sides())).toEqual([0, 0, 0])
})

test('an export follows what is stored, and stores what it divides when it is asked to', async () => {
  const { top, client, label, sides } = await setUp(20)
  await label()
  const request = { format: 'coco', copyImages: false, validation: 0.2, seed: 5, options: { sets: 'split' } }
  const filesOf = (out: string) => {
    const text = readFileSync(join(out, 'annotations/instances_val.json'), 'utf8')
    return (JSON.parse(text) as { images: { file_name: string }[] }).images.map(({ file_name: name }) => name)
  }
  await runWork(client, 'export', { ...request, out: join(top, 'one') })
  expect(counts(await sides())).toEqual([0, 0, 0])
  const kept = await runWork(client, 'export', { ...request, out: join(top, 'two'), remember: true })
  expect(kept.state).toBe('done')
  const stored = await sides()
  expect(counts(stored)).toEqual([16, 4, 0])
  expect(filesOf(join(top, 'two')).every((name) => stored.get(name) === 'val')).toBe(true)
  const third = await runWork(client, 'export', {
    ...request,
    out: join(top, 'three'),
    seed: 77,
    validation: 0.5,
  })
  expect(third.detail?.notes[0]).toContain('20 where the stored split put them')
  // Ten are asked for and four are stored: none of them may leave its side.
  expect(filesOf(join(top, 'three'))).toEqual(filesOf(join(top, 'two')))
})

test('nothing to divide is said in words', async () => {
  const { client } = await setUp(2)
  const run = await runWork(client, 'split', { validation: 0.2, seed: 0 })
  expect(run.failure).toMatchObject({ code: 'not-found' })
})

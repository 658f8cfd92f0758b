/** What a check finds, and that each repair mends it, stays away from what is locked, and is undone. Real files and SQLite. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { CheckKind } from '../../../common/checks.ts'
import { diffOf, statusDiff } from '../../../common/diff.ts'
import type { Annotation, Rectangle } from '../../../common/model.ts'
import { newLabel } from '../../../common/new-label.ts'
import { ensureDone, runWork } from '../../../common/work-client.ts'
import { pngOf } from '../export/folder.ts'
import { annotationOf, temporaryFolder } from '../store/records.ts'
import { openCore } from '../../support/open-core.ts'

const box = (x: number, y: number, width: number, height: number): Rectangle => ({
  type: 'rectangle',
  x,
  y,
  width,
  height,
})

/** Three photos of 60 x 40; two classes of one name and one that is not used. */
const setUp = async () => {
  const top = temporaryFolder()
  const folder = join(top, 'photos')
  mkdirSync(folder)
  for (const index of [1, 2, 3]) writeFileSync(join(folder, `${index}.png`), pngOf(60, 40, index))
  const { core, client } = openCore(join(top, 'data'))
  onTestFinished(() => core.close())
  await client.call('project.open', { folder })
  const commit = (diff: Parameters<typeof diffOf>[0]) => client.call('edit.commit', { diff: diffOf(diff) })
  const color = '#56b4e9'
  await commit({
    labels: {
      added: ['cat', 'Cat', 'bird'].map((name, at) => newLabel({ id: name, name, color, position: at + 1 })),
    },
  })
  const put = (id: string, imageId: number, shape: Rectangle, change: Partial<Annotation> = {}) =>
    commit({ annotations: { added: [{ ...annotationOf(id, imageId), shape, ...change }] } })
  const objects = async (imageId: number) => (await client.call('images.open', { imageId })).annotations
  const check = async (...kinds: CheckKind[]) => {
    const end = ensureDone(await runWork(client, 'check', kinds.length > 0 ? { kinds } : {}))
    return { ...end.detail!, message: end.message }
  }
  const repair = async (kind: CheckKind, images?: number[]) =>
    runWork(client, 'repair', { kind, ...(images === undefined ? {} : { images }) })
  for (const imageId of [1, 2, 3]) await client.call('images.open', { imageId })
  return { client, folder, put, objects, check, repair }
}

test('objects: tiny, there twice, out of the image; each repair is undone, and what is locked stays', async () => {
  const { client, put, objects, check, repair } = await setUp()
  await put('good', 1, box(5, 5, 20, 20))
  await put('twin', 1, box(5, 5, 20, 20.5), { score: 0.5 })
  await put('other', 1, box(5, 5, 20, 20), { labelId: 'Cat' })
  await put('dot', 2, box(1, 1, 1, 30))
  await put('held', 2, box(10, 1, 1, 30), { locked: true })
  await put('over', 3, box(50, 30, 20, 20))
  await put('gone', 3, box(70, 50, 20, 20))
  await put('guess', 3, box(1, 1, 1, 1), { proposed: true })
  const { counts, findings } = await check('tiny', 'duplicate', 'outside', 'empty-done')
  expect(counts).toEqual({ tiny: 1, duplicate: 1, outside: 1, 'empty-done': 0 })
  expect(findings.map(({ image, objects: ids }) => [image, ids])).toEqual([
    ['1.png', ['twin']],
    ['2.png', ['dot', 'held']],
    ['3.png', ['over', 'gone']],
  ])

  const before = await objects(2)
  const { id, detail } = await repair('tiny')
  expect(detail).toEqual({ repaired: 1, objects: 1 })
  expect((await objects(2)).map((one) => one.id)).toEqual(['held'])
  await client.call('edit.undoRun', { run: id })
  expect((await objects(2)).toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual(before)

  await repair('duplicate')
  expect((await objects(1)).map((one) => one.id)).toEqual(['good', 'other'])
  await repair('outside')
  expect((await objects(3)).map(({ id: one, shape }) => [one, shape])).toEqual([
    ['over', box(50, 30, 10, 10)],
    ['guess', box(1, 1, 1, 1)],
  ])
  expect((await check('duplicate', 'outside')).message).toBe('Nothing is wrong.')
})

test('only the images that are meant are repaired, and what is only locked is left out by name', async () => {
  const { put, objects, repair } = await setUp()
  await put('a', 1, box(1, 1, 1, 1))
  await put('b', 2, box(1, 1, 1, 1))
  await put('c', 3, box(1, 1, 1, 1), { locked: true })
  expect((await repair('tiny', [2])).detail).toEqual({ repaired: 1, objects: 1 })
  expect([(await objects(1)).length, (await objects(2)).length]).toEqual([1, 0])
  expect(await repair('tiny', [3])).toMatchObject({
    leftOut: [{ image: '3.png', message: expect.stringContaining('locked') as string }],
  })
})

test('images: done without objects, changed, nearly the same', async () => {
  const { client, folder, put, check, repair } = await setUp()
  await put('a', 1, box(10, 10, 20, 20))
  const { image } = await client.call('images.open', { imageId: 2 })
  await client.call('edit.commit', { diff: statusDiff(image, 'done') })
  writeFileSync(join(folder, '1.png'), pngOf(30, 20, 9))
  const { counts } = await check('empty-done', 'changed-picture', 'near-picture')
  expect(counts).toMatchObject({ 'empty-done': 1, 'changed-picture': 1 })
  await repair('empty-done')
  await repair('changed-picture')
  expect((await client.call('images.open', { imageId: 2 })).image.status).toBe('todo')
  expect((await client.call('images.open', { imageId: 1 })).annotations[0]?.shape).toEqual(box(5, 5, 10, 10))
  expect((await check('empty-done', 'changed-picture')).total).toBe(0)
})

test('classes: unused ones go, twins become one', async () => {
  const { client, put, objects, check, repair } = await setUp()
  await put('a', 1, box(10, 10, 20, 20))
  await put('b', 1, box(10, 10, 20, 21))
  await put('c', 2, box(10, 10, 20, 20), { labelId: 'Cat' })
  const { findings } = await check('unused-class', 'twin-classes')
  expect(findings.map(({ kind, labels }) => [kind, labels.length])).toEqual([
    ['unused-class', 1],
    ['unused-class', 1],
    ['twin-classes', 2],
  ])
  const { id } = await repair('twin-classes')
  expect((await objects(2))[0]?.labelId).toBe('cat')
  const names = async () => (await client.call('labels.list', {})).labels.map(({ name }) => name)
  expect(await names()).toEqual(['object', 'cat', 'bird'])
  await client.call('edit.undoRun', { run: id })
  expect((await objects(2))[0]?.labelId).toBe('Cat')
  await repair('unused-class')
  expect(await names()).toEqual(['cat', 'Cat'])
})

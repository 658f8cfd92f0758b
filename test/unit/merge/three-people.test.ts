/** Three people's folders of real files, merged by the core as the window and the terminal ask it. */
import { cpSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { diffOf } from '../../../common/diff.ts'
import { messageOf } from '../../../common/errors.ts'
import { ensureDone, runWork } from '../../../common/work-client.ts'
import type { WorkRequest } from '../../../common/work-kinds.ts'
import { objectByHand } from '../../support/objects.ts'
import { pngOf } from '../export/folder.ts'
import { temporaryFolder } from '../store/records.ts'
import { openCore } from '../../support/open-core.ts'

const setUp = () => {
  const top = temporaryFolder()
  const { core, client } = openCore(join(top, 'data'))
  onTestFinished(() => core.close())
  const notices: string[] = []
  client.on('notice', ({ message }) => notices.push(message))
  const open = async (folder: string) => {
    await client.call('project.open', { folder })
    const { items } = await client.call('images.list', {
      ...{ offset: 0, limit: 500, filter: { text: '', show: 'all' } },
    })
    return new Map(items.map((item) => [item.path, item]))
  }
  const label = async (folder: string, objects: Readonly<Record<string, number>>) => {
    const items = await open(folder)
    const { labels } = await client.call('labels.list', {})
    const added = Object.entries(objects).map(([path, x]) =>
      objectByHand(
        `${folder}-${path}`.slice(-60),
        { type: 'rectangle', x, y: 5, width: 20, height: 20 },
        { imageId: items.get(path)!.id, labelId: labels[0]!.id },
      ),
    )
    await client.call('edit.commit', { diff: diffOf({ annotations: { added } }) })
  }
  const objectsOf = async (folder: string) => {
    const items = await open(folder)
    return Object.fromEntries([...items].map(([path, { annotationCount }]) => [path, annotationCount]))
  }
  return { top, client, open, label, objectsOf, notices }
}

const asked = (other: string, change: Partial<WorkRequest<'merge'>> = {}): WorkRequest<'merge'> => ({
  ...{ other, iou: 0.5, rule: 'both', decisions: [], apart: [], most: 100 },
  ...change,
})

test('renamed files, the same picture twice, other photos under one name: each is found, and nothing is dropped unsaid', async () => {
  const { top, client, open, label, objectsOf } = setUp()
  const [anna, ben, eve] = ['anna', 'ben', 'eve'].map((name) => join(top, name)) as [string, string, string]
  mkdirSync(anna)
  for (const index of [1, 2, 3]) writeFileSync(join(anna, `${index}.png`), pngOf(60, 40, index))
  writeFileSync(join(anna, 'twice.png'), pngOf(60, 40, 3))
  cpSync(anna, ben, { recursive: true })
  cpSync(anna, eve, { recursive: true })
  renameSync(join(ben, '1.png'), join(ben, 'renamed.png'))
  writeFileSync(join(eve, '2.png'), pngOf(80, 40, 9))
  writeFileSync(join(eve, 'new.png'), pngOf(60, 40, 7))
  await label(anna, { '1.png': 5, 'twice.png': 5 })
  await label(ben, { 'renamed.png': 30, 'twice.png': 5, '2.png': 5 })
  await label(eve, { '2.png': 5, 'new.png': 5, '3.png': 5 })
  const fileOf = (folder: string) => readFileSync(join(folder, '.maskwright', 'project.sqlite'))
  // One that is open writes its log into its file when it is closed.
  await open(anna)
  const before = [ben, eve].map(fileOf)

  const first = ensureDone(await runWork(client, 'merge', asked(ben)))
  expect(first.detail?.report).toMatchObject({
    images: { both: 4, onlyHere: 0, onlyThere: 0, leftOut: 0 },
    objects: { same: 1, onlyThere: 2, conflicts: 0 },
  })
  const second = ensureDone(await runWork(client, 'merge', asked(eve)))
  expect(second.detail?.report?.images).toMatchObject({ both: 3, onlyHere: 1, onlyThere: 2 })
  expect(second.detail?.report?.objects).toMatchObject({ onlyThere: 1, leftThere: 2 })
  const onlyThere = 'is only there: its 1 object can’t come without the photo.'
  expect(second.detail?.report?.lines).toEqual([
    { image: '2.png', message: 'another picture has this path there: they are not merged.' },
    { image: 'new.png', message: onlyThere },
    { image: '2.png', message: onlyThere },
  ])
  expect(await objectsOf(anna)).toEqual({ '1.png': 2, '2.png': 1, '3.png': 1, 'twice.png': 1 })
  // The others' projects were only read.
  await open(anna)
  expect([ben, eve].map(fileOf)).toEqual(before)

  await client.call('edit.undoRun', { run: second.id })
  await client.call('edit.undoRun', { run: first.id })
  expect(await objectsOf(anna)).toEqual({ '1.png': 1, '2.png': 0, '3.png': 0, 'twice.png': 1 })
}, 60_000)

test('what is no project, or the open one, is refused in words', async () => {
  const { top, client, label } = setUp()
  const anna = join(top, 'anna')
  mkdirSync(join(top, 'hostile', '.maskwright'), { recursive: true })
  mkdirSync(anna)
  writeFileSync(join(anna, '1.png'), pngOf(60, 40, 1))
  writeFileSync(join(top, 'hostile', '.maskwright', 'project.sqlite'), 'x'.repeat(5000))
  await label(anna, { '1.png': 5 })
  const refused = (other: string) => runWork(client, 'merge-look', asked(other)).then(() => null, messageOf)
  expect(await refused(join(top, 'nowhere'))).toContain('has no project')
  expect(await refused(anna)).toContain('is the project that is open')
  expect(await refused(join(top, 'hostile'))).toContain(join(top, 'hostile', '.maskwright', 'project.sqlite'))
}, 60_000)

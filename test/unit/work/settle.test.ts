/** Many photos that changed are settled by one run, which is undone, and done again, as a whole. Real files, real SQLite. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Transformer } from '@napi-rs/image'
import { expect, onTestFinished, test } from 'vitest'
import { isChanged } from '../../../common/changed-picture.ts'
import type { SettleAllRequest } from '../../../common/contract/images.ts'
import type { Work } from '../../../common/contract/work.ts'
import { diffOf } from '../../../common/diff.ts'
import type { Annotation } from '../../../common/model.ts'
import { moveWholeRun } from '../../../core/editing/undo-run.ts'
import { openProject } from '../../../core/project/project.ts'
import { settleWork } from '../../../core/work/settle.ts'
import type { WorkParts } from '../../../core/work/work-kind.ts'
import { createWorks } from '../../../core/work/works.ts'
import { pngOf } from '../export/folder.ts'
import { annotationOf, labelOf, temporaryFolder } from '../store/records.ts'

const brightPng = () => Transformer.fromRgbaPixels(new Uint8Array(120 * 80 * 4).fill(255), 120, 80).pngSync()

/** What each photo becomes: halved, turned by a quarter, another one of the same size; the last stays. */
const changes = [pngOf(60, 40), pngOf(80, 120), brightPng(), null]

const shape: Annotation['shape'] = { type: 'rectangle', x: 30, y: 20, width: 60, height: 10 }

const setUp = async () => {
  const folder = temporaryFolder()
  const file = (index: number) => join(folder, `${index}.png`)
  for (const index of changes.keys()) writeFileSync(file(index), pngOf(120, 80))
  const project = await openProject({
    folder,
    dataFolder: temporaryFolder(),
    version: '1',
    emit: () => undefined,
  })
  onTestFinished(() => project.close())
  const { store, editing, facts } = project
  editing.commit(diffOf({ labels: { added: [labelOf('cat')] } }))
  for (const id of store.images.ids()) {
    await facts.refresh(id)
    const locked = id === 1
    editing.commit(diffOf({ annotations: { added: [{ ...annotationOf(`a${id}`, id), shape, locked }] } }))
  }
  await expect.poll(() => store.images.ids().every((id) => store.pictures.get(id)?.contentHash)).toBe(true)
  for (const [index, bytes] of changes.entries()) if (bytes !== null) writeFileSync(file(index), bytes)

  const ended: { work: Work | null } = { work: null }
  const works = createWorks([settleWork({ project: () => project } as WorkParts)], (work) => {
    if (work.state === 'done' || work.state === 'failed') ended.work = work
  })
  const settle = async (how: SettleAllRequest['how']) => {
    const id = await works.start('settle', { how })
    await expect.poll(() => ended.work?.id).toBe(id)
    return ended.work!
  }
  const changed = () => store.images.ids().filter((id) => isChanged(store.images.get(id)!))
  const objects = () => store.images.ids().flatMap((id) => store.annotations.ofImage(id))
  return { editing, works, settle, changed, objects }
}

test('they follow their pictures where it is known how; the run is undone and done again', async () => {
  const { editing, works, settle, changed, objects } = await setUp()
  const before = objects()
  const { id, leftOut, message } = await settle('follow')
  expect(message).toBe('2 objects on 2 photos moved with their pictures.')
  expect(leftOut).toMatchObject([{ image: '1.png' }])
  expect(changed()).toEqual([2])
  expect(objects()[0]!.shape).toMatchObject({ x: 15, y: 10, width: 30, height: 5 })
  expect(objects().slice(1)).toEqual(before.slice(1))
  expect(editing.runs(5)).toMatchObject([{ run: id, objects: 1, images: 2, isUndone: false }])
  expect(works.titleOf(id)).toBe('Changed photos')

  expect(await moveWholeRun(() => editing, id, 'undo')).toEqual({ moved: 1, kept: 0 })
  expect(objects()).toEqual(before)
  expect(changed()).toEqual([1, 2, 3])
  expect(editing.runs(5)).toMatchObject([{ run: id, objects: 1, images: 2, isUndone: true }])

  expect(await moveWholeRun(() => editing, id, 'redo')).toEqual({ moved: 1, kept: 0 })
  expect(changed()).toEqual([2])
  expect(objects()[0]!.shape).toMatchObject({ x: 15, width: 30 })
})

test.each<[SettleAllRequest['how'], number]>([
  ['keep', 4],
  ['drop', 1],
])('%s settles all of them, and undo asks again', async (how, left) => {
  const { editing, settle, changed, objects } = await setUp()
  const before = objects()
  const { id, detail, leftOutCount } = await settle(how)
  expect(detail).toEqual({ objects: 3 })
  expect(leftOutCount).toBe(0)
  expect(changed()).toEqual([])
  expect(objects()).toHaveLength(left)
  await moveWholeRun(() => editing, id, 'undo')
  expect(objects()).toEqual(before)
  expect(changed()).toEqual([1, 2, 3])
})

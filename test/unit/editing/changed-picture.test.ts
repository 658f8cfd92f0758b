/** Photos that change under their objects: found, refused, settled and undone. With real files, a real core's parts. */
import { copyFileSync, renameSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { isChanged, settlingsOf, type Settling } from '../../../common/changed-picture.ts'
import { diffOf } from '../../../common/diff.ts'
import type { Annotation } from '../../../common/model.ts'
import { settlePicture } from '../../../core/editing/changed-picture.ts'
import { openProject } from '../../../core/project/project.ts'
import { pngOf } from '../export/folder.ts'
import { annotationOf, labelOf, temporaryFolder } from '../store/records.ts'

const boxed = (id: string): Annotation => ({
  ...annotationOf(id),
  shape: { type: 'rectangle', x: 30, y: 20, width: 60, height: 10 },
  prompts: [{ type: 'point', x: 60, y: 25, positive: true }],
})

/** A folder with one photo of 120 x 80, an object on it, and the project open. */
const setUp = async () => {
  const folder = temporaryFolder()
  const dataFolder = temporaryFolder()
  const file = join(folder, 'a.png')
  writeFileSync(file, pngOf(120, 80))
  const messages: string[] = []
  const open = async () => {
    const project = await openProject({
      folder,
      dataFolder,
      version: '1',
      emit: (event) => {
        if (event.name === 'notice') messages.push(event.payload.message)
      },
    })
    onTestFinished(() => project.close())
    return project
  }
  const project = await open()
  await project.facts.refresh(1)
  project.editing.commit(diffOf({ labels: { added: [labelOf('cat')] } }))
  project.editing.commit(diffOf({ annotations: { added: [boxed('a')] } }))
  await expect.poll(() => project.store.pictures.get(1)?.contentHash).toMatch(/^[0-9a-f]{40}/)
  return { folder, file, project, open, messages }
}

test('what the objects were made on is kept with the first of them', async () => {
  const { project } = await setUp()
  const item = project.store.images.get(1)!
  expect(item.madeOn).toMatchObject({ width: 120, height: 80, contentHash: item.contentHash })
  expect(isChanged(item)).toBe(false)
})

test('a photo that was halved is found when it is looked at, and takes no new objects until it is settled', async () => {
  const { file, project } = await setUp()
  writeFileSync(file, pngOf(60, 40))
  const item = await project.facts.compare(1)
  expect(isChanged(item)).toBe(true)
  expect(settlingsOf(item)).toEqual(['scale', 'keep', 'drop'])
  project.facts.store()
  expect(project.store.images.page({ text: '', show: 'problem' }, 0, 9)).toMatchObject([{ id: 1 }])
  expect(() => project.editing.commit(diffOf({ annotations: { added: [boxed('b')] } }))).toThrow(
    'it was 120 × 80 pixels and has 60 × 40 now',
  )

  settlePicture(project.store, project.editing, 1, 'scale')
  const [object] = project.store.annotations.ofImage(1)
  expect(object).toMatchObject({
    shape: { x: 15, y: 10, width: 30, height: 5 },
    prompts: [{ x: 30, y: 12.5 }],
  })
  expect(isChanged(project.store.images.get(1)!)).toBe(false)
  project.editing.commit(diffOf({ annotations: { added: [boxed('b')] } }))
  project.editing.undo(1)

  project.editing.undo(1)
  expect(project.store.annotations.ofImage(1)).toEqual([boxed('a')])
  expect(isChanged(project.store.images.get(1)!)).toBe(true)
  project.editing.redo(1)
  expect(isChanged(project.store.images.get(1)!)).toBe(false)
})

test.each<[Settling, unknown[]]>([
  ['keep', [boxed('a')]],
  ['drop', []],
])('%s: the objects are those, and undo brings the question back', async (how, objects) => {
  const { file, project } = await setUp()
  writeFileSync(file, pngOf(60, 40))
  await project.facts.compare(1)
  project.facts.store()
  settlePicture(project.store, project.editing, 1, how)
  expect(project.store.annotations.ofImage(1)).toEqual(objects)
  expect(isChanged(project.store.images.get(1)!)).toBe(false)
  project.editing.undo(1)
  expect(project.store.annotations.ofImage(1)).toEqual([boxed('a')])
  expect(isChanged(project.store.images.get(1)!)).toBe(true)
})

test('changed while the project was closed: said at the opening', async () => {
  const { file, project, open, messages } = await setUp()
  await project.close()
  writeFileSync(file, pngOf(60, 40))
  const later = await open()
  await expect.poll(() => messages).toHaveLength(1)
  expect(messages[0]).toContain('One photo has changed')
  expect(isChanged(later.store.images.get(1)!)).toBe(true)
})

test('replaced by a file of the same size in bytes: its content tells, and a new time alone is no change', async () => {
  const { file, project, open, messages } = await setUp()
  await project.close()
  const other = pngOf(120, 80)
  // Inside the pixels' data, so that the header is as before.
  other[other.length - 20]! ^= 1
  writeFileSync(file, other)
  utimesSync(file, 1, 1)
  const later = await open()
  await expect.poll(() => messages).toHaveLength(1)
  expect(isChanged(later.store.images.get(1)!)).toBe(true)
  await later.close()

  writeFileSync(file, pngOf(120, 80))
  utimesSync(file, 2, 2)
  const last = await open()
  await expect.poll(() => last.store.images.get(1)?.contentHash).not.toBeNull()
  expect(isChanged(last.store.images.get(1)!)).toBe(false)
  expect(messages).toHaveLength(1)
})

test('objects that come onto an image after the old ones were removed belong to the file as it is', async () => {
  const { file, project } = await setUp()
  project.editing.commit(diffOf({ annotations: { removed: [boxed('a')] } }))
  writeFileSync(file, pngOf(60, 40))
  await project.facts.refresh(1)
  project.editing.commit(diffOf({ annotations: { added: [boxed('b')] } }))
  expect(isChanged(project.store.images.get(1)!)).toBe(false)
  // Back to the object of the old picture.
  project.editing.undo(1)
  project.editing.undo(1)
  expect(project.store.annotations.ofImage(1)).toEqual([boxed('a')])
  expect(isChanged(project.store.images.get(1)!)).toBe(true)
})

test('a photo that was moved away and back is the same', async () => {
  const { folder, file, project } = await setUp()
  renameSync(file, join(folder, 'kept'))
  expect((await project.facts.compare(1)).problem).toMatch(/gone/)
  copyFileSync(join(folder, 'kept'), file)
  const item = await project.facts.compare(1)
  expect(item.problem).toBeNull()
  expect(isChanged(item)).toBe(false)
})

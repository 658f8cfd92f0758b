import { expect, test } from 'vitest'
import { diffOf, statusDiff } from '../../../common/diff.ts'
import type { ImageId } from '../../../common/model.ts'
import { createWorkbench } from '../../../renderer/workbench/workbench.ts'
import { createFakeCore, imageItem, labels, settle } from './fake-core.ts'
import { outlinerHere } from './outliner-here.ts'

const create = async () => {
  const core = createFakeCore([imageItem(1), imageItem(2)])
  const notices: string[] = []
  const workbench = createWorkbench({
    client: core.client,
    outliner: outlinerHere(),
    askMasks: () => Promise.reject(new Error('No mask is asked for.')),
    getLabels: () => labels,
    getSettings: () => null,
    notify: (level, message) => void notices.push(`${level}: ${message}`),
    offerUndo: () => undefined,
    now: () => 1,
    newId: () => 'new',
  })
  const get = () => workbench.getState()
  const open = async (imageId: ImageId) => {
    await get().openImage(imageId, [])
    get().imageShown(imageId)
  }
  await open(1)
  const count = (wanted: string) => core.calls.filter(({ name }) => name === wanted).length
  return { core, get, open, count, notices }
}

test('an image is marked at once, undone and marked again, without being opened anew', async () => {
  const { get, count, notices } = await create()
  const stored = get().setStatus('done')
  expect(get().image?.status).toBe('done')
  await stored
  await settle()
  expect(get()).toMatchObject({ image: { status: 'done' }, canUndo: true, canRedo: false })
  await get().undo()
  await settle()
  expect(get()).toMatchObject({ image: { status: 'todo' }, canUndo: false, canRedo: true })
  await get().redo()
  await settle()
  expect(get()).toMatchObject({ image: { status: 'done' }, canUndo: true, canRedo: false })
  expect(count('images.open')).toBe(1)
  expect(count('edit.history')).toBe(0)
  expect(notices).toEqual([])
})

test('marked and unmarked faster than the core answers, every change fits the one before', async () => {
  const { core, get, notices } = await create()
  const all = (['done', 'todo', 'done'] as const).map((status) => get().setStatus(status))
  expect(get().image?.status).toBe('done')
  await Promise.all(all)
  await settle()
  expect(get().image?.status).toBe('done')
  expect(core.done.map(({ images }) => images.updated[0]?.map(({ status }) => status))).toEqual([
    ['todo', 'done'],
    ['done', 'todo'],
    ['todo', 'done'],
  ])
  expect(notices).toEqual([])
})

test('the mark of an image is undone while another one is on screen', async () => {
  const { core, get, open } = await create()
  await get().setStatus('done')
  await open(2)
  await core.client.call('edit.undo', { imageId: 1 })
  await settle()
  expect(get()).toMatchObject({ image: { id: 2, status: 'todo' } })
  await open(1)
  expect(get()).toMatchObject({ image: { id: 1, status: 'todo' } })
})

test('a mark that another window set is shown, and can be undone here', async () => {
  const { core, get } = await create()
  await core.client.call('edit.commit', { diff: statusDiff(imageItem(1), 'done') })
  expect(get()).toMatchObject({ image: { status: 'done' }, canUndo: true })
})

test('after a change of classes alone the core is asked what can be undone here, not for the image', async () => {
  const { core, get, count } = await create()
  const diff = diffOf({ labels: { updated: [[labels[0]!, { ...labels[0]!, name: 'tiger' }]] } })
  await core.client.call('edit.commit', { diff })
  await settle()
  expect(get()).toMatchObject({ canUndo: true, canRedo: false })
  expect([count('edit.history'), count('images.open')]).toEqual([1, 1])
})

/** After an edit the list is asked for before anybody goes on: who does has it at once, and never an older one for longer than a step. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { imagesDiff } from '../../../common/diff.ts'
import type { ImageItem } from '../../../common/model.ts'
import { createMemoryCore, createTestSession } from '../actions/support.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const filter = { text: '', show: 'unlabelled' } as const

/** Ten images without objects, the third on screen. */
const open = async () => {
  const core = createMemoryCore(10)
  const { session } = await createTestSession(core)
  const { images, navigation } = session
  await images.setFilter(filter)
  await navigation.goTo(2)
  core.made.length = 0
  /** As the core tells of an object that was drawn on the image. */
  const label = (imageId: number) => {
    const before = core.images[imageId - 1]!
    const after: ImageItem = { ...before, annotationCount: 1 }
    core.images[imageId - 1] = after
    const diff = imagesDiff([[before, { tags: ['seen'] }]])
    core.emit('edit.applied', { diff, kind: 'commit', histories: [], everywhere: false })
    core.emit('images.changed', { images: [after] })
  }
  const rows = () => [0, 1, 2, 3].map((index) => images.itemAt(index)?.id)
  const asked = () => core.made.map(({ name }) => name).filter((name) => name.startsWith('images.l'))
  return { core, images, navigation, label, rows, asked, rest: () => vi.advanceTimersByTimeAsync(1000) }
}

it('is shown with the step, and asked for once after quick edits; until then each row stays where it is', async () => {
  const { navigation, label, rows, asked, rest } = await open()
  label(3)
  label(3)
  await rest()
  expect(asked()).toEqual(['images.list'])
  expect(rows()).toEqual([1, 2, 3, 4])
  const stepped = navigation.step(1)
  expect(rows()).toEqual([1, 2, 4, 5])
  expect(navigation.store.getState()).toMatchObject({ imageId: 4, index: 2 })
  await stepped
  expect(asked()).toEqual(['images.list'])
})

it('is asked for at the step where an edit came after it', async () => {
  const { navigation, label, rows, asked, rest } = await open()
  label(3)
  await rest()
  label(2)
  await navigation.step(1)
  expect(rows()).toEqual([1, 4, 5, 6])
  expect(navigation.store.getState()).toMatchObject({ imageId: 4, index: 1 })
  expect(asked()).toEqual(['images.list', 'images.list'])
})

it('does not hide an edit that was on its way at the step', async () => {
  const { navigation, label, rows, rest } = await open()
  label(3)
  await rest()
  const stepped = navigation.step(1)
  label(1)
  await stepped
  expect(rows()).toEqual([2, 4, 5, 6])
  expect(navigation.store.getState()).toMatchObject({ imageId: 4, index: 1 })
})

it('is not asked for by edits of images that nobody looks at, as an import makes them', async () => {
  const { label, asked, rest } = await open()
  label(7)
  await rest()
  expect(asked()).toEqual([])
})

it('is asked for in time where the next image is in it no longer', async () => {
  const { core, navigation, label, rows, rest } = await open()
  core.images[3] = { ...core.images[3]!, annotationCount: 1 }
  label(3)
  await rest()
  await navigation.step(1)
  expect(rows()).toEqual([1, 2, 5, 6])
  expect(navigation.store.getState()).toMatchObject({ imageId: 4, index: null, before: 2 })
})

it('is waited for by a step that comes with its edit, and is there with that step', async () => {
  const { navigation, label, rows, asked } = await open()
  label(3)
  const shown: unknown[] = []
  navigation.store.subscribe(({ imageId, index }) => shown.push({ imageId, index, rows: rows() }))
  await navigation.stepOn(null)
  expect(asked()).toEqual(['images.list'])
  expect(shown[0]).toEqual({ imageId: 4, index: 2, rows: [1, 2, 4, 5] })
})

it('is not waited for for long, and not by who went elsewhere meanwhile', async () => {
  const { core, navigation, label } = await open()
  const answer = core.client.call.bind(core.client)
  vi.spyOn(core.client, 'call').mockImplementation(async (name, input) => {
    if (name === 'images.list') await new Promise((late) => setTimeout(late, 500))
    return answer(name, input)
  })
  label(3)
  const stepped = navigation.stepOn(null)
  await vi.advanceTimersByTimeAsync(60)
  expect(navigation.store.getState().imageId).toBe(4)
  await vi.advanceTimersByTimeAsync(1000)
  await stepped
  label(4)
  const again = navigation.stepOn(null)
  const elsewhere = navigation.goTo(0)
  await vi.advanceTimersByTimeAsync(2000)
  await Promise.all([again, elsewhere])
  // Nor does it go on from an image whose edit was refused.
  await navigation.stepOn(Promise.resolve(false))
  expect(navigation.store.getState().imageId).toBe(1)
})

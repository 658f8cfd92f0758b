import { describe, expect, it } from 'vitest'
import type { ImageFilter, ImageSort } from '../../../common/contract/images.ts'
import { moveLabel } from '../../../renderer/state/labels.ts'
import { PAGE_SIZE } from '../../../renderer/state/list-snapshot.ts'
import { createMemoryCore, createTestSession, imageOf, labelOf } from './support.ts'

describe('the image list', () => {
  it('asks for the pages that are looked at and for no other', async () => {
    const core = createMemoryCore(100_000)
    const { session } = await createTestSession(core)
    const asked = () => core.made.filter(({ name }) => name === 'images.list').length
    const before = asked()
    await session.images.ensure(50_000, 50_030)
    await session.images.ensure(50_000, 50_030)
    expect(asked() - before).toBe(1)
    expect(session.images.itemAt(50_010)?.id).toBe(50_011)
    expect(session.images.itemAt(50_000 + PAGE_SIZE)).toBeNull()
    expect(session.images.store.getState().total).toBe(100_000)
  })

  it('loses no image when labelled ones leave the filter on the way', async () => {
    const core = createMemoryCore(PAGE_SIZE + 5)
    const { session } = await createTestSession(core)
    await session.images.setFilter({ text: '', show: 'unlabelled' })
    await session.navigation.relocate()
    const seen: number[] = []
    for (let count = 0; count < PAGE_SIZE + 5; count += 1) {
      const { imageId } = session.navigation.store.getState()
      seen.push(imageId!)
      const labelled = { ...core.images[imageId! - 1]!, annotationCount: 1 }
      core.images[imageId! - 1] = labelled
      session.images.apply([labelled])
      await session.navigation.step(1)
    }
    expect(seen).toEqual(core.images.map(({ id }) => id))
  })

  it('keeps the image on screen when a filter hides it, and goes on from its place', async () => {
    const core = createMemoryCore(10)
    const { session } = await createTestSession(core)
    await session.navigation.goTo(4)
    await session.images.setFilter({ text: 'photo 1', show: 'all' })
    await session.navigation.relocate()
    expect(session.navigation.store.getState()).toMatchObject({ imageId: 5, index: null })
    await session.navigation.goToEnd('last')
    expect(session.navigation.store.getState()).toMatchObject({ imageId: 10, index: 1 })
  })

  it('goes to the next image without objects, from the top again behind the last', async () => {
    const core = createMemoryCore(6)
    for (const index of [1, 2, 4, 5]) core.images[index] = { ...core.images[index]!, annotationCount: 1 }
    const { session } = await createTestSession(core)
    const { navigation } = session
    await navigation.goTo(1)
    expect(await navigation.goToNext('unlabelled')).toBe(true)
    expect(navigation.store.getState().imageId).toBe(4)
    expect(await navigation.goToNext('unlabelled')).toBe(true)
    expect(navigation.store.getState().imageId).toBe(1)
    core.images[3] = { ...core.images[3]!, annotationCount: 1 }
    expect(await navigation.goToNext('unlabelled')).toBe(false)
  })

  it('finds an image and the next of a state by the list as it is now, where the one on screen is older', async () => {
    const core = createMemoryCore(8)
    const { session } = await createTestSession(core)
    const { images, navigation } = session
    const label = (imageId: number) => {
      core.images[imageId - 1] = { ...core.images[imageId - 1]!, annotationCount: 1 }
      images.apply([core.images[imageId - 1]!])
    }
    await images.setFilter({ text: '', show: 'unlabelled' })
    label(1)
    label(2)
    expect(await navigation.show(5)).toBe(true)
    expect(navigation.store.getState()).toMatchObject({ imageId: 5, index: 2 })
    for (const imageId of [3, 4, 5]) label(imageId)
    expect(await navigation.goToNext('todo')).toBe(true)
    expect(navigation.store.getState()).toMatchObject({ imageId: 6, index: 0 })
    expect(await navigation.show(5)).toBe(false)
  })

  it('takes the list up again after an edit where the filter or the order is about what images hold', async () => {
    const core = createMemoryCore(3)
    const { session } = await createTestSession(core)
    const isStale = async (filter: ImageFilter) => {
      await session.images.setFilter(filter)
      session.images.edited()
      return session.images.store.getState().stale
    }
    const by = (key: ImageSort['by']) =>
      ({ text: '', show: 'all', sort: { by: key, descending: false } }) as const
    expect(await isStale({ text: 'photo -name:x*', show: 'all' })).toBe(false)
    expect(await isStale(by('date'))).toBe(false)
    expect(await isStale({ text: 'class:cat', show: 'all' })).toBe(true)
    expect(await isStale(by('score'))).toBe(true)
  })

  it('goes on in the order of the folder from an image that the filter hides', async () => {
    const core = createMemoryCore(12)
    for (const index of [2, 8, 9]) core.images[index] = { ...core.images[index]!, annotationCount: 1 }
    const { session } = await createTestSession(core)
    const hide = async () => {
      await session.images.setFilter({ text: '', show: 'all' })
      await session.navigation.goTo(8)
      await session.images.setFilter({ text: '', show: 'unlabelled' })
      await session.navigation.relocate()
    }
    await hide()
    expect(session.navigation.store.getState()).toMatchObject({ imageId: 9, index: null })
    await session.navigation.step(1)
    expect(session.navigation.store.getState()).toMatchObject({ imageId: 11, index: 7 })
    await hide()
    await session.navigation.step(-1)
    expect(session.navigation.store.getState()).toMatchObject({ imageId: 8, index: 6 })
  })

  it('opens with the next two and the one before, to be encoded ahead', async () => {
    const { session, noted } = await createTestSession(createMemoryCore(10))
    await session.navigation.goTo(4)
    expect(noted).toEqual(['openImage 5 [6,7,4]'])
  })

  it('walks on without waiting for the images on the way', async () => {
    const { session } = await createTestSession(createMemoryCore(10))
    await Promise.all([session.navigation.step(1), session.navigation.step(1), session.navigation.step(1)])
    expect(session.navigation.store.getState()).toMatchObject({ imageId: 4, index: 3 })
  })

  it('starts with the image seen last', async () => {
    const core = createMemoryCore(10)
    const { session } = await createTestSession(core)
    await session.navigation.goTo(6)
    await session.navigation.start('/photos')
    expect(session.navigation.store.getState()).toMatchObject({ imageId: 7, index: 6 })
  })

  it('knows the place of its image when one that was not loaded is scrolled to after an edit', async () => {
    const core = createMemoryCore(3 * PAGE_SIZE)
    const { session } = await createTestSession(core)
    await session.images.setFilter({ text: '', show: 'unlabelled' })
    await session.navigation.goTo(10)
    for (const index of [0, 1, 2]) core.images[index] = { ...core.images[index]!, annotationCount: 1 }
    session.images.apply(core.images.slice(0, 3))
    await session.navigation.look(2 * PAGE_SIZE, 2 * PAGE_SIZE + 20)
    expect(session.navigation.store.getState()).toMatchObject({ imageId: 11, index: 7 })
    await session.navigation.step(1)
    expect(session.navigation.store.getState()).toMatchObject({ imageId: 12, index: 8 })
  })

  it('starts with the first image without an object in a folder not seen before', async () => {
    const core = createMemoryCore(10)
    for (const index of [0, 1]) core.images[index] = { ...core.images[index]!, annotationCount: 2 }
    const { session } = await createTestSession(core)
    expect(session.navigation.store.getState()).toMatchObject({ imageId: 3, index: 2 })
  })
})

describe('an image whose pixels can not be decoded', () => {
  it('is marked in the list as soon as the stage finds out', async () => {
    const { session } = await createTestSession(createMemoryCore(3), { image: imageOf(2) })
    await session.images.load(0)
    session.workbench.setState({ image: { ...imageOf(2), problem: 'cut off' } })
    expect(session.images.itemAt(1)?.problem).toBe('cut off')
  })
})

describe('classes', () => {
  it('moves one and renumbers only those between', () => {
    const labels = [0, 1, 2, 3].map(labelOf)
    expect(moveLabel(labels, 3, 1).map(([, to]) => [to.id, to.position])).toEqual([
      ['label-3', 1],
      ['label-1', 2],
      ['label-2', 3],
    ])
  })
  it('takes an existing class of the same name instead of a second one', async () => {
    const core = createMemoryCore(1, [{ ...labelOf(0), name: 'Cup' }])
    const { session } = await createTestSession(core)
    expect((await session.labels.add(' cup ')).id).toBe('label-0')
    expect(core.made.some(({ name }) => name === 'edit.commit')).toBe(false)
    const plate = await session.labels.add('plate')
    expect(plate.position).toBe(1)
    expect(plate.color).not.toBe('#56b4e9')
    await expect(session.labels.rename('label-0', 'CUP')).resolves.toBeUndefined()
  })
})

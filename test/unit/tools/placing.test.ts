/** Objects from elsewhere: pasted, doubled, taken over from the image before. */
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { Annotation } from '../../../common/model.ts'
import { textOfObjects } from '../../../common/object-text.ts'
import { createObjectClipboard } from '../../../renderer/state/object-clipboard.ts'
import type { ImagePages } from '../../../renderer/state/image-pages.ts'
import { createLabels } from '../../../renderer/state/labels.ts'
import type { Navigation } from '../../../renderer/state/navigation.ts'
import type { SelectState } from '../../../renderer/tools/select/state.ts'
import { groupsOf, placedIn } from '../../../renderer/workbench/placing.ts'
import { objectByHand } from '../../support/objects.ts'
import { imageItem, labels, settle, square } from './fake-core.ts'
import { create } from './open-workbench.ts'

// sonner tells of a toast in the next frame.
beforeEach(() => void vi.stubGlobal('requestAnimationFrame', () => 0))

const object = (id: string, x: number, side: number, change: Partial<Annotation> = {}) =>
  objectByHand(id, square(x, 10, side), change)

/** Image 1 (200 x 100) with two objects on screen; image 2 (300 x 300) comes before it in the list. */
const open = async () => {
  const made = await create()
  made.core.annotations = [
    object('a', 10, 20),
    object('b', 50, 20, { labelId: 'dog' }),
    object('before', 90, 20, { imageId: 2 }),
    object('dog before', 250, 20, { imageId: 2, labelId: 'dog' }),
  ]
  await made.get().openImage(2, [])
  await made.open(1)
  const known = createLabels(made.core.client)
  known.store.setState({ labels })
  const clipboard = createObjectClipboard({
    client: made.core.client,
    workbench: made.workbench,
    labels: known,
    images: { load: (place: number) => Promise.resolve(place === 0 ? imageItem(2) : null) } as ImagePages,
    navigation: {
      store: createStore(() => ({ imageId: 1, index: 1, before: 1 })),
    } as unknown as Navigation,
  })
  const here = () => made.core.annotations.filter(({ imageId }) => imageId === 1)
  const selectedShapes = () => {
    const { annotations, selection } = made.get()
    return annotations.filter(({ id }) => selection.has(id)).map(({ shape }) => shape)
  }
  return { ...made, clipboard, here, selectedShapes }
}

describe('pasting', () => {
  it('puts a copy beside the object it would lie on, as one step, and selects it', async () => {
    const { get, core, clipboard, here, selectedShapes, notices } = await open()
    get().selectAll(['a', 'b'])
    await clipboard.paste(clipboard.copy()!)
    expect(here()).toHaveLength(4)
    expect(selectedShapes()).toEqual([square(22, 22, 20), square(62, 22, 20)])
    expect(here().map(({ labelId }) => labelId)).toEqual(['cat', 'dog', 'cat', 'dog'])
    expect([core.done.length, get().tool, notices.length]).toEqual([1, 'select', 1])
    await clipboard.paste(clipboard.last()!)
    expect(selectedShapes()[1]).toEqual(square(74, 34, 20))
    await get().undo()
    await get().undo()
    expect(here().map(({ id }) => id)).toEqual(['a', 'b'])
  })

  it('on another image keeps its place, and is cut at the edge', async () => {
    const { get, clipboard, selectedShapes, open: openImage } = await open()
    get().selectAll(['a'])
    const text = clipboard.cut()!
    await settle()
    await openImage(2)
    await clipboard.paste(text)
    expect(selectedShapes()).toEqual([square(10, 10, 20)])
    const outside = [
      { name: 'cat', shape: square(290, 0, 20) },
      { name: 'cat', shape: square(400, 0, 20) },
    ]
    await clipboard.paste(textOfObjects(outside, { path: 'x', width: null, height: null }))
    expect(selectedShapes()).toHaveLength(1)
  })

  it('makes a class that is new, in the same step; names are one whatever their case', async () => {
    const { core, clipboard, notices } = await open()
    const named = ['CAT', 'bird', 'Bird'].map((name, i) => ({ name, shape: square(i * 30, 60, 9) }))
    await clipboard.paste(textOfObjects(named, { path: 'x', width: null, height: null }))
    const [diff] = core.done
    expect(diff!.labels.added.map(({ name, position }) => [name, position])).toEqual([['bird', 2]])
    const bird = diff!.labels.added[0]!.id
    expect(diff!.annotations.added.map(({ labelId }) => labelId)).toEqual(['cat', bird, bird])
    expect(notices[0]).toMatch(/^undo: Pasted 3 objects\. New: bird\./)
  })

  it('of nothing usable says so, and changes nothing', async () => {
    const { core, clipboard, notices } = await open()
    await clipboard.paste('a shopping list')
    await clipboard.paste(textOfObjects([{ name: 'elk', shape: square(500, 0, 9) }], imageItem(9)))
    expect(core.done).toEqual([])
    expect(notices).toEqual([expect.stringContaining('Nothing could be placed. One was left out')])
  })
})

it('an object is doubled beside itself', async () => {
  const { get, clipboard, selectedShapes } = await open()
  get().selectAll(['b'])
  await clipboard.duplicate()
  expect(selectedShapes()).toEqual([square(62, 22, 20)])
})

describe('the previous image', () => {
  it('gives its objects, or those of a class, without what is here already', async () => {
    const { clipboard, here, notices } = await open()
    await clipboard.takePrevious(null)
    // The dog lies outside of this image, which is smaller.
    expect(
      here()
        .map(({ shape }) => shape)
        .at(-1),
    ).toEqual(square(90, 10, 20))
    expect(notices.at(-1)).toMatch(/^undo: From 2\.jpg: one object\. One was left out/)
    await clipboard.takePrevious('cat')
    expect(here()).toHaveLength(3)
  })

  it('gives nothing twice, also what was cut at the edge of a smaller image', async () => {
    const { core, clipboard, here, notices } = await open()
    core.annotations.push(object('over the edge', 190, 20, { imageId: 2 }))
    await clipboard.takePrevious(null)
    expect(here()).toHaveLength(4)
    await clipboard.takePrevious(null)
    expect([here().length, notices.length]).toEqual([4, 1])
  })
})

it('a copy in a corner, where it can’t move aside, is placed all the same', () => {
  const there = [{ labelId: 'cat', shape: square(0, 0, 100) }]
  expect(placedIn({ width: 100, height: 100 }, there, there)).toEqual(there)
})

describe('what is said of an object', () => {
  const red = { attributes: { colour: 'red', occluded: true }, groupId: 3 }

  it('goes along: doubled, pasted and from the image before; who belonged together still does', async () => {
    const { core, get, clipboard, here, open: openImage } = await open()
    core.annotations = core.annotations.map((one) => ({ ...one, ...red, locked: false }))
    await openImage(2)
    await openImage(1)
    get().selectAll(['a', 'b'])
    const text = clipboard.copy()!
    await clipboard.duplicate()
    await clipboard.paste(text)
    expect(here().map(({ attributes }) => attributes)).toEqual(Array(6).fill(red.attributes))
    expect(here().map(({ groupId }) => groupId)).toEqual([3, 3, 1, 1, 2, 2])
    await clipboard.takePrevious('cat')
    expect(here().at(-1)).toMatchObject({ attributes: red.attributes, groupId: null })
  })

  it('is in no group that is on the image already, and in none alone', () => {
    const of = (...numbers: (number | null)[]) => numbers.map((groupId) => ({ groupId }))
    expect(groupsOf(of(5, 5, null, 7), [])).toEqual([5, 5, null, null])
    expect(groupsOf(of(5, 2, 5, 2), of(5, 1))).toEqual([3, 2, 3, 2])
  })
})

describe('cutting', () => {
  it('takes the object, also where one of its vertices is chosen', async () => {
    const { get, clipboard, here } = await open()
    get().setTool('select')
    get().select('a')
    const at = { point: { x: 10, y: 10 }, shift: false, alt: false }
    get().send({ type: 'down', button: 'primary', clicks: 1, ...at })
    get().send({ type: 'up', ...at })
    expect((get().tools.select as SelectState).vertices?.refs).toHaveLength(1)
    expect(clipboard.cut()).not.toBe(null)
    await settle()
    expect(here().map(({ id }) => id)).toEqual(['b'])
  })

  it('leaves what is locked, on the image and off the clipboard, and says so', async () => {
    const { core, get, clipboard, here, notices, open: openImage } = await open()
    core.annotations = core.annotations.map((one) => (one.id === 'a' ? { ...one, locked: true } : one))
    await openImage(2)
    await openImage(1)
    get().selectAll(['a'])
    expect(clipboard.cut()).toBe(null)
    expect(notices.at(-1)).toContain('locked')
    get().selectAll(['a', 'b'])
    const { shapes } = JSON.parse(clipboard.cut()!) as { shapes: { label: string }[] }
    await settle()
    expect(shapes.map(({ label }) => label)).toEqual(['dog'])
    expect(here().map(({ id }) => id)).toEqual(['a'])
  })
})

it('what is only proposed on the image before is not taken as an object', async () => {
  const { core, clipboard, here, notices } = await open()
  core.annotations = core.annotations.map((one) => (one.imageId === 2 ? { ...one, proposed: true } : one))
  await clipboard.takePrevious(null)
  expect(here()).toHaveLength(2)
  expect(notices).toEqual([])
})

/** Detail after the fact in the workbench: tried on while the slider moves, one step when it rests, kept through all else. */
import { expect, test, vi } from 'vitest'
import { iou } from '../../../common/geometry/overlap.ts'
import { countVertices } from '../../../common/geometry/measure.ts'
import { polygonOfLogits } from '../../../common/geometry/mask-to-polygon.ts'
import { keptMaskOf, maskRefOf } from '../../../common/kept-mask.ts'
import type { Annotation } from '../../../common/model.ts'
import { objectByHand } from '../../support/objects.ts'
import { square } from './fake-core.ts'
import { create } from './open-workbench.ts'

const frame = { imageWidth: 200, imageHeight: 100, crop: { x: 0, y: 0, width: 200, height: 100 } }
const options = { tolerance: 0.5, minArea: 16, minShare: 0.01 }

/** An object made of a disc; x and radius in image pixels. */
const madeBy = (id: string, x: number, radius: number) => {
  const scale = 256 / 200
  const logits = Float32Array.from(
    { length: 256 * 256 },
    (_, i) => 3 * (radius * scale - Math.hypot((i % 256) - x * scale, Math.floor(i / 256) - 50 * scale)),
  )
  const mask = keptMaskOf(`mask of ${id}`, logits, frame, options)
  const shape = polygonOfLogits(logits, frame, options)!
  const object: Annotation = {
    ...objectByHand(id, shape, { imageId: 1 }),
    source: 'model',
    mask: maskRefOf(mask, options.tolerance, shape),
  }
  return { object, mask }
}

const open = async () => {
  const bench = await create()
  const made = [madeBy('a', 50, 30), madeBy('b', 150, 25)]
  bench.core.masks.push(...made.map(({ mask }) => mask))
  bench.core.annotations = [
    ...made.map(({ object }) => object),
    objectByHand('c', square(90, 10, 20), { imageId: 1 }),
  ]
  await bench.open(2)
  await bench.open(1)
  const known = (id: string) => bench.get().annotations.find((annotation) => annotation.id === id)!
  const until = (check: () => void) => vi.waitFor(check, { timeout: 5000 })
  /** Moves the slider and lets it go, when the outlines have come. */
  const slide = async (detail: number) => {
    bench.get().setDetail(detail, true)
    bench.get().settleDetail()
    const first = [...bench.get().selection][0]!
    await until(() => expect(known(first).mask?.detail).toBe(detail))
  }
  return { ...bench, known, slide, until }
}

test('vertices are counted at once, the IoU comes when a selection lasts', async () => {
  const { get, known, until } = await open()
  get().select('c')
  expect(get().detail).toBeNull()
  get().select('a')
  expect(get().detail).toMatchObject({ detail: 0.5, objects: 1, isMixed: false, isLocked: false, iou: null })
  expect(get().detail?.vertices).toBe(countVertices(known('a').shape))
  await until(() => expect(get().detail?.iou).toBeGreaterThan(0.98))
  get().select(null)
  expect(get().detail).toBeNull()
})

test('what is tried on is drawn at once and stored as one step, which undo takes back', async () => {
  const { get, known, core, until } = await open()
  const before = known('a')
  get().select('a')
  get().setDetail(4, true)
  get().setDetail(5, true)
  await until(() => expect(known('a').mask?.detail).toBe(5))
  expect(countVertices(known('a').shape)).toBeLessThan(countVertices(before.shape))
  expect(get().detail?.vertices).toBe(countVertices(known('a').shape))
  expect(core.done).toHaveLength(0)
  get().settleDetail()
  await until(() => expect(core.done).toHaveLength(1))
  expect(core.annotations.find(({ id }) => id === 'a')).toEqual(known('a'))
  await get().undo()
  expect(known('a')).toEqual(before)
})

test('to 5 and back is the outline that it was, the object as it was', async () => {
  const { get, known, slide } = await open()
  const { shape, mask } = known('a')
  get().select('a')
  for (const detail of [5, 0, 2, 0.5]) await slide(detail)
  expect(known('a').shape).toEqual(shape)
  expect(known('a').mask).toEqual(mask)
})

test('several objects are one step; what keeps no mask and what is locked stays', async () => {
  const { get, known, core, slide, until } = await open()
  get().toggleLocked(['b'])
  const before = [known('b'), known('c')]
  get().selectAll(['a', 'b', 'c'])
  expect(get().detail).toMatchObject({ objects: 2 })
  await slide(3)
  await until(() => expect(core.done).toHaveLength(2))
  expect(core.done[1]!.annotations.updated.map(([{ id }]) => id)).toEqual(['a'])
  expect([known('b'), known('c')]).toEqual(before)
  get().toggleLocked(['b'])
  await slide(2)
  await until(() => expect(core.done).toHaveLength(4))
  expect(core.done[3]!.annotations.updated.map(([{ id }]) => id)).toEqual(['a', 'b'])
})

test('an edit while it is tried on comes after it, and loses nothing of it', async () => {
  const { get, known, core, until, notices } = await open()
  get().select('a')
  get().setDetail(5, true)
  await until(() => expect(known('a').mask?.detail).toBe(5))
  get().setAnnotationLabel(['a'], 'dog')
  await until(() => expect(core.done).toHaveLength(2))
  expect(core.annotations.find(({ id }) => id === 'a')).toMatchObject({ labelId: 'dog', mask: { detail: 5 } })
  expect(notices).toEqual([])
})

test.each(['another selection', 'another image', 'being asked what is not stored'])(
  '%s stores what is tried on',
  async (how) => {
    const { get, known, core, open: show, until } = await open()
    get().select('a')
    get().setDetail(5, true)
    await until(() => expect(known('a').mask?.detail).toBe(5))
    if (how === 'another selection') get().select('b')
    else if (how === 'another image') await show(2)
    else expect(get().unstored()).toBe(1)
    await until(() => expect(core.done).toHaveLength(1))
    expect(core.annotations.find(({ id }) => id === 'a')?.mask?.detail).toBe(5)
  },
)

test('a key of the slider is stored when no other follows soon', async () => {
  const { get, core, until } = await open()
  get().select('a')
  for (const detail of [0.6, 0.7, 0.8]) get().setDetail(detail, false)
  await until(() => expect(core.done).toHaveLength(1))
  expect(core.annotations.find(({ id }) => id === 'a')?.mask?.detail).toBe(0.8)
})

test('an outline that was moved away has no detail to change, and says so', async () => {
  const { get, known, until } = await open()
  get().select('a')
  get().setTool('select')
  const { shape } = known('a')
  get().send({
    type: 'down',
    button: 'primary',
    clicks: 1,
    point: { x: 50, y: 50 },
    shift: false,
    alt: false,
  })
  get().send({ type: 'move', point: { x: 130, y: 50 }, shift: false, alt: false })
  get().send({ type: 'up', point: { x: 130, y: 50 }, shift: false, alt: false })
  expect(iou(known('a').shape, shape)).toBe(0)
  await until(() => expect(get().detail?.fitting).toBe(0))
  const before = known('a')
  get().setDetail(5, true)
  get().settleDetail()
  expect(known('a')).toBe(before)
})

test('a mask that is not there any more changes nothing', async () => {
  const { get, known, core, until } = await open()
  core.masks.length = 0
  get().select('a')
  await until(() => expect(get().detail?.fitting).toBe(0))
  get().setDetail(5, true)
  get().settleDetail()
  expect(known('a').mask?.detail).toBe(0.5)
})

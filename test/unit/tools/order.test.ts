/** Which object lies on top: one edit, taken back by one undo; the topmost is what a click takes of equal ones. */
import { expect, it } from 'vitest'
import { settle, square } from './fake-core.ts'
import { open } from './gesture-bench.ts'

const three = { a: square(10, 10, 40), b: square(10, 10, 40), c: square(20, 20, 40) }

it('goes to the front, is picked first there, and comes back by undo', async () => {
  const { get, click, edits } = await open('select', three, 'a')
  const before = structuredClone(get().annotations)
  const order = () => get().annotations.map(({ id }) => id)
  get().reorderSelected('front')
  await settle()
  expect(order()).toEqual(['b', 'c', 'a'])
  expect(edits()).toBe(1)
  get().select(null)
  await click(12, 12)
  expect(get().selected).toBe('a')
  await get().undo()
  await settle()
  expect(get().annotations).toEqual(before)
})

it('leaves outline, lock and the others as they are, and says when nothing lies over it', async () => {
  const { get, notices, core } = await open('select', three, 'b')
  get().toggleLocked(['b'])
  await settle()
  get().reorderSelected('forward')
  await settle()
  expect(get().annotations.map(({ id }) => id)).toEqual(['a', 'c', 'b'])
  expect(core.done.at(-1)?.annotations.updated).toHaveLength(1)
  get().reorderSelected('forward')
  expect(notices.at(-1)).toBe('info: No object that it overlaps lies over it.')
})

it('puts an object that is drawn on top of those that were brought to the front', async () => {
  const { get, drag } = await open('rectangle', three, 'a')
  get().reorderSelected('front')
  await settle()
  get().select(null)
  await drag(60, 60, 90, 90)
  expect(get().annotations.at(-1)?.shape).toMatchObject({ x: 60 })
})

/** The brush paints onto the selected object or a new one, and erases: each stroke is one edit. */
import { expect, it } from 'vitest'
import { areaOf, partsOf } from '../../../common/geometry/measure.ts'
import type { Shape } from '../../../common/model.ts'
import { brushTool } from '../../../renderer/tools/brush/brush.ts'
import { objectByHand } from '../../support/objects.ts'
import { settle, square } from './fake-core.ts'
import { contextOf, createDriver } from './drive.ts'
import { create } from './open-workbench.ts'

const open = async (shape?: Shape) => {
  const bench = await create()
  if (shape) bench.core.annotations = [objectByHand('one', shape, { labelId: 'dog' })]
  await bench.open(2)
  await bench.open(1)
  const { get } = bench
  get().setTool('brush')
  get().resizeBrush(10 / get().brushSize)
  if (shape) get().select('one')
  const paint = async (x0: number, y0: number, x1: number, y1: number, alt = false, isRight = false) => {
    const button = isRight ? 'secondary' : 'primary'
    get().send({ type: 'down', button, clicks: 1, point: { x: x0, y: y0 }, shift: false, alt })
    get().send({ type: 'move', point: { x: (x0 + x1) / 2, y: (y0 + y1) / 2 }, shift: false, alt })
    get().send({ type: 'up', point: { x: x1, y: y1 }, shift: false, alt })
    await settle()
  }
  return { ...bench, paint }
}

it('starts an object of the current class, and the next stroke goes on with it', async () => {
  const { get, paint, core } = await open()
  await paint(20, 20, 60, 20)
  expect(get().annotations).toMatchObject([{ labelId: 'cat', source: 'hand', shape: { type: 'polygon' } }])
  expect(areaOf(get().annotations[0]!.shape)).toBeCloseTo(40 * 10 + Math.PI * 25, -1)
  await paint(20, 60, 60, 60)
  expect(get().annotations).toHaveLength(1)
  expect(partsOf(get().annotations[0]!.shape)).toHaveLength(2)
  get().cancel()
  await paint(120, 60, 160, 60)
  expect(get().annotations).toHaveLength(2)
  expect(core.done).toHaveLength(3)
})

it('erases with Alt and with the right button; what it does not reach stays vertex for vertex', async () => {
  const { get, paint } = await open(square(10, 10, 60))
  await paint(40, 40, 42, 40, true)
  const [part] = partsOf(get().annotations[0]!.shape)
  expect(part!.holes).toHaveLength(1)
  expect(part!.outer).toEqual(square(10, 10, 60).parts[0]!.outer)
  await paint(70, 40, 90, 40, false, true)
  expect(get().annotations).toMatchObject([{ id: 'one', labelId: 'dog' }])
  expect(partsOf(get().annotations[0]!.shape)[0]!.outer).toEqual(
    expect.arrayContaining(square(10, 10, 60).parts[0]!.outer),
  )
  await get().undo()
  await get().undo()
  await settle()
  expect(get().annotations[0]!.shape).toEqual(square(10, 10, 60))
})

it('says what to do where there is nothing to erase from; a locked object stays as it is', () => {
  const tool = createDriver(brushTool)
  tool.drag(20, 20, 60, 20, { alt: true })
  expect(tool.take()).toMatchObject([
    { type: 'notice', message: expect.stringContaining('Select') as unknown },
  ])
  const held = objectByHand('held', square(10, 10, 30), { locked: true })
  tool.context = contextOf({ annotations: [held], selected: 'held', selection: new Set(['held']) })
  tool.drag(20, 20, 60, 20)
  expect(tool.take()).toMatchObject([
    { type: 'notice', message: expect.stringContaining('locked') as unknown },
  ])
})

it('drops a stroke on Esc, and moves that say nothing leave the state as it is', () => {
  const tool = createDriver(brushTool)
  const before = tool.state
  tool.move(10, 10)
  expect(tool.state).toBe(before)
  tool.down(20, 20)
  tool.move(40, 20)
  const held = tool.state
  tool.move(40.5, 20.5)
  expect(tool.state).toBe(held)
  tool.send({ type: 'cancel' })
  tool.up(60, 20)
  expect(tool.take()).toEqual([])
})

it('has one size for all images, as large on screen as can be seen until it is chosen', async () => {
  const { get, open: show } = await create()
  expect(get().brushSize * get().view.scale).toBeCloseTo(28, -0.5)
  get().setTool('brush')
  get().resizeBrush(2)
  const chosen = get().brushSize
  await show(2)
  expect(get().brushSize).toBe(chosen)
  for (let i = 0; i < 40; i++) get().resizeBrush(0.5)
  expect(get().brushSize).toBe(1)
})

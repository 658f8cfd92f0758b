/** Shift adds to the selected object, Alt takes away from it: with every tool that draws, as one edit. */
import { describe, expect, it } from 'vitest'
import { areaOf, partsOf } from '../../../common/geometry/measure.ts'
import type { Annotation, Shape } from '../../../common/model.ts'
import { toolOf } from '../../../renderer/tools/tool-states.ts'
import { objectByHand } from '../../support/objects.ts'
import { answerOf, settle, square } from './fake-core.ts'
import { create } from './open-workbench.ts'

type Keys = { readonly shift?: boolean; readonly alt?: boolean; readonly secondary?: boolean }
const shiftKey: Keys = { shift: true }
const altKey: Keys = { alt: true }

/** One object, the square from 10,10 to 50,50 of class dog, which is selected; the current class is cat. */
const openWith = async (change: Partial<Annotation> = {}, shape: Shape = square(10, 10, 40)) => {
  const bench = await create()
  const one = objectByHand('one', shape, { labelId: 'dog', ...change })
  bench.core.annotations = [one]
  await bench.open(2)
  await bench.open(1)
  bench.ready(1)
  const { get } = bench
  get().select('one')
  const press = (x: number, y: number, { shift = false, alt = false, secondary = false }: Keys = {}) =>
    get().send({
      type: 'down',
      button: secondary ? 'secondary' : 'primary',
      clicks: 1,
      point: { x, y },
      shift,
      alt,
    })
  const move = (x: number, y: number, { shift = false, alt = false }: Keys = {}) =>
    get().send({ type: 'move', point: { x, y }, shift, alt })
  const lift = (x: number, y: number, { shift = false, alt = false }: Keys = {}) =>
    get().send({ type: 'up', point: { x, y }, shift, alt })
  const clickWith = (x: number, y: number, keys: Keys = {}) => {
    press(x, y, keys)
    lift(x, y, keys)
  }
  const dragWith = async (x0: number, y0: number, x1: number, y1: number, keys: Keys = {}) => {
    press(x0, y0, keys)
    move(x1, y1, keys)
    lift(x1, y1, keys)
    await settle()
  }
  const shapes = () => get().annotations.map(({ shape }) => shape)
  const hint = () =>
    toolOf(get().tool)
      .hint(get().tools[get().tool], get())
      .map((part) => (typeof part === 'string' ? part : `${part.action ?? part.keys ?? ''} ${part.text}`))
      .join(' · ')
  return { ...bench, one, press, move, lift, clickWith, dragWith, shapes, hint }
}

describe('the rectangle tool', () => {
  it('adds with Shift: more of the object, or a part apart; it stays selected', async () => {
    const { get, dragWith, shapes, core } = await openWith()
    get().setTool('rectangle')
    expect(get().selected).toBe('one')
    await dragWith(40, 10, 90, 50, shiftKey)
    expect(shapes().map(areaOf)).toEqual([80 * 40])
    await dragWith(100, 10, 120, 30, shiftKey)
    expect(partsOf(shapes()[0]!)).toHaveLength(2)
    expect(get()).toMatchObject({ selected: 'one', annotations: [{ id: 'one', labelId: 'dog' }] })
    expect(core.done).toHaveLength(2)
    await get().undo()
    await get().undo()
    await settle()
    expect(shapes()).toEqual([square(10, 10, 40)])
  })

  it('takes away with Alt: a piece at the edge, or a hole', async () => {
    const { get, dragWith, shapes } = await openWith()
    get().setTool('rectangle')
    await dragWith(40, 0, 90, 60, altKey)
    expect(areaOf(shapes()[0]!)).toBe(30 * 40)
    await dragWith(20, 20, 30, 30, altKey)
    expect(partsOf(shapes()[0]!)[0]!.holes).toHaveLength(1)
  })

  it('deletes what is taken away whole, with a way back, and says when nothing changes', async () => {
    const { get, dragWith, shapes, notices, core } = await openWith()
    get().setTool('rectangle')
    await dragWith(20, 20, 30, 30, shiftKey)
    await dragWith(100, 20, 120, 40, altKey)
    expect(core.done).toEqual([])
    expect(notices).toEqual(['info: The object has that already.', 'info: The object does not reach there.'])
    await dragWith(0, 0, 90, 90, altKey)
    expect(shapes()).toEqual([])
    expect(notices.at(-1)).toMatch(/^undo: Deleted an object of class dog/)
  })

  it('without a key, or without a selection, draws a new object as ever; Shift is a square then', async () => {
    const { get, dragWith } = await openWith()
    get().setTool('rectangle')
    await dragWith(100, 10, 140, 30)
    expect(get().annotations).toHaveLength(2)
    expect(get().selected).not.toBe('one')
    get().select(null)
    await dragWith(100, 50, 140, 60, shiftKey)
    expect(get().annotations.at(-1)).toMatchObject({ labelId: 'cat', shape: { width: 40, height: 40 } })
  })

  it('leaves a locked object alone, and means none of several', async () => {
    const { get, dragWith, shapes, notices, core } = await openWith({ locked: true })
    get().setTool('rectangle')
    await dragWith(40, 10, 90, 50, shiftKey)
    expect(shapes()).toEqual([square(10, 10, 40)])
    expect(notices).toEqual(['info: This object is locked. Unlock it to change it.'])
    core.annotations = [objectByHand('one', square(10, 10, 40)), objectByHand('two', square(60, 10, 20))]
    await get().refresh()
    get().selectAll(['one', 'two'])
    await dragWith(40, 10, 90, 50, altKey)
    expect(get().annotations).toHaveLength(3)
  })

  it('Esc drops the drag first, then the selection; the hint says what happens', async () => {
    const { get, press, move, lift, shapes, hint } = await openWith()
    get().setTool('rectangle')
    expect(hint()).toContain('Shift add to it · Alt take away from it')
    press(40, 10, altKey)
    move(90, 50, altKey)
    expect(hint()).toBe('Release: it is taken away from the object')
    get().cancel()
    lift(90, 50)
    expect(shapes()).toEqual([square(10, 10, 40)])
    expect(get().selected).toBe('one')
    get().cancel()
    expect(get().selected).toBeNull()
  })
})

describe('the polygon tool', () => {
  it('goes by the first vertex, whatever keys are held for the others; Enter combines', async () => {
    const { get, clickWith, shapes, hint } = await openWith()
    get().setTool('polygon')
    clickWith(20, 20, altKey)
    clickWith(30, 20)
    clickWith(30, 30, shiftKey)
    expect(get().draft?.onto).toMatchObject({ how: 'take', from: { id: 'one' } })
    expect(get().selected).toBe('one')
    expect(hint()).toContain('confirm take away from the object')
    get().confirm()
    await settle()
    expect(get().annotations).toMatchObject([{ id: 'one', labelId: 'dog' }])
    expect(partsOf(shapes()[0]!)[0]!.holes).toHaveLength(1)
    expect(get()).toMatchObject({ selected: 'one', draft: null })
  })

  it('a digit combines it and gives the object its class; the last vertex taken back ends the draft', async () => {
    const { get, clickWith, core } = await openWith()
    get().setTool('polygon')
    clickWith(100, 20, shiftKey)
    get().back()
    expect(get().draft).toBeNull()
    for (const [x, y] of [
      [100, 20],
      [120, 20],
      [120, 40],
    ] as const)
      clickWith(x, y, shiftKey)
    get().pickLabel('cat')
    await settle()
    expect(get().annotations).toMatchObject([{ id: 'one', labelId: 'cat', shape: { parts: [{}, {}] } }])
    expect(core.done).toHaveLength(1)
  })
})

describe('the smart tool', () => {
  it('adds the mask to the object; in the making Alt and right click are negative points', async () => {
    const { get, clickWith, core, shapes, hint } = await openWith({}, square(30, 10, 60))
    get().setTool('smart')
    clickWith(12, 12, shiftKey)
    await core.questions[0]!.answer(answerOf(30))
    expect(get().draft?.onto?.how).toBe('add')
    expect(hint()).toContain('confirm add to the object')
    clickWith(60, 80, altKey)
    await core.questions[0]!.answer(answerOf(30))
    clickWith(70, 80, { secondary: true })
    await core.questions[0]!.answer(answerOf(30))
    expect(get().masks.prompts).toMatchObject([{ positive: true }, { positive: false }, { positive: false }])
    expect(get().selected).toBe('one')
    get().confirm()
    await settle()
    expect(get().annotations).toMatchObject([{ id: 'one', labelId: 'dog' }])
    expect(areaOf(shapes()[0]!)).toBe(60 * 60 + 20 * 30)
    expect(get().draft).toBeNull()
  })

  it('takes the mask away, also one that comes after it was kept', async () => {
    const { get, clickWith, core, shapes } = await openWith({}, square(0, 0, 80))
    get().setTool('smart')
    clickWith(12, 12, altKey)
    expect(get().masks.prompts).toMatchObject([{ positive: true }])
    get().confirm()
    await core.questions[0]!.answer(answerOf(30))
    await settle()
    expect(areaOf(shapes()[0]!)).toBe(80 * 80 - 30 * 30)
  })

  it('combines with what the object is by then; a deleted one comes back as what was added', async () => {
    const { get, clickWith, core } = await openWith({}, square(100, 40, 20))
    get().setTool('smart')
    clickWith(12, 12, shiftKey)
    await core.questions[0]!.answer(answerOf(30))
    get().deleteAnnotations(['one'])
    await settle()
    get().confirm()
    await settle()
    expect(get().annotations).toMatchObject([{ source: 'model', labelId: 'dog', shape: square(10, 10, 30) }])
  })

  it('Alt without a selection is a negative point, as ever, and a plain click selects nothing', async () => {
    const { get, clickWith } = await openWith()
    get().setTool('smart')
    clickWith(12, 12)
    expect(get().selected).toBeNull()
    get().cancel()
    clickWith(12, 12, altKey)
    expect(get().masks.prompts).toMatchObject([{ positive: false }])
    expect(get().draft?.onto).toBeUndefined()
  })
})

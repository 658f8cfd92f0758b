/** The lines of renderer/tools/SEMANTICS.md that are of every tool, and of those that draw. */
import { expect } from 'vitest'
import { toolActions } from '../../../renderer/actions/tool-actions.ts'
import { areaOf, partsOf } from '../../../common/geometry/measure.ts'
import { answerOf, settle, square } from './fake-core.ts'
import { one, open, two, withAlt, withRight, withShift, type Lines } from './gesture-bench.ts'

export const drawingLines: Lines = {
  async A1() {
    const { get } = await open('rectangle', two, 'one')
    for (const expected of [['one', 'two'], ['one']]) {
      get().pickWith({ type: 'down', point: { x: 120, y: 30 } })
      get().pickWith({ type: 'up', point: { x: 120, y: 30 } })
      expect([...get().selection]).toEqual(expected)
    }
  },
  async A2() {
    const { get } = await open('smart', two)
    get().pickWith({ type: 'down', point: { x: 5, y: 5 } })
    get().pickWith({ type: 'move', point: { x: 190, y: 60 } })
    get().pickWith({ type: 'up', point: { x: 190, y: 60 } })
    expect([...get().selection]).toEqual(['one', 'two'])
  },
  async A3() {
    const { get, press, move, lift, click, edits } = await open('rectangle', one, 'one')
    press(60, 20, withShift)
    move(90, 60)
    get().setTool('polygon')
    lift(90, 60)
    expect(edits()).toBe(0)
    expect(get().selected).toBe('one')
    await click(100, 20, withShift)
    get().setTool('brush')
    get().setTool('polygon')
    expect(get().draft?.onto?.how).toBe('add')
  },
  async A4() {
    const { get, press, move, click } = await open('rectangle', one, 'one')
    press(60, 20, withShift)
    move(90, 60)
    get().cancel()
    expect(get()).toMatchObject({ inGesture: false, selected: 'one' })
    get().setTool('polygon')
    await click(60, 20, withShift)
    get().cancel()
    expect(get()).toMatchObject({ draft: null, selected: 'one' })
    get().cancel()
    expect(get().selected).toBeNull()
  },
  async A5() {
    const { get, click } = await open('polygon', one, 'one')
    for (const [x, y] of [
      [60, 20],
      [80, 20],
      [80, 40],
    ] as const)
      await click(x, y, withShift)
    get().pickLabel('cat')
    await settle()
    expect(get().annotations).toMatchObject([{ id: 'one', labelId: 'cat', shape: { parts: [{}, {}] } }])
    get().select(null)
    for (const [x, y] of [
      [160, 20],
      [180, 20],
      [180, 40],
    ] as const)
      await click(x, y)
    get().confirm()
    await settle()
    expect(get().annotations[1]).toMatchObject({ labelId: 'cat' })
  },
  async A6() {
    const { get, click } = await open('polygon')
    await click(60, 20)
    await click(80, 20)
    get().back()
    expect(get().draft).not.toBeNull()
    await get().undo()
    expect(get().draft).toBeNull()
  },
  async A7() {
    // What the wheel and the middle button are turned into.
    const { get } = await open('smart')
    const { view } = get()
    get().zoomAt({ x: 200, y: 150 }, 2)
    expect(get().view.scale).toBe(2 * view.scale)
    const before = get().view
    get().panBy(-10, 0)
    expect(get().view).toMatchObject({ y: before.y, scale: before.scale })
    expect(get().view.x).toBeCloseTo(before.x - 10)
  },
  async A8() {
    const { get } = await open('smart', two, 'two')
    get().openMenu({ x: 0, y: 0 }, { x: 20, y: 20 })
    expect(get()).toMatchObject({ selected: 'one', menu: { under: ['one'] } })
    get().openMenu({ x: 0, y: 0 }, { x: 180, y: 80 })
    expect(get()).toMatchObject({ selected: 'one', menu: { under: [] } })
  },
  async O1() {
    for (const tool of ['rectangle', 'brush']) {
      const { get, drag, shape } = await open(tool, one, 'one')
      await drag(40, 30, 70, 40, withShift)
      expect(areaOf(shape('one')!)).toBeGreaterThan(1600)
      await drag(120, 60, 160, 80, withShift)
      expect(partsOf(shape('one')!)).toHaveLength(2)
      expect(get()).toMatchObject({ selected: 'one', annotations: [{ labelId: 'dog' }] })
    }
    const { get, click, answer, shape } = await open('smart', { one: square(30, 10, 60) }, 'one')
    await click(12, 12, withShift)
    await answer()
    get().confirm()
    await settle()
    expect(areaOf(shape('one')!)).toBe(3600 + 20 * 30)
  },
  async O2() {
    const { click, drag, shape, get } = await open('rectangle', { one: square(10, 10, 60) }, 'one')
    await drag(60, 0, 90, 90, withAlt)
    expect(areaOf(shape('one')!)).toBe(50 * 60)
    get().setTool('polygon')
    await click(20, 20, withAlt)
    for (const [x, y] of [
      [30, 20],
      [30, 30],
      [20, 20],
    ] as const)
      await click(x, y)
    expect(partsOf(shape('one')!)[0]!.holes).toHaveLength(1)
  },
  async O3() {
    const { drag, get, notices } = await open('rectangle', one, 'one')
    await drag(0, 0, 90, 90, withAlt)
    expect(get().annotations).toEqual([])
    expect(notices.at(-1)).toMatch(/^undo: Deleted/)
  },
  async O4() {
    const { drag, notices, edits } = await open('rectangle', one, 'one')
    await drag(20, 20, 30, 30, withShift)
    await drag(120, 20, 140, 30, withAlt)
    expect(notices).toHaveLength(2)
    expect(edits()).toBe(0)
  },
  async O5() {
    const { drag, get } = await open('rectangle', one, 'one')
    await drag(120, 20, 140, 30)
    expect(get().annotations).toHaveLength(2)
    expect(get().selected).not.toBe('one')
  },
  async O6() {
    const { drag, get, shape } = await open('rectangle', two)
    get().selectAll(['one', 'two'])
    await drag(40, 60, 80, 70, withShift)
    expect(get().annotations.at(-1)).toMatchObject({ labelId: 'cat', shape: { width: 40, height: 40 } })
    get().select(null)
    await drag(20, 20, 30, 30, withAlt)
    expect(shape('one')).toEqual(two.one)
  },
  async S1() {
    const { click, prompts } = await open('smart')
    await click(20, 20)
    await click(60, 20, withShift)
    expect(prompts()).toEqual([true, true])
  },
  async S2() {
    const { drag, prompts, get } = await open('smart')
    await drag(20, 20, 60, 60)
    await drag(20, 20, 90, 90)
    expect(prompts()).toEqual(['box'])
    expect(get().masks.prompts).toMatchObject([{ x1: 90, y1: 90 }])
  },
  async S3() {
    const { click, prompts, get } = await open('smart', two, 'two')
    await click(20, 20, withShift)
    await click(60, 20, withAlt)
    await click(60, 60, withRight)
    expect(prompts()).toEqual([true, false, false])
    expect(get().selected).toBe('two')
  },
  async S4() {
    const { click, prompts } = await open('smart')
    await click(20, 20, withAlt)
    expect(prompts()).toEqual([false])
  },
  async S5() {
    const { click, prompts } = await open('smart')
    await click(20, 20)
    await click(60, 20, withAlt)
    await click(60, 21, withAlt)
    await click(21, 20)
    expect(prompts()).toEqual([])
  },
  async S6() {
    const { click, prompts } = await open('smart')
    await click(220, 20)
    expect(prompts()).toEqual([])
  },
  async S7() {
    const { click, get, core } = await open('smart')
    await click(20, 20)
    await core.questions[0]!.answer(answerOf(30, 3))
    get().cycleCandidate()
    expect(get().masks.chosen).toBe(1)
    get().toggleZoomRefine()
    expect(get().masks.zoom).toBe(true)
  },
  async S8() {
    const at = { type: 'point', x: 20, y: 20, positive: true } as const
    const { get, core, prompts } = await open('smart', one)
    core.annotations = core.annotations.map((object) => ({ ...object, source: 'model', prompts: [at] }))
    await get().refresh()
    const made = get().annotations[0]!
    const takeTool = () =>
      toolActions.find(({ id }) => id === 'tool-smart')!.run({ workbench: { getState: get } } as never)
    await takeTool()
    expect(get().draft).toBeNull()
    get().select(made.id)
    await takeTool()
    expect(prompts()).toEqual([true])
    expect(core.questions[0]!.question).toMatchObject({ prompts: [at], maskInput: null })
    await core.questions[0]!.answer(answerOf(30, 3))
    expect(get().masks.candidates[0]?.polygon).toBe(made.shape)
    expect(get().masks.candidates).toHaveLength(4)
    get().confirm()
    expect(get().annotations).toMatchObject([{ id: made.id, shape: made.shape, prompts: [at] }])
  },
  async R1() {
    const { drag, get } = await open('rectangle')
    await drag(180, 80, 260, 160)
    expect(get().annotations).toMatchObject([{ labelId: 'cat', shape: { width: 20, height: 20 } }])
  },
  async R2() {
    const { drag, get, shape } = await open('rectangle', one)
    await drag(100, 20, 140, 30, withShift)
    expect(get().annotations[1]?.shape).toMatchObject({ width: 40, height: 40 })
    get().select('one')
    await drag(40, 10, 80, 20, withShift)
    expect(areaOf(shape('one')!)).toBe(1600 + 30 * 10)
  },
  async R3() {
    const { click, edits } = await open('rectangle')
    await click(20, 20)
    await click(20, 20, { clicks: 2 })
    expect(edits()).toBe(0)
  },
  async P1() {
    const { click, get } = await open('polygon')
    await click(230, 20)
    expect(get().draft).toMatchObject({ complete: false })
    await click(60, 20)
    await click(60, 60)
    get().confirm()
    await settle()
    expect(partsOf(get().annotations[0]!.shape)[0]!.outer[0]).toEqual([200, 20])
  },
  async P2() {
    const { drag, click, get } = await open('polygon')
    await drag(20, 20, 40, 30)
    await click(60, 20)
    await click(60, 60)
    get().confirm()
    await settle()
    expect(partsOf(get().annotations[0]!.shape)[0]!.outer).toEqual([
      [40, 30],
      [60, 20],
      [60, 60],
    ])
  },
  async P3() {
    const { click, get } = await open('polygon')
    for (const [x, y] of [
      [20, 20],
      [60, 20],
      [60, 60],
      [21, 20],
    ] as const)
      await click(x, y)
    expect(get().annotations).toHaveLength(1)
  },
  async P4() {
    const { click, get } = await open('polygon')
    for (const [x, y] of [
      [20, 20],
      [60, 20],
      [60, 60],
    ] as const)
      await click(x, y)
    await click(60, 60, { clicks: 2 })
    expect(get().annotations).toHaveLength(1)
  },
  async P5() {
    const { click, get } = await open('polygon', two, 'one')
    await click(60, 20, withShift)
    await click(80, 20, withAlt)
    await click(80, 40)
    expect(get().draft).toMatchObject({ complete: true, onto: { how: 'add' } })
  },
  async P6() {
    const { click, get } = await open('polygon')
    await click(60, 20)
    await click(80, 20, withRight)
    get().back()
    expect(get().draft).toBeNull()
  },
  async P7() {
    const { click, press, move, lift, get } = await open('polygon', one)
    await click(52, 8, withShift)
    await click(90, 12)
    press(80, 40)
    move(53, 30, withShift)
    lift(53, 30, withShift)
    get().confirm()
    await settle()
    const drawn = get().annotations.find(({ id }) => id !== 'one')!
    expect(partsOf(drawn.shape)[0]!.outer).toEqual([
      [50, 10],
      [90, 12],
      [50, 30],
    ])
  },
  async B1() {
    const { drag, click, get } = await open('brush')
    await drag(20, 20, 60, 20)
    expect(get().annotations).toMatchObject([{ labelId: 'cat' }])
    expect(get().selected).toBe(get().annotations[0]!.id)
    get().select(null)
    await click(140, 60)
    expect(get().annotations).toHaveLength(2)
  },
  async B2() {
    const { drag, click, get, shape } = await open('brush', one, 'one')
    await drag(40, 30, 90, 30)
    await click(150, 70, withShift)
    expect(get().annotations).toHaveLength(1)
    expect(partsOf(shape('one')!)).toHaveLength(2)
  },
  async B3() {
    for (const keys of [withAlt, withRight]) {
      const { drag, shape } = await open('brush', { one: square(10, 10, 80) }, 'one')
      await drag(40, 50, 60, 50, keys)
      expect(partsOf(shape('one')!)[0]!.holes).toHaveLength(1)
    }
  },
  async B4() {
    for (const keys of [withAlt, withRight]) {
      const { drag, notices, edits } = await open('brush', one)
      await drag(20, 20, 30, 30, keys)
      expect(edits()).toBe(0)
      expect(notices).toHaveLength(1)
    }
  },
  async B5() {
    const { get } = await open('brush')
    const before = get().brushSize
    get().resizeBrush(1.2)
    expect(get().brushSize).toBeCloseTo(before * 1.2)
  },
}

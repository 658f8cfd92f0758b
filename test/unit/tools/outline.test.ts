/** The select tool on the outline of the selected object: rings, vertices, stretches drawn anew, cuts. */
import { describe, expect, it } from 'vitest'
import { areaOf, partsOf } from '../../../common/geometry/measure.ts'
import type { Polygon, Shape } from '../../../common/model.ts'
import type { ToolEffect } from '../../../renderer/tools/events.ts'
import { selectRegion } from '../../../renderer/tools/select/draw.ts'
import { selectTool } from '../../../renderer/tools/select/select.ts'
import { objectByHand } from '../../support/objects.ts'
import { settle, square } from './fake-core.ts'
import { contextOf, createDriver } from './drive.ts'
import { create } from './open-workbench.ts'

const ring = (x: number, y: number, side: number) => square(x, y, side).parts[0]!.outer
const holed: Polygon = { type: 'polygon', parts: [{ outer: ring(10, 10, 80), holes: [ring(30, 30, 20)] }] }
const inParts: Polygon = {
  type: 'polygon',
  parts: [
    { outer: ring(10, 10, 60), holes: [] },
    { outer: ring(120, 10, 40), holes: [] },
  ],
}

const drive = (shape: Shape, locked = false) => {
  const one = objectByHand('one', shape, { locked })
  const context = contextOf({ annotations: [one], selected: 'one', selection: new Set(['one']) })
  return createDriver(selectTool, context)
}
type Driver = ReturnType<typeof drive>

const changed = (effects: readonly ToolEffect[]): Shape | null =>
  effects.flatMap((effect) => (effect.type === 'change' ? [effect.shape] : [])).at(-1) ?? null

const seen = { annotations: [], selected: 'one', lockedLabels: new Set<string>() }
const hintOf = (tool: Driver) =>
  JSON.stringify(
    selectTool.hint(tool.state, { ...seen, annotations: tool.context.annotations } as unknown as Parameters<
      typeof selectTool.hint
    >[1]),
  )

describe('a ring', () => {
  it('is chosen by a click in the hole or on its line, and deleted alone', () => {
    for (const [x, y] of [
      [40, 40],
      [30, 40],
    ] as const) {
      const tool = drive(holed)
      tool.click(x, y)
      expect(hintOf(tool)).toContain('delete this hole')
      tool.send({ type: 'delete' })
      expect(changed(tool.take())).toEqual(square(10, 10, 80))
    }
  })

  it('is a part by a click in it; Esc leaves it chosen no more, and Delete is for the object again', () => {
    const tool = drive(inParts)
    tool.click(140, 30)
    expect(hintOf(tool)).toContain('delete this part')
    tool.send({ type: 'delete' })
    expect(changed(tool.take())).toEqual(square(10, 10, 60))
    const other = drive(inParts)
    other.click(140, 30)
    other.send({ type: 'cancel' })
    other.send({ type: 'delete' })
    expect(other.take().map(({ type }) => type)).toEqual(['remove', 'select'])
  })

  it('is none where the object has one only, or is locked', () => {
    const tool = drive(square(10, 10, 60))
    tool.click(10, 30)
    expect(tool.state.ring).toBeNull()
    const held = drive(holed, true)
    held.click(40, 40)
    expect(held.state.ring).toBeNull()
  })
})

describe('vertices', () => {
  it('come by a double click on an edge, where it was clicked', () => {
    const tool = drive(square(10, 10, 80))
    tool.click(30, 11)
    tool.click(30, 11, { clicks: 2 })
    const shape = changed(tool.take())
    expect(shape && partsOf(shape)[0]!.outer.slice(0, 3)).toEqual([
      [10, 10],
      [30, 10],
      [90, 10],
    ])
    expect(tool.state.vertices?.refs).toEqual([{ part: 0, ring: 0, vertex: 1 }])
  })

  it('go by Alt+click, and by a drag over them, as one change; the last outline keeps three', () => {
    const tool = drive(holed)
    tool.click(30, 30, { alt: true })
    const shape = changed(tool.take())
    expect(shape && partsOf(shape)[0]!.holes[0]).toHaveLength(3)
    const dragged = drive(holed)
    dragged.down(50, 50, { alt: true })
    for (const [x, y] of [
      [50, 30],
      [30, 30],
      [10, 10],
      [90, 10],
    ] as const)
      dragged.move(x, y, { alt: true })
    dragged.up(90, 10, { alt: true })
    const effects = dragged.take()
    expect(effects).toHaveLength(1)
    expect(changed(effects)).toMatchObject({ parts: [{ outer: { length: 3 }, holes: [] }] })
    expect(dragged.state.making).toBeNull()
  })
})

describe('a stretch of the outline', () => {
  it('is drawn by a drag from one point of it to another; the rest stays vertex for vertex', () => {
    const tool = drive(square(10, 10, 80))
    tool.down(20, 90, { shift: true })
    for (const [x, y] of [
      [20, 96],
      [50, 98],
      [80, 96],
    ] as const)
      tool.move(x, y)
    expect(hintOf(tool)).toContain('the shorter side is replaced')
    tool.up(80, 91)
    const shape = changed(tool.take())!
    expect(areaOf(shape)).toBeCloseTo(80 * 80 + 60 * 6 + 60, -1)
    expect(partsOf(shape)[0]!.outer).toEqual(expect.arrayContaining(ring(10, 10, 80)))
  })

  it('is drawn by clicks as well; Backspace takes one back, Esc all', () => {
    const tool = drive(square(10, 10, 80))
    tool.click(90, 20, { shift: true })
    expect(selectTool.draft?.(tool.state)).toMatchObject({ complete: false, replaces: null })
    tool.click(150, 20)
    tool.send({ type: 'back' })
    tool.click(110, 20)
    tool.click(110, 80)
    tool.click(90, 80)
    const shape = changed(tool.take())!
    expect(areaOf(shape)).toBe(80 * 80 + 20 * 60)
    expect(selectTool.draft?.(tool.state)).toBeNull()
    tool.click(90, 20, { shift: true })
    tool.send({ type: 'cancel' })
    tool.click(110, 20)
    expect(tool.take().filter(({ type }) => type === 'change')).toEqual([])
  })
})

describe('a cut', () => {
  it('makes two objects of one, as one step that undo takes back', async () => {
    const { get, core, open } = await create()
    core.annotations = [objectByHand('one', holed, { labelId: 'dog' })]
    await open(2)
    await open(1)
    get().setTool('select')
    get().select('one')
    const keys = { shift: true, alt: false }
    get().send({ type: 'down', button: 'primary', clicks: 1, point: { x: 70, y: 2 }, ...keys })
    get().send({ type: 'up', point: { x: 70, y: 98 }, ...keys })
    await settle()
    expect(get().annotations).toMatchObject([
      { id: 'one', labelId: 'dog' },
      { labelId: 'dog', source: 'hand' },
    ])
    expect(get().annotations.map(({ shape }) => Math.round(areaOf(shape)))).toEqual([60 * 80 - 400, 20 * 80])
    await get().undo()
    await settle()
    expect(get().annotations.map(({ shape }) => shape)).toEqual([holed])
  })

  it('says so when the line does not cross the object; a locked object stays whole', () => {
    const tool = drive(square(10, 10, 60))
    tool.drag(30, 1, 30, 40, { shift: true })
    expect(tool.take()).toMatchObject([{ type: 'notice' }])
    const held = drive(square(10, 10, 60), true)
    held.drag(30, 1, 30, 90, { shift: true })
    expect(held.take().filter(({ type }) => type !== 'hover')).toMatchObject([
      { type: 'notice', message: expect.stringContaining('locked') as unknown },
    ])
  })
})

it('of what is locked with its class the hint says so, and offers no key that would not free it', () => {
  const hint = (locked: boolean) => {
    const { state, context } = drive(square(10, 10, 40), locked)
    const stage = { ...seen, annotations: context.annotations, lockedLabels: new Set(['cat']) }
    return JSON.stringify(selectTool.hint(state, stage as unknown as Parameters<typeof selectTool.hint>[1]))
  }
  expect(hint(false)).toContain('Locked with its class')
  expect(hint(false)).not.toContain('unlock')
  expect(hint(true)).toContain('unlock')
})

it('a rectangle has no vertices to choose, and the hint offers none', () => {
  expect(hintOf(drive(square(10, 10, 40)))).toContain('choose vertices')
  const hint = hintOf(drive({ type: 'rectangle', x: 10, y: 10, width: 40, height: 40 }))
  expect(hint).toContain('redraw, cut')
  expect(hint).not.toContain('choose vertices')
})

it('a press beside all objects shows nothing of a lasso before it is dragged: it may be a click', () => {
  const tool = drive(square(10, 10, 40))
  const stage = { stageSize: { width: 200, height: 100 } } as Parameters<typeof selectRegion>[1]
  const before = hintOf(tool)
  tool.down(80, 80)
  expect(tool.state.making).toMatchObject({ type: 'lasso', dragged: false })
  expect(selectRegion(tool.state, stage)).toBe(null)
  expect(hintOf(tool)).toBe(before)
  tool.move(80, 20)
  expect(selectRegion(tool.state, stage)).not.toBe(null)
  expect(hintOf(tool)).toContain('release to choose them')
})

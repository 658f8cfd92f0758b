/** The lines of renderer/tools/SEMANTICS.md that are of the select tool. */
import { expect } from 'vitest'
import { areaOf, bboxOf, partsOf } from '../../../common/geometry/measure.ts'
import { rotatedHandle, turningHandle } from '../../../common/geometry/rotated.ts'
import type { RotatedRectangle, Shape } from '../../../common/model.ts'
import { settle, square } from './fake-core.ts'
import { holed, inParts, one, open, two, withAlt, withShift, type Lines } from './gesture-bench.ts'

/** Equal but for rounding. */
const near = (value: number, digits = 9): unknown => expect.closeTo(value, digits)

const turned: RotatedRectangle = {
  type: 'rotated-rectangle',
  cx: 100,
  cy: 50,
  width: 40,
  height: 20,
  angle: Math.atan2(3, 4),
}
const zigzag: Shape = {
  type: 'polyline',
  points: [
    [10, 20],
    [30, 40],
    [50, 20],
    [90, 20],
  ],
}
/** Two squares with one border. */
const neighbours = { left: square(10, 10, 40), right: square(50, 10, 40) }

const openShared = async () => {
  const bench = await open('select', neighbours, 'left')
  bench.get().setLook({ shareVertices: true })
  return bench
}

const withAltShift = { alt: true, shift: true }

/** A drag through these places. */
const lasso = async (
  { press, move, lift }: Pick<Awaited<ReturnType<typeof open>>, 'press' | 'move' | 'lift'>,
  keys: Parameters<typeof press>[2],
  ...places: readonly (readonly [number, number])[]
) => {
  const [[x, y] = [0, 0], ...rest] = places
  press(x, y, keys)
  for (const [toX, toY] of rest) move(toX, toY, keys)
  lift(...places.at(-1)!, keys)
  await settle()
}

export const editingLines: Lines = {
  async E1() {
    const { click, get } = await open('select', one, 'one')
    await click(150, 80)
    expect(get().selected).toBeNull()
  },
  async E2() {
    const { click, get } = await open('select', { small: square(20, 20, 10), large: square(10, 10, 60) })
    await click(24, 25)
    expect(get().selected).toBe('small')
  },
  async E3() {
    const { drag, get, edits } = await open('select', one)
    await drag(30, 30, 60, 30)
    expect(get().selected).toBe('one')
    expect(edits()).toBe(0)
  },
  async E4() {
    const { click, get } = await open(
      'select',
      { small: square(20, 20, 30), large: square(10, 10, 60) },
      'small',
    )
    await click(35, 42)
    expect(get().selected).toBe('large')
    await click(35, 42)
    expect(get().selected).toBe('small')
  },
  async E5() {
    const { press, get } = await open(
      'select',
      { small: square(20, 20, 30), large: square(10, 10, 60) },
      'small',
    )
    press(35, 42, withAlt)
    expect(get().selected).toBe('large')
  },
  async E6() {
    const { drag, outer } = await open('select', one, 'one')
    await drag(30, 38, 35, 38)
    expect(outer('one')[0]).toEqual([15, 10])
    await drag(35, 38, 400, 38)
    expect(outer('one')[0]).toEqual([160, 10])
  },
  async E7() {
    const box: Shape = { type: 'rectangle', x: 20, y: 20, width: 60, height: 40 }
    const { drag, shape } = await open('select', { box }, 'box')
    await drag(80, 60, 90, 70)
    expect(shape('box')).toEqual({ ...box, width: 70, height: 50 })
  },
  async E8() {
    const { drag, get, edits, shape } = await open('select', {
      one: square(10, 10, 20),
      two: square(60, 10, 20),
    })
    get().selectAll(['one', 'two'])
    await drag(20, 20, 15, 40)
    expect(edits()).toBe(1)
    expect([shape('one'), shape('two')]).toEqual([square(5, 30, 20), square(55, 30, 20)])
    await drag(15, 40, -90, 40)
    expect([shape('one'), shape('two')]).toEqual([square(0, 30, 20), square(50, 30, 20)])
  },
  async E9() {
    const { click, get } = await open('select', { one: square(10, 10, 20), two: square(60, 10, 20) })
    get().selectAll(['one', 'two'])
    await click(20, 20)
    expect([...get().selection]).toEqual(['one'])
  },
  async E10() {
    const { drag, shape, edits } = await open('select', { turned }, 'turned')
    const east = rotatedHandle(turned, 'e')
    const west = rotatedHandle(turned, 'w')
    await drag(east.x, east.y, east.x + 8, east.y + 6)
    const now = shape('turned') as RotatedRectangle
    expect(now).toMatchObject({ width: near(50, 9), height: 20, angle: turned.angle })
    expect(rotatedHandle(now, 'w').x).toBeCloseTo(west.x, 9)
    expect(edits()).toBe(1)
    const far = rotatedHandle(now, 'e')
    await drag(far.x, far.y, far.x + 400, far.y + 300)
    const { y, height } = bboxOf(shape('turned')!)
    expect(y + height).toBeLessThan(100.01)
  },
  async E11() {
    const { drag, shape } = await open('select', { turned }, 'turned')
    // Beside the upper side, as far as 28 screen pixels are.
    const from = turningHandle(turned, 14)
    await drag(from.x, from.y, turned.cx + 24, turned.cy)
    expect(shape('turned')).toMatchObject({ width: 40, height: 20, angle: near(Math.PI / 2, 9) })
    await drag(turned.cx + 24, turned.cy, turned.cx + 24, turned.cy + 2, withShift)
    expect(shape('turned')).toMatchObject({ angle: near(Math.PI / 2, 9) })
  },
  async E12() {
    const { click, drag, get, shape } = await open('select', { point: { type: 'point', x: 50, y: 50 } })
    await click(53, 50)
    expect(get().selected).toBe('point')
    await drag(51, 50, 61, 30)
    expect(shape('point')).toEqual({ type: 'point', x: 60, y: 30 })
  },
  async V1() {
    const { click, get, outer } = await open('select', one, 'one')
    await click(50, 50)
    get().nudge(1, 0)
    await settle()
    expect(outer('one')[2]).toEqual([51, 50])
    get().deleteSelected()
    await settle()
    expect(outer('one')).toHaveLength(3)
  },
  async V2() {
    const { drag, outer } = await open('select', one, 'one')
    await drag(50, 50, 60, 58)
    expect(outer('one')[2]).toEqual([60, 58])
  },
  async V3() {
    const { click, drag, outer } = await open('select', one, 'one')
    await click(30, 10)
    expect(outer('one')[1]).toEqual([30, 10])
    await drag(30, 50, 30, 60)
    expect(outer('one')).toContainEqual([30, 60])
  },
  async V4() {
    const { click, outer } = await open('select', one, 'one')
    await click(20, 50)
    await click(20, 50, { clicks: 2 })
    expect(outer('one')).toContainEqual([20, 50])
  },
  async V5() {
    const { click, get, shape } = await open('select', { one: holed }, 'one')
    await click(32, 25)
    get().deleteSelected()
    await settle()
    expect(shape('one')).toEqual(square(10, 10, 60))
  },
  async V6() {
    const { click, get, shape } = await open('select', { one: holed }, 'one')
    await click(40, 44)
    get().deleteSelected()
    await settle()
    expect(shape('one')).toEqual(square(10, 10, 60))
  },
  async V7() {
    const { click, get, shape } = await open('select', { one: inParts }, 'one')
    await click(90, 38)
    get().deleteSelected()
    await settle()
    expect(shape('one')).toEqual(square(10, 10, 40))
  },
  async V8() {
    const { click, get, shape } = await open('select', { one: holed }, 'one')
    await click(40, 44)
    get().cancel()
    expect(get().selected).toBe('one')
    get().deleteSelected()
    await settle()
    expect(shape('one')).toBeUndefined()
  },
  async V9() {
    const { click, press, move, lift, outer, shape } = await open('select', { one: holed }, 'one')
    await click(70, 70, withAlt)
    expect(outer('one')).toHaveLength(3)
    press(25, 25, withAlt)
    move(55, 25, withAlt)
    lift(55, 25, withAlt)
    await settle()
    expect(partsOf(shape('one')!)[0]!.holes).toEqual([])
  },
  async V10() {
    const { press, move, lift, shape, edits } = await open('select', one, 'one')
    press(20, 50, withShift)
    for (const [x, y] of [
      [20, 60],
      [40, 60],
      [40, 54],
    ] as const)
      move(x, y)
    lift(40, 50)
    await settle()
    expect(areaOf(shape('one')!)).toBe(1600 + 200)
    expect(edits()).toBe(1)
  },
  async V11() {
    const { click, shape, edits } = await open('select', one, 'one')
    await click(20, 50, withShift)
    for (const [x, y] of [
      [20, 60],
      [40, 60],
      [40, 50],
    ] as const)
      await click(x, y)
    expect(areaOf(shape('one')!)).toBe(1600 + 200)
    expect(edits()).toBe(1)
  },
  async V12() {
    const { drag, get, edits } = await open('select', one, 'one')
    await drag(30, 2, 30, 70, withShift)
    expect(get().annotations.map(({ shape }) => Math.round(areaOf(shape)))).toEqual([800, 800])
    expect(edits()).toBe(1)
  },
  async V13() {
    const { press, move, lift, outer, edits } = await open('select', two, 'one')
    press(50, 50)
    move(97, 47, withShift)
    lift(97, 47, withShift)
    await settle()
    expect(outer('one')).toContainEqual([100, 50])
    press(100, 50)
    move(98, 28)
    lift(98, 28, withShift)
    await settle()
    expect(outer('one')).toContainEqual([100, 28])
    press(100, 28)
    move(97, 30, withShift)
    lift(97, 30)
    await settle()
    expect(outer('one')).toContainEqual([97, 30])
    expect(edits()).toBe(3)
  },
  async V14() {
    const { drag, press, move, lift, get, outer } = await open('select', one, 'one')
    await lasso({ press, move, lift }, {}, [60, 5], [60, 60], [30, 60], [30, 5])
    expect(get().selected).toBe('one')
    await drag(50, 50, 60, 50)
    expect(outer('one')).toEqual([
      [10, 10],
      [60, 10],
      [60, 50],
      [10, 50],
    ])
  },
  async V15() {
    const { press, move, lift, get, shape } = await open('select', { line: zigzag }, 'line')
    await lasso({ press, move, lift }, withAltShift, [20, 10], [60, 10], [60, 45], [20, 45])
    get().deleteSelected()
    await settle()
    expect(shape('line')).toEqual({
      ...zigzag,
      points: [
        [10, 20],
        [90, 20],
      ],
    })
  },
  async V16() {
    const { click, get, outer } = await open('select', one, 'one')
    await click(10, 10)
    await click(50, 10, withAltShift)
    await click(50, 50, withAltShift)
    await click(50, 10, withAltShift)
    get().nudge(0, 5)
    await settle()
    expect(outer('one')).toEqual([
      [10, 15],
      [50, 10],
      [50, 55],
      [10, 50],
    ])
  },
  async V17() {
    const { drag, click, get, outer, shape, edits } = await open('select', { one: holed }, 'one')
    await click(10, 10)
    await click(70, 10, withAltShift)
    await drag(70, 10, 75, -40)
    expect(outer('one').slice(0, 2)).toEqual([
      [15, 0],
      [75, 0],
    ])
    get().nudge(1, 0)
    await settle()
    expect(outer('one')[0]).toEqual([16, 0])
    get().cancel()
    expect(get().selected).toBe('one')
    await click(25, 25)
    await click(55, 25, withAltShift)
    get().deleteSelected()
    await settle()
    expect(partsOf(shape('one')!)[0]!.holes).toEqual([])
    expect(edits()).toBe(3)
  },
  async H1() {
    const { drag, get, outer, edits } = await openShared()
    await drag(50, 50, 60, 55)
    expect(outer('left')[2]).toEqual([60, 55])
    expect(outer('right')[3]).toEqual([60, 55])
    get().nudge(1, 0)
    await settle()
    expect(outer('right')[3]).toEqual([61, 55])
    expect(edits()).toBe(2)
    await get().undo()
    await get().undo()
    await settle()
    expect(outer('right')).toEqual(neighbours.right.parts[0]!.outer)
    // And without the switch the one alone.
    get().setLook({ shareVertices: false })
    await drag(50, 50, 60, 55)
    expect(outer('right')[3]).toEqual([50, 50])
  },
  async H2() {
    const { drag, outer, edits } = await openShared()
    await drag(50, 30, 55, 32)
    expect(outer('left')).toContainEqual([55, 32])
    expect(outer('right')).toContainEqual([55, 32])
    expect(outer('right')).toHaveLength(5)
    expect(edits()).toBe(1)
  },
  async H3() {
    const { click, get, outer, edits } = await openShared()
    await click(50, 50)
    get().deleteSelected()
    await settle()
    expect([outer('left'), outer('right')].map(({ length }) => length)).toEqual([3, 3])
    expect(edits()).toBe(1)
    await get().undo()
    await settle()
    await click(50, 10, withAlt)
    expect([outer('left'), outer('right')].map(({ length }) => length)).toEqual([3, 3])
  },
  async H4() {
    const { drag, get, outer, notices } = await openShared()
    get().toggleLocked(['right'])
    await settle()
    await drag(50, 50, 60, 55)
    expect(outer('left')[2]).toEqual([60, 55])
    expect(outer('right')[3]).toEqual([50, 50])
    expect(notices.at(-1)).toContain('shares this vertex is locked')
    expect(notices.at(-1)).toContain('Unlock it with {lock}')
  },
}

/** The lines of renderer/tools/SEMANTICS.md that are of the select tool. */
import { expect } from 'vitest'
import { areaOf, partsOf } from '../../../common/geometry/measure.ts'
import type { Shape } from '../../../common/model.ts'
import { settle, square } from './fake-core.ts'
import { holed, inParts, one, open, two, withAlt, withShift, type Lines } from './gesture-bench.ts'

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
}

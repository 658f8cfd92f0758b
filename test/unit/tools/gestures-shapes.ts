/** The lines of renderer/tools/SEMANTICS.md that are of rotated rectangles, ellipses, lines and points. */
import { expect } from 'vitest'
import { areaOf, bboxOf, partsOf } from '../../../common/geometry/measure.ts'
import type { Shape } from '../../../common/model.ts'
import { settle } from './fake-core.ts'
import { one, open, withRight, withShift, type Lines } from './gesture-bench.ts'

/** Equal but for rounding. */
const near = (value: number, digits = 9): unknown => expect.closeTo(value, digits)

export const shapeLines: Lines = {
  async T1() {
    const { click, get, edits } = await open('rotated')
    await click(40, 20)
    await click(80, 50)
    await click(65, 70)
    expect(get().annotations).toMatchObject([
      { labelId: 'cat', shape: { type: 'rotated-rectangle', width: 50, height: near(25, 9) } },
    ])
    expect(edits()).toBe(1)
    // Its opposite side would lie outside.
    await click(10, 10)
    await click(190, 30)
    await click(100, -40)
    const { x, y } = bboxOf(get().annotations.at(-1)!.shape)
    expect(Math.min(x, y)).toBeGreaterThan(-0.01)
  },
  async T2() {
    const { click, drag, get } = await open('rotated')
    await drag(40, 20, 80, 20)
    await click(50, 60)
    expect(get().annotations).toMatchObject([{ shape: { cx: 60, cy: 40, width: 40, height: 40, angle: 0 } }])
  },
  async T3() {
    const { click, drag, get } = await open('rotated')
    await click(40, 20)
    await click(80, 23, withShift)
    await click(50, 60)
    get().select(null)
    await drag(40, 20, 70, 49, withShift)
    await click(90, 20)
    expect(get().annotations.map(({ shape }) => shape)).toMatchObject([
      { angle: 0, width: 40 },
      { angle: near(Math.PI / 4, 9) },
    ])
  },
  async T4() {
    const { click, move, get } = await open('rotated')
    await click(40, 20)
    await click(80, 20)
    move(60, 50)
    get().pickLabel('dog')
    await settle()
    expect(get().annotations).toMatchObject([{ labelId: 'dog', shape: { height: 30 } }])
  },
  async T5() {
    const { click, get } = await open('rotated')
    await click(40, 20)
    await click(80, 20)
    get().back()
    await click(40, 60)
    await click(60, 60)
    expect(get().annotations).toMatchObject([{ shape: { width: 40, height: 20 } }])
    await click(10, 10)
    get().back()
    expect(get().draft).toBeNull()
  },
  async C1() {
    const { drag, get } = await open('ellipse')
    await drag(20, 20, 120, 80)
    const { shape } = get().annotations[0]!
    expect(bboxOf(shape)).toEqual({ x: 20, y: 20, width: 100, height: 60 })
    const { outer } = partsOf(shape)[0]!
    expect(outer).toHaveLength(32)
    expect(areaOf(shape)).toBeGreaterThan(0.99 * Math.PI * 50 * 30)
  },
  async C2() {
    const { drag, get, shape } = await open('ellipse', one)
    await drag(100, 20, 160, 50, withShift)
    expect(bboxOf(get().annotations.at(-1)!.shape)).toMatchObject({ width: 60, height: 60 })
    get().select('one')
    await drag(30, 30, 70, 40, withShift)
    expect(areaOf(shape('one')!)).toBeGreaterThan(1600)
  },
  async L1() {
    const { click, drag, get } = await open('polyline')
    await click(10, 10)
    await drag(40, 10, 60, 20)
    await click(260, 40)
    get().confirm()
    await settle()
    expect(get().annotations).toMatchObject([
      {
        labelId: 'cat',
        shape: {
          type: 'polyline',
          points: [
            [10, 10],
            [60, 20],
            [200, 40],
          ],
        },
      },
    ])
  },
  async L2() {
    const { click, get, notices } = await open('polyline')
    await click(10, 10)
    get().confirm()
    expect(get().annotations).toEqual([])
    expect(notices).toEqual([expect.stringContaining('two points')])
    await click(40, 40)
    await click(40, 40, { clicks: 2 })
    expect(get().annotations).toMatchObject([
      {
        shape: {
          points: [
            [10, 10],
            [40, 40],
          ],
        },
      },
    ])
  },
  async L3() {
    const { click, get } = await open('polyline', one)
    await click(52, 9, withShift)
    await click(53, 30, withShift)
    get().confirm()
    await settle()
    expect(get().annotations.at(-1)).toMatchObject({
      shape: {
        points: [
          [50, 10],
          [50, 30],
        ],
      },
    })
  },
  async L5() {
    const line: Shape = {
      type: 'polyline',
      points: [
        [10, 10],
        [60, 10],
      ],
    }
    const { click, get, shape, edits } = await open('polyline', { line })
    await click(61, 10)
    await click(90, 40)
    get().confirm()
    await settle()
    expect(shape('line')).toMatchObject({
      points: [
        [10, 10],
        [60, 10],
        [90, 40],
      ],
    })
    await click(10, 11)
    await click(5, 50)
    await click(5, 50, { clicks: 2 })
    await settle()
    expect(shape('line')).toMatchObject({
      points: [
        [5, 50],
        [10, 10],
        [60, 10],
        [90, 40],
      ],
    })
    expect([edits(), get().annotations.length]).toEqual([2, 1])
    await click(90, 40, withShift)
    await click(120, 40)
    get().confirm()
    await settle()
    expect(get().annotations).toHaveLength(2)
  },
  async L4() {
    const { click, get } = await open('polyline')
    await click(10, 10)
    await click(40, 40, withRight)
    expect(get().annotations).toEqual([])
    expect(get().draft).not.toBeNull()
  },
  async K1() {
    const { click, drag, get } = await open('point')
    await click(30, 40)
    await drag(60, 60, 320, 70)
    await click(300, 50)
    expect(get().annotations.map(({ shape }) => shape)).toEqual([
      { type: 'point', x: 30, y: 40 },
      { type: 'point', x: 200, y: 70 },
    ])
    expect(get().annotations[0]!.labelId).toBe('cat')
  },
  async K2() {
    const { click, get } = await open('point', one)
    await click(52, 9, withShift)
    expect(get().annotations.at(-1)!.shape).toEqual({ type: 'point', x: 50, y: 10 })
  },
  async K3() {
    const { press, move, lift, get } = await open('point')
    press(30, 30)
    move(60, 60)
    get().cancel()
    lift(60, 60)
    await settle()
    expect(get().annotations).toEqual([])
  },
}

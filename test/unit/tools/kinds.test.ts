/** Points, lines and rotated rectangles where a shape with an inside is expected, and back from the clipboard. */
import { describe, expect, it } from 'vitest'
import { areaOf } from '../../../common/geometry/measure.ts'
import { objectsOfText, textOfObjects } from '../../../common/object-text.ts'
import { movedTo } from '../../../common/changed-picture.ts'
import type { RotatedRectangle, Shape } from '../../../common/model.ts'
import { annotationSchema } from '../../../common/model.ts'
import { sizeText } from '../../../renderer/panels/objects/size-text.ts'
import { settle } from './fake-core.ts'
import { one, open, withAlt, withShift } from './gesture-bench.ts'
import { objectByHand } from '../../support/objects.ts'

/** Equal but for rounding. */
const near = (value: number, digits = 9): unknown => expect.closeTo(value, digits)

const point: Shape = { type: 'point', x: 120, y: 50 }
const line: Shape = {
  type: 'polyline',
  points: [
    [100, 20],
    [160, 20],
  ],
}
const turned: RotatedRectangle = {
  type: 'rotated-rectangle',
  cx: 60,
  cy: 40,
  width: 40,
  height: 20,
  angle: 0.5,
}

describe('points and lines', () => {
  it('are neither joined, taken away, mended nor refined, which is said', async () => {
    const { get, notices, edits } = await open('select', { ...one, point, line })
    get().selectAll(['one', 'point', 'line'])
    get().combineSelected('join')
    await settle()
    get().selectAll(['point', 'line'])
    get().mend(['point', 'line'], 'grow')
    get().refine('line', false)
    await settle()
    expect(notices).toEqual([
      expect.stringContaining('cover nothing'),
      expect.stringContaining('have no inside'),
      expect.stringContaining('has no inside'),
    ])
    expect(edits()).toBe(0)
  })

  it('leave Shift and Alt to the tool, and the brush paints a new object', async () => {
    const { get, drag } = await open('rectangle', { point }, 'point')
    await drag(20, 20, 60, 40, withShift)
    expect(get().annotations.at(-1)).toMatchObject({ shape: { width: 40, height: 40 } })
    get().setTool('brush')
    get().select('point')
    await drag(20, 80, 40, 80)
    expect(get().annotations).toHaveLength(3)
    get().select('point')
    await drag(20, 80, 40, 80, withAlt)
    expect(get().annotations.find(({ id }) => id === 'point')!.shape).toEqual(point)
  })

  it('are mended with the others, which alone change', async () => {
    const { get, shape } = await open('select', { ...one, point })
    get().mend(['one', 'point'], 'grow')
    await settle()
    expect(areaOf(shape('one')!)).toBe(42 * 42)
    expect(shape('point')).toEqual(point)
  })

  it('are selected by a box that holds them, and say their place or length', async () => {
    const { get } = await open('select', { point, line })
    for (const [type, at] of [
      ['down', { x: 90, y: 10 }],
      ['move', { x: 125, y: 60 }],
      ['up', { x: 125, y: 60 }],
    ] as const)
      get().pickWith({ type, point: at })
    expect([...get().selection]).toEqual(['point'])
    expect([point, line, turned].map(sizeText)).toEqual(['120, 50', '60 px', '800 px²'])
  })
})

describe('a rotated rectangle', () => {
  it('is fitted around what is selected, as one step', async () => {
    const { get, shape, edits } = await open('select', { one: one.one, point })
    get().mend(['one', 'point'], 'fit-rotated')
    await settle()
    expect(shape('one')).toMatchObject({ type: 'rotated-rectangle', width: 40, height: 40, cx: 30, cy: 30 })
    expect(edits()).toBe(1)
  })

  it('is added to and taken from as any other shape', async () => {
    const { drag, shape } = await open('rectangle', { turned }, 'turned')
    await drag(60, 40, 120, 60, withShift)
    expect(areaOf(shape('turned')!)).toBeGreaterThan(800)
    expect(shape('turned')!.type).toBe('polygon')
  })

  it('comes back from the clipboard, and with a photo that was turned', () => {
    const text = textOfObjects([{ name: 'ship', shape: turned }], { path: 'a.jpg', width: 200, height: 100 })
    const { objects } = objectsOfText(text)!
    expect(objects[0]!.shape).toMatchObject({
      type: 'rotated-rectangle',
      cx: near(60, 9),
      angle: near(0.5, 9),
    })
    const item = {
      madeOn: { width: 200, height: 100, orientation: 1, bytes: 1, contentHash: null },
      width: 100,
      height: 200,
      orientation: 6,
    }
    const move = movedTo(item, 'turn-right')!
    expect(move(objectByHand('a', turned)).shape).toMatchObject({
      cx: near(60, 9),
      cy: near(60, 9),
      width: near(40, 9),
      angle: near(0.5 + Math.PI / 2, 9),
    })
  })
})

it('a shape that is none is refused: a line of one point, a rectangle without a side, a point that is nowhere', () => {
  const isGood = (shape: unknown) =>
    annotationSchema.safeParse({ ...objectByHand('a', point), shape }).success
  expect([point, line, turned].map(isGood)).toEqual([true, true, true])
  expect(
    [
      { ...line, points: [[1, 2]] },
      { ...turned, height: 0 },
      { ...turned, angle: Infinity },
      { type: 'point', x: 'a', y: 1 },
      { type: 'point', x: 2e6, y: 1 },
    ].map(isGood),
  ).toEqual([false, false, false, false, false])
})

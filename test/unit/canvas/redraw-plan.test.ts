import { describe, expect, it } from 'vitest'
import type { Annotation } from '../../../common/model.ts'
import {
  itemsIn,
  planRedraw,
  shiftOf,
  workOf,
  type ShapesScene,
} from '../../../renderer/canvas/redraw-plan.ts'
import { plainOf } from '../../../renderer/canvas/scene.ts'
import { plainLook } from '../../../renderer/tools/stage-look.ts'
import { objectByHand } from '../../support/objects.ts'
import { square } from '../tools/fake-core.ts'

const object = (id: string, x: number, y: number, side = 40) => objectByHand(id, square(x, y, side))
const stage = { width: 400, height: 300 }
const labels = new Map()

const sceneAt = (annotations: readonly Annotation[], view = { scale: 1, x: 0, y: 0 }): ShapesScene => ({
  items: plainOf({
    annotations,
    view,
    stage,
    hiddenLabels: new Set(),
    hiddenObjects: new Set(),
    names: true,
    doubtBelow: 0.7,
    active: null,
  }),
  labels,
  view,
  stage,
  look: plainLook,
})

describe('what of the shapes is drawn again', () => {
  const a = object('a', 20, 20)
  const b = object('b', 200, 100)
  const c = object('c', 300, 200)

  it('is nothing when nothing has changed', () => {
    const plan = planRedraw(sceneAt([a, b]), sceneAt([a, b]), 1)
    expect(plan).toEqual({ shift: { x: 0, y: 0 }, regions: [] })
  })

  it('is the box of an object that comes, goes or changes, with its line', () => {
    const box = { x0: 194, y0: 94, x1: 246, y1: 146 }
    expect(planRedraw(sceneAt([a, b]), sceneAt([a]), 1)?.regions).toEqual([box])
    expect(planRedraw(sceneAt([a]), sceneAt([a, b]), 1)?.regions).toEqual([box])
    const moved = { ...b, shape: square(100, 100, 40) }
    expect(planRedraw(sceneAt([a, b]), sceneAt([a, moved]), 1)?.regions).toEqual([
      { x0: 94, y0: 94, x1: 146, y1: 146 },
      box,
    ])
  })

  it('is one box when many change', () => {
    const many = Array.from({ length: 9 }, (_, at) => object(`m${at}`, 20 + at * 30, 20, 10))
    expect(planRedraw(sceneAt(many), sceneAt([]), 1)?.regions).toEqual([{ x0: 14, y0: 14, x1: 276, y1: 36 }])
  })

  it('is the strips that a pan brings into sight', () => {
    const plan = planRedraw(sceneAt([a, b, c]), sceneAt([a, b, c], { scale: 1, x: -30, y: 12 }), 1)
    expect(plan?.shift).toEqual({ x: -30, y: 12 })
    expect(plan?.regions).toEqual([
      { x0: 370, y0: 0, x1: 400, y1: 300 },
      { x0: 0, y0: 0, x1: 400, y1: 12 },
    ])
  })

  it('is the strip alone for what was out of sight before', () => {
    const far = object('far', 500, 100)
    const plan = planRedraw(sceneAt([far]), sceneAt([far], { scale: 1, x: -200, y: 0 }), 1)
    expect(plan?.regions).toEqual([{ x0: 200, y0: 0, x1: 400, y1: 300 }])
  })

  it('is all after a zoom, a pan by part of a pixel, another look, another order', () => {
    const before = sceneAt([a, b])
    expect(planRedraw(before, sceneAt([a, b], { scale: 2, x: 0, y: 0 }), 1)).toBeNull()
    expect(planRedraw(before, sceneAt([a, b], { scale: 1, x: 0.5, y: 0 }), 1)).toBeNull()
    expect(planRedraw(before, { ...before, look: { ...plainLook, fill: 0.5 } }, 1)).toBeNull()
    expect(planRedraw(before, sceneAt([b, a]), 1)).toBeNull()
  })

  it('goes by device pixels', () => {
    const [before, after] = [
      { scale: 1, x: 0, y: 0 },
      { scale: 1, x: 0.5, y: 2 },
    ]
    expect(shiftOf(before, after, 2)).toEqual({ x: 1, y: 4 })
    expect(shiftOf(before, after, 1)).toBeNull()
  })

  it('draws those that reach into a region', () => {
    const { items } = sceneAt([a, b, c])
    const found = itemsIn(items, { x0: 0, y0: 0, x1: 15, y1: 300 })
    expect(found.map(({ annotation }) => annotation.id)).toEqual(['a'])
  })

  it('takes more work for more and larger outlines', () => {
    const few = workOf(sceneAt([a]).items)
    expect(workOf(sceneAt([a, b]).items)).toBe(2 * few)
  })
})

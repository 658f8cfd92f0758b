import { describe, expect, it } from 'vitest'
import { isDeepStrictEqual } from 'node:util'
import type { Shape } from '../../../common/model.ts'
import { selectTool } from '../../../renderer/tools/select/select.ts'
import { objectByHand } from '../../support/objects.ts'
import { square } from './fake-core.ts'
import { contextOf, createDriver } from './drive.ts'

const annotation = (id: string, shape: Shape, updatedAt = 0) => objectByHand(id, shape, { updatedAt })
const large = annotation('large', square(10, 10, 80))
const small = annotation('small', square(40, 40, 20))
const box = annotation('box', { type: 'rectangle', x: 120, y: 20, width: 60, height: 40 })

const create = (selected: string | null = null) => {
  const driver = createDriver(selectTool, contextOf({ annotations: [small, large, box], selected }))
  return driver
}

const changedOuter = (driver: ReturnType<typeof create>) => {
  const change = driver.take().find((effect) => effect.type === 'change')
  return change?.shape.type === 'polygon' ? change.shape.parts[0]!.outer : null
}

describe('selecting', () => {
  it('takes the smallest at the pointer, whatever lies on top', () => {
    const tool = create()
    tool.click(50, 50)
    expect(tool.take()).toEqual([{ type: 'select', id: 'small' }])
  })

  it('goes through what overlaps with another click, and with Alt at once', () => {
    const tool = create('small')
    tool.click(50, 50)
    expect(tool.take()).toEqual([{ type: 'select', id: 'large' }])
    const alt = create('large')
    alt.click(50, 50, { alt: true })
    expect(alt.take()).toEqual([{ type: 'select', id: 'small' }])
  })

  it('selects nothing on empty ground and on Esc; hovers what lies under the pointer', () => {
    const tool = create('small')
    tool.click(150, 90)
    tool.send({ type: 'cancel' })
    tool.move(50, 50)
    tool.send({ type: 'leave' })
    expect(tool.take()).toEqual([
      { type: 'select', id: null },
      { type: 'select', id: null },
      { type: 'hover', id: 'small' },
      { type: 'hover', id: null },
    ])
  })
})

describe('editing', () => {
  it('moves the shape as one change, no further than the image goes', () => {
    const tool = create('large')
    tool.drag(30, 30, 330, 35)
    const outer = changedOuter(tool)
    expect(outer?.[0]).toEqual([120, 15])
  })

  it('moves only what was selected before the press', () => {
    for (const selected of [null, 'box']) {
      const tool = create(selected)
      tool.drag(50, 50, 58, 50)
      expect(tool.take().filter(({ type }) => type !== 'hover')).toEqual([{ type: 'select', id: 'small' }])
    }
  })

  it('keeps the document as it is until release', () => {
    const tool = create('small')
    tool.down(50, 50)
    tool.move(58, 50)
    expect(tool.take()).toEqual([])
    expect(tool.state.drag?.shape).toEqual(square(48, 40, 20))
    tool.up(58, 50)
    expect(tool.take()).toEqual([{ type: 'change', from: small, shape: square(48, 40, 20) }])
  })

  it('moves a vertex, clamped to the image', () => {
    const tool = create('large')
    tool.drag(11, 11, -40, 31)
    expect(changedOuter(tool)?.[0]).toEqual([0, 30])
  })

  it('adds a vertex by a click and by a drag on the middle of an edge', () => {
    const tool = create('large')
    tool.click(50, 10)
    expect(changedOuter(tool)?.slice(0, 3)).toEqual([
      [10, 10],
      [50, 10],
      [90, 10],
    ])
    tool.drag(50, 10, 50, 4)
    expect(changedOuter(tool)?.[1]).toEqual([50, 4])
  })

  it('removes the selected vertex and goes on with the one before it; without one the shape', () => {
    const tool = create('large')
    tool.click(90, 90)
    expect(tool.state.vertices?.refs).toEqual([{ part: 0, ring: 0, vertex: 2 }])
    tool.send({ type: 'delete' })
    expect(changedOuter(tool)).toHaveLength(3)
    expect(tool.state.vertices?.refs).toEqual([{ part: 0, ring: 0, vertex: 1 }])
    tool.send({ type: 'cancel' })
    tool.send({ type: 'delete' })
    expect(tool.take()).toEqual([
      { type: 'remove', annotation: large },
      { type: 'select', id: null },
    ])
  })

  it('selects nothing once the last vertices of an outline are deleted', () => {
    const shape: Shape = {
      type: 'polygon',
      parts: [square(10, 10, 20), square(120, 40, 30)].map(({ parts }) => parts[0]!),
    }
    const withHole: Shape = {
      type: 'polygon',
      parts: [
        { outer: square(10, 10, 80).parts[0]!.outer, holes: [square(40, 40, 20).parts[0]!.outer] },
        square(120, 40, 30).parts[0]!,
      ],
    }
    for (const [from, x] of [
      [shape, 10],
      [withHole, 40],
    ] as const) {
      const context = contextOf({ annotations: [annotation('parts', from)], selected: 'parts' })
      const tool = createDriver(selectTool, context)
      tool.click(x, x)
      const shapes: Shape[] = []
      for (let presses = 0; presses < 5; presses += 1) {
        tool.send({ type: 'delete' })
        for (const effect of tool.take()) {
          expect(effect.type).not.toBe('remove')
          if (effect.type === 'select') tool.context = { ...tool.context, selected: effect.id }
          if (effect.type === 'change') shapes.push(effect.shape)
          if (effect.type === 'change')
            tool.context = { ...tool.context, annotations: [annotation('parts', effect.shape)] }
        }
        tool.send({ type: 'changed' })
      }
      expect(shapes).toHaveLength(2)
      expect(tool.context.selected).toBeNull()
      expect(shapes[1]?.type === 'polygon' && shapes[1].parts.at(-1)).toEqual(square(120, 40, 30).parts[0])
    }
  })

  it('resizes a rectangle by its handles', () => {
    const tool = create('box')
    tool.drag(180, 60, 190, 80)
    tool.drag(120, 40, 110, 55)
    expect(tool.take().filter(({ type }) => type === 'change')).toMatchObject([
      { shape: { x: 120, y: 20, width: 70, height: 60 } },
      { shape: { x: 110, y: 20, width: 70, height: 40 } },
    ])
  })

  it('nudges the shape or the vertex that was grabbed, and not what is only selected', () => {
    const tool = create('small')
    expect(selectTool.takesArrows?.(tool.state)).toBe(false)
    tool.send({ type: 'nudge', dx: 1, dy: -10 })
    expect(tool.take()).toEqual([])
    tool.context = { ...tool.context, annotations: [small, box] }
    tool.click(50, 50)
    expect(selectTool.takesArrows?.(tool.state)).toBe(true)
    tool.send({ type: 'nudge', dx: 1, dy: -10 })
    expect(tool.take()).toMatchObject([{ type: 'change', shape: square(41, 30, 20) }])
    tool.click(40, 40)
    tool.send({ type: 'nudge', dx: -1, dy: 0 })
    expect(changedOuter(tool)?.[0]).toEqual([39, 40])
    tool.context = { ...tool.context, selected: 'box' }
    tool.send({ type: 'changed' })
    expect(selectTool.takesArrows?.(tool.state)).toBe(false)
  })

  it('moves a small shape by its middle though its vertices are near', () => {
    const tiny = annotation('tiny', square(100, 80, 12))
    const tool = createDriver(selectTool, contextOf({ annotations: [tiny], selected: 'tiny' }))
    tool.drag(106, 86, 116, 86)
    const [effect] = tool.take()
    expect(effect?.type === 'change' && isDeepStrictEqual(effect.shape, square(110, 80, 12))).toBe(true)
  })

  it('drops a drag when the shape was changed or removed by somebody else, and goes on when it only was told again', () => {
    const tool = create('large')
    tool.down(30, 30)
    tool.move(50, 30)
    tool.context = { ...tool.context, annotations: [{ ...large }, small] }
    tool.send({ type: 'changed' })
    expect(tool.state.drag).not.toBeNull()
    tool.context = { ...tool.context, annotations: [annotation('large', square(0, 0, 9), 5), small] }
    tool.send({ type: 'changed' })
    tool.up(60, 30)
    expect(tool.take().filter(({ type }) => type === 'change')).toEqual([])
  })
})

it('of a locked shape nothing is dragged, nudged or deleted, and the user is told', () => {
  const locked = { ...box, locked: true }
  const tool = createDriver(selectTool, contextOf({ annotations: [locked], selected: 'box' }))
  /** The kinds of what the tool asked for; hovering aside. */
  const taken = () => tool.take().flatMap(({ type }) => (type === 'hover' ? [] : [type]))
  tool.drag(150, 40, 160, 45)
  expect(taken()).toEqual(['notice'])
  tool.click(150, 40)
  tool.send({ type: 'nudge', dx: 1, dy: 0 })
  expect(taken()).toEqual([])
  tool.send({ type: 'delete' })
  expect(taken()).toEqual(['notice'])
})

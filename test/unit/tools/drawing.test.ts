import { describe, expect, it } from 'vitest'
import { polygonTool } from '../../../renderer/tools/polygon/polygon.ts'
import { rectangleTool } from '../../../renderer/tools/rectangle/rectangle.ts'
import { contextOf, createDriver } from './drive.ts'

describe('rectangle', () => {
  it('draws by dragging in any direction, clamped to the image, with the current class', () => {
    const tool = createDriver(rectangleTool)
    tool.drag(150, 60, 260, -20)
    expect(tool.take()).toMatchObject([
      {
        type: 'add',
        object: {
          labelId: 'cat',
          source: 'hand',
          shape: { type: 'rectangle', x: 150, y: 0, width: 50, height: 60 },
        },
      },
    ])
  })

  it('draws a square with Shift that stays within the image', () => {
    const tool = createDriver(rectangleTool)
    tool.drag(180, 50, 240, 60, { shift: true })
    expect(tool.take()).toMatchObject([{ object: { shape: { x: 180, y: 50, width: 20, height: 20 } } }])
  })

  it('takes a click, a tremor and a line for nothing', () => {
    const tool = createDriver(rectangleTool)
    tool.click(10, 10)
    tool.drag(10, 10, 13, 12)
    tool.drag(10, 10, 80, 10.5)
    expect(tool.take()).toEqual([])
  })

  it('drops what is drawn on Esc and on an abort, and says when there is no class', () => {
    const tool = createDriver(rectangleTool)
    for (const type of ['cancel', 'abort'] as const) {
      tool.down(10, 10)
      tool.move(50, 50)
      tool.send({ type })
      tool.up(50, 50)
    }
    expect(tool.take()).toEqual([])
    const without = createDriver(rectangleTool, contextOf({ labelId: null }))
    without.drag(10, 10, 50, 50)
    expect(without.take()).toMatchObject([{ type: 'notice', level: 'warning' }])
  })
})

describe('polygon', () => {
  const triangle = () => {
    const tool = createDriver(polygonTool)
    tool.click(10, 10)
    tool.click(60, 10)
    tool.click(60, 60)
    return tool
  }
  const outer = [
    [10, 10],
    [60, 10],
    [60, 60],
  ]

  it('closes with Enter, with the class it is told', () => {
    const tool = triangle()
    tool.send({ type: 'confirm', labelId: 'dog' })
    expect(tool.take()).toMatchObject([
      { type: 'add', object: { labelId: 'dog', shape: { type: 'polygon', parts: [{ outer, holes: [] }] } } },
    ])
    expect(tool.state.vertices).toEqual([])
  })

  it('closes with a click on the first vertex', () => {
    const tool = triangle()
    tool.click(14, 12)
    expect(tool.take()).toMatchObject([{ type: 'add', object: { shape: { parts: [{ outer }] } } }])
  })

  it('closes with a double click, whose second press adds no vertex', () => {
    const tool = createDriver(polygonTool)
    tool.click(10, 10)
    tool.click(60, 10)
    tool.click(60, 60)
    tool.click(61, 60, { clicks: 2 })
    expect(tool.take()).toMatchObject([{ type: 'add', object: { shape: { parts: [{ outer }] } } }])
  })

  it('takes the last vertex back on Backspace and all on Esc', () => {
    const tool = triangle()
    tool.send({ type: 'back' })
    expect(tool.state.vertices).toHaveLength(2)
    tool.send({ type: 'cancel' })
    expect(tool.state.vertices).toEqual([])
  })

  it('refuses less than a triangle and keeps the vertices', () => {
    const tool = createDriver(polygonTool)
    tool.click(10, 10)
    tool.click(60, 10)
    tool.click(90, 10)
    tool.send({ type: 'confirm', labelId: 'cat' })
    expect(tool.take()).toMatchObject([{ type: 'notice' }])
    expect(tool.state.vertices).toHaveLength(3)
  })

  it('clamps vertices to the image and moves the newest while it is held', () => {
    const tool = createDriver(polygonTool)
    tool.click(-30, 150)
    expect(tool.state.vertices).toEqual([{ x: 0, y: 100 }])
    tool.drag(50, 50, 80, 40)
    expect(tool.state.vertices).toEqual([
      { x: 0, y: 100 },
      { x: 80, y: 40 },
    ])
  })
})

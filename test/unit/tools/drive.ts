/** Drives a tool by events, without a store or a screen. One image pixel is one screen pixel unless told. */
import type { ToolContext, ToolEffect, ToolEvent } from '../../../renderer/tools/events.ts'
import type { Tool } from '../../../renderer/tools/tool.ts'

export const contextOf = (change: Partial<ToolContext> = {}): ToolContext => ({
  imageId: 1,
  revision: 0,
  size: { width: 200, height: 100 },
  scale: 1,
  brushSize: 10,
  annotations: [],
  selection: new Set(),
  selected: null,
  sharesVertices: false,
  isLocked: ({ locked }) => locked,
  labelId: 'cat',
  ...change,
})

type Keys = { shift?: boolean; alt?: boolean; secondary?: boolean; clicks?: number }

export const createDriver = <State>(tool: Tool<State>, context: ToolContext = contextOf()) => {
  let revision = 0
  const driver = {
    state: tool.initial,
    context,
    effects: [] as ToolEffect[],
    send(...events: ToolEvent[]) {
      for (const event of events) {
        revision += 1
        const { state, effects } = tool.step(driver.state, event, { ...driver.context, revision })
        driver.state = state
        driver.effects.push(...effects)
      }
    },
    /** The effects since the last time. */
    take(): ToolEffect[] {
      return driver.effects.splice(0)
    },
    down(x: number, y: number, keys: Keys = {}) {
      const button = keys.secondary ? 'secondary' : 'primary'
      const { shift = false, alt = false, clicks = 1 } = keys
      driver.send({ type: 'down', point: { x, y }, button, shift, alt, clicks })
    },
    move(x: number, y: number, { shift = false, alt = false }: Keys = {}) {
      driver.send({ type: 'move', point: { x, y }, shift, alt })
    },
    up(x: number, y: number, { shift = false, alt = false }: Keys = {}) {
      driver.send({ type: 'up', point: { x, y }, shift, alt })
    },
    click(x: number, y: number, keys: Keys = {}) {
      driver.down(x, y, keys)
      driver.up(x, y, keys)
    },
    drag(x0: number, y0: number, x1: number, y1: number, keys: Keys = {}) {
      driver.down(x0, y0, keys)
      driver.move((x0 + x1) / 2, (y0 + y1) / 2, keys)
      driver.move(x1, y1, keys)
      driver.up(x1, y1, keys)
    },
  }
  return driver
}

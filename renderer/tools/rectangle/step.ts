/** The rectangle tool: drag a rectangle by hand, Shift for a square. Each one is stored with the current class. */
import type { Rectangle } from '../../../common/model.ts'
import type { ImagePoint, Size } from '../../../common/geometry/point.ts'
import type { ToolContext, ToolEvent } from '../events.ts'
import { clampPoint, distance, DRAG_THRESHOLD } from '../gesture.ts'
import { handMade, noLabel } from '../hand-made.ts'
import { stay, type Step } from '../tool.ts'

export interface RectangleState {
  readonly drag: { readonly start: ImagePoint; readonly current: ImagePoint; readonly square: boolean } | null
}

export const initial: RectangleState = { drag: null }

/** The corner opposite to `start`, so that width = height and the square stays within the image. */
const squareCorner = (start: ImagePoint, to: ImagePoint, { width, height }: Size): ImagePoint => {
  const [sx, sy] = [to.x < start.x ? -1 : 1, to.y < start.y ? -1 : 1]
  const longest = Math.min(sx < 0 ? start.x : width - start.x, sy < 0 ? start.y : height - start.y)
  const side = Math.min(Math.max(Math.abs(to.x - start.x), Math.abs(to.y - start.y)), longest)
  return { x: start.x + sx * side, y: start.y + sy * side }
}

/** The rectangle that the drag has drawn so far, within the image; null while it has no area. */
export const draggedRectangle = (state: RectangleState, size: Size): Rectangle | null => {
  if (!state.drag) return null
  const start = clampPoint(state.drag.start, size)
  const current = clampPoint(state.drag.current, size)
  const end = state.drag.square ? squareCorner(start, current, size) : current
  const [x, y] = [Math.min(start.x, end.x), Math.min(start.y, end.y)]
  const [width, height] = [Math.abs(end.x - start.x), Math.abs(end.y - start.y)]
  return width > 0 && height > 0 ? { type: 'rectangle', x, y, width, height } : null
}

/** A click with a tremor and a rectangle thinner than a pixel of the image are no objects. */
const isMeant = (state: RectangleState, rectangle: Rectangle, scale: number): boolean =>
  state.drag !== null &&
  distance(state.drag.start, state.drag.current) * scale > DRAG_THRESHOLD &&
  rectangle.width >= 1 &&
  rectangle.height >= 1

const finish = (state: RectangleState, context: ToolContext): Step<RectangleState> => {
  const rectangle = draggedRectangle(state, context.size)
  if (!rectangle || !isMeant(state, rectangle, context.scale)) return stay(initial)
  if (context.labelId === null) return stay(initial, noLabel)
  return stay(initial, { type: 'add', object: handMade(rectangle, context.labelId) })
}

export const step = (state: RectangleState, event: ToolEvent, context: ToolContext): Step<RectangleState> => {
  switch (event.type) {
    case 'down':
      if (event.button !== 'primary') return stay(state)
      return stay({ drag: { start: event.point, current: event.point, square: event.shift } })
    case 'move':
      if (!state.drag) return stay(state)
      return stay({ drag: { ...state.drag, current: event.point, square: event.shift } })
    case 'up':
      if (!state.drag) return stay(state)
      return finish({ drag: { ...state.drag, current: event.point, square: event.shift } }, context)
    case 'abort':
    case 'cancel':
      return stay(initial)
    default:
      return stay(state)
  }
}

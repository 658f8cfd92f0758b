/**
 * Tools whose object is drawn by dragging the box around it, with Shift a square one: the step that they share. Each
 * object is stored with the current class, or combined with the selected object.
 */
import type { ImagePoint, Size } from '../../common/geometry/point.ts'
import type { Rectangle, Shape } from '../../common/model.ts'
import type { PointerInput, ToolContext, ToolEvent } from './events.ts'
import { clampPoint, distance, DRAG_THRESHOLD } from './gesture.ts'
import { handMade, noLabel } from './hand-made.ts'
import { lockedNotice, ontoOf, type Onto } from './onto.ts'
import { stay, type Step } from './tool.ts'

export interface BoxDragState {
  readonly drag: {
    readonly start: ImagePoint
    readonly current: ImagePoint
    readonly square: boolean
    readonly onto: Onto | null
  } | null
}

export const initial: BoxDragState = { drag: null }

/** The corner opposite to `start`, so that width = height and the square stays within the image. */
const squareCorner = (start: ImagePoint, to: ImagePoint, { width, height }: Size): ImagePoint => {
  const [sx, sy] = [to.x < start.x ? -1 : 1, to.y < start.y ? -1 : 1]
  const longest = Math.min(sx < 0 ? start.x : width - start.x, sy < 0 ? start.y : height - start.y)
  const side = Math.min(Math.max(Math.abs(to.x - start.x), Math.abs(to.y - start.y)), longest)
  return { x: start.x + sx * side, y: start.y + sy * side }
}

/** The rectangle that the drag has drawn so far, within the image; null while it has no area. */
export const draggedBox = (state: BoxDragState, size: Size): Rectangle | null => {
  if (!state.drag) return null
  const start = clampPoint(state.drag.start, size)
  const current = clampPoint(state.drag.current, size)
  const end = state.drag.square ? squareCorner(start, current, size) : current
  const [x, y] = [Math.min(start.x, end.x), Math.min(start.y, end.y)]
  const [width, height] = [Math.abs(end.x - start.x), Math.abs(end.y - start.y)]
  return width > 0 && height > 0 ? { type: 'rectangle', x, y, width, height } : null
}

/** A click with a tremor and a rectangle thinner than a pixel of the image are no objects. */
const isMeant = (state: BoxDragState, rectangle: Rectangle, scale: number): boolean =>
  state.drag !== null &&
  distance(state.drag.start, state.drag.current) * scale > DRAG_THRESHOLD &&
  rectangle.width >= 1 &&
  rectangle.height >= 1

const finish = (
  state: BoxDragState,
  context: ToolContext,
  shapeOf: (box: Rectangle) => Shape,
): Step<BoxDragState> => {
  const rectangle = draggedBox(state, context.size)
  if (!rectangle || !isMeant(state, rectangle, context.scale)) return stay(initial)
  const onto = state.drag?.onto
  if (onto)
    return stay(initial, { type: 'combine', onto, object: handMade(shapeOf(rectangle), onto.from.labelId) })
  if (context.labelId === null) return stay(initial, noLabel)
  return stay(initial, { type: 'add', object: handMade(shapeOf(rectangle), context.labelId) })
}

const press = (state: BoxDragState, input: PointerInput, context: ToolContext): Step<BoxDragState> => {
  const onto = ontoOf(input, context)
  if (onto && context.isLocked(onto.from)) return stay(state, lockedNotice)
  const { point, shift } = input
  return stay({ drag: { start: point, current: point, square: shift && onto?.how !== 'add', onto } })
}

/** Shift draws a square, unless it was pressed to add. */
const dragged = (drag: NonNullable<BoxDragState['drag']>, { point, shift }: PointerInput) => ({
  ...drag,
  current: point,
  square: shift && drag.onto?.how !== 'add',
})

/** The step of a tool that makes `shapeOf` of the box. */
export const createBoxStep = (shapeOf: (box: Rectangle) => Shape) => {
  return (state: BoxDragState, event: ToolEvent, context: ToolContext): Step<BoxDragState> => {
    switch (event.type) {
      case 'down':
        return event.button === 'primary' ? press(state, event, context) : stay(state)
      case 'move':
        if (!state.drag) return stay(state)
        return stay({ drag: dragged(state.drag, event) })
      case 'up':
        if (!state.drag) return stay(state)
        return finish({ drag: dragged(state.drag, event) }, context, shapeOf)
      case 'abort':
      case 'cancel':
        return stay(initial)
      default:
        return stay(state)
    }
  }
}

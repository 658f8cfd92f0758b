/**
 * The line tool: a click a point; Enter, or a double click on the last one, ends the line, which stays open.
 */
import type { LabelId, Polyline } from '../../../common/model.ts'
import type { PointerInput, ToolContext, ToolEvent } from '../events.ts'
import { clampPoint } from '../gesture.ts'
import { handMade, noLabel } from '../hand-made.ts'
import { snapAt, type Snap } from '../snap.ts'
import { stay, type Step } from '../tool.ts'
import { isOnNewest, moved, type Tracing } from '../tracing.ts'

export const initial: Tracing = { vertices: [], pointer: null, held: 'free', snap: null }
export const LEAST_POINTS = 2

const finish = (state: Tracing, labelId: LabelId | null): Step<Tracing> => {
  if (state.vertices.length < LEAST_POINTS)
    return stay(state, { type: 'notice', level: 'info', message: 'A line needs two points.' })
  if (labelId === null) return stay(state, noLabel)
  const shape: Polyline = { type: 'polyline', points: state.vertices.map(({ x, y }) => [x, y]) }
  return stay({ ...initial, pointer: state.pointer }, { type: 'add', object: handMade(shape, labelId) })
}

const snapOf = (
  { point, shift }: Pick<PointerInput, 'point' | 'shift'>,
  context: ToolContext,
): Snap | null => (shift ? snapAt(clampPoint(point, context.size), context, null) : null)

const press = (
  state: Tracing,
  input: PointerInput & { readonly clicks: number },
  context: ToolContext,
): Step<Tracing> => {
  const pointer = clampPoint(input.point, context.size)
  if (isOnNewest(state, pointer, context.scale))
    return input.clicks > 1 ? finish(state, context.labelId) : stay({ ...state, held: 'pressed' })
  const point = snapOf(input, context)?.point ?? pointer
  return stay({ vertices: [...state.vertices, point], pointer, held: 'pressed', snap: null })
}

export const step = (state: Tracing, event: ToolEvent, context: ToolContext): Step<Tracing> => {
  switch (event.type) {
    case 'down':
      return event.button === 'primary' ? press(state, event, context) : stay(state)
    case 'move':
      return stay(moved(state, clampPoint(event.point, context.size), snapOf(event, context), context.scale))
    case 'up':
    case 'abort':
      return stay({ ...state, held: 'free' })
    case 'leave':
      return stay({ ...state, pointer: null, snap: null })
    case 'confirm':
      return state.vertices.length === 0 ? stay(state) : finish(state, event.labelId)
    case 'cancel':
      return stay({ ...initial, pointer: state.pointer })
    case 'back':
      return stay({ ...state, vertices: state.vertices.slice(0, -1), held: 'free' })
    default:
      return stay(state)
  }
}

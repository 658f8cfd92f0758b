/**
 * The line tool: a click a point; Enter, or a double click on the last one, ends the line, which stays open. A press that
 * is dragged moves the point that it has just set.
 */
import type { ImagePoint } from '../../../common/geometry/point.ts'
import type { LabelId, Polyline } from '../../../common/model.ts'
import type { PointerInput, ToolContext, ToolEvent } from '../events.ts'
import { clampPoint, distance, DRAG_THRESHOLD } from '../gesture.ts'
import { handMade, noLabel } from '../hand-made.ts'
import { snapAt, type Snap } from '../snap.ts'
import { stay, type Step } from '../tool.ts'

export interface PolylineState {
  readonly points: readonly ImagePoint[]
  /** Where the rubber band ends; null while the pointer is elsewhere. */
  readonly pointer: ImagePoint | null
  /** What the pointer does with the newest point. */
  readonly held: 'free' | 'pressed' | 'dragged'
  /** Where the pointer snaps to another object, while Shift is held. */
  readonly snap: Snap | null
}

export const initial: PolylineState = { points: [], pointer: null, held: 'free', snap: null }
export const LEAST_POINTS = 2

const finish = (state: PolylineState, labelId: LabelId | null): Step<PolylineState> => {
  if (state.points.length < LEAST_POINTS)
    return stay(state, { type: 'notice', level: 'info', message: 'A line needs two points.' })
  if (labelId === null) return stay(state, noLabel)
  const shape: Polyline = { type: 'polyline', points: state.points.map(({ x, y }) => [x, y]) }
  return stay({ ...initial, pointer: state.pointer }, { type: 'add', object: handMade(shape, labelId) })
}

const snapOf = (
  { point, shift }: Pick<PointerInput, 'point' | 'shift'>,
  context: ToolContext,
): Snap | null => (shift ? snapAt(clampPoint(point, context.size), context, null) : null)

const press = (
  state: PolylineState,
  input: PointerInput & { readonly clicks: number },
  context: ToolContext,
): Step<PolylineState> => {
  const pointer = clampPoint(input.point, context.size)
  const last = state.points.at(-1)
  const onLast = last !== undefined && distance(last, pointer) * context.scale <= DRAG_THRESHOLD
  if (onLast) return input.clicks > 1 ? finish(state, context.labelId) : stay({ ...state, held: 'pressed' })
  const point = snapOf(input, context)?.point ?? pointer
  return stay({ points: [...state.points, point], pointer, held: 'pressed', snap: null })
}

const move = (
  state: PolylineState,
  input: Pick<PointerInput, 'point' | 'shift'>,
  context: ToolContext,
): PolylineState => {
  const pointer = clampPoint(input.point, context.size)
  const last = state.points.at(-1)
  const snap = snapOf(input, context)
  if (state.held === 'free' || !last) return { ...state, pointer, snap }
  const isFar = distance(last, pointer) * context.scale > DRAG_THRESHOLD
  if (state.held === 'pressed' && !isFar) return { ...state, pointer }
  return {
    points: [...state.points.slice(0, -1), snap?.point ?? pointer],
    pointer,
    snap,
    held: 'dragged',
  }
}

export const step = (state: PolylineState, event: ToolEvent, context: ToolContext): Step<PolylineState> => {
  switch (event.type) {
    case 'down':
      return event.button === 'primary' ? press(state, event, context) : stay(state)
    case 'move':
      return stay(move(state, event, context))
    case 'up':
    case 'abort':
      return stay({ ...state, held: 'free' })
    case 'leave':
      return stay({ ...state, pointer: null, snap: null })
    case 'confirm':
      return state.points.length === 0 ? stay(state) : finish(state, event.labelId)
    case 'cancel':
      return stay({ ...initial, pointer: state.pointer })
    case 'back':
      return stay({ ...state, points: state.points.slice(0, -1), held: 'free' })
    default:
      return stay(state)
  }
}

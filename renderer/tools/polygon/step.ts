/**
 * The polygon tool: a click a vertex; Enter, a double click or a click on the first vertex closes. A press that is
 * dragged moves the vertex it has just set, so that a vertex can be placed by eye.
 */
import type { LabelId, Polygon } from '../../../common/model.ts'
import type { ImagePoint } from '../../../common/geometry/point.ts'
import type { ToolContext, ToolEvent } from '../events.ts'
import { clampPoint, distance, DRAG_THRESHOLD, GRAB_RADIUS } from '../gesture.ts'
import { handMade, noLabel } from '../hand-made.ts'
import { stay, type Step } from '../tool.ts'

export interface PolygonState {
  readonly vertices: readonly ImagePoint[]
  /** Where the rubber band ends; null while the pointer is elsewhere. */
  readonly pointer: ImagePoint | null
  /** What the pointer does with the newest vertex. */
  readonly held: 'free' | 'pressed' | 'dragged'
}

export const initial: PolygonState = { vertices: [], pointer: null, held: 'free' }
export const MIN_VERTICES = 3

/** True when a click at `pointer` would close the ring. */
export const closesAt = (state: PolygonState, pointer: ImagePoint, scale: number): boolean => {
  const [first] = state.vertices
  return (
    first !== undefined &&
    state.vertices.length >= MIN_VERTICES &&
    distance(first, pointer) * scale <= GRAB_RADIUS
  )
}

const ringArea = (vertices: readonly ImagePoint[]): number => {
  let twice = 0
  vertices.forEach((a, index) => {
    const b = vertices[(index + 1) % vertices.length]
    if (b) twice += a.x * b.y - b.x * a.y
  })
  return Math.abs(twice) / 2
}

const close = (state: PolygonState, labelId: LabelId | null): Step<PolygonState> => {
  const { vertices } = state
  if (vertices.length < MIN_VERTICES || ringArea(vertices) === 0) {
    const message = 'A polygon needs three vertices that are not on one line.'
    return stay(state, { type: 'notice', level: 'info', message })
  }
  if (labelId === null) return stay(state, noLabel)
  const outer = vertices.map(({ x, y }): [number, number] => [x, y])
  const shape: Polygon = { type: 'polygon', parts: [{ outer, holes: [] }] }
  return stay({ ...initial, pointer: state.pointer }, { type: 'add', object: handMade(shape, labelId) })
}

const press = (
  state: PolygonState,
  point: ImagePoint,
  clicks: number,
  context: ToolContext,
): Step<PolygonState> => {
  if (closesAt(state, point, context.scale)) return close(state, context.labelId)
  const last = state.vertices.at(-1)
  const onLast = last !== undefined && distance(last, point) * context.scale <= DRAG_THRESHOLD
  if (onLast) return clicks > 1 ? close(state, context.labelId) : stay({ ...state, held: 'pressed' })
  return stay({ vertices: [...state.vertices, point], pointer: point, held: 'pressed' })
}

export const step = (state: PolygonState, event: ToolEvent, context: ToolContext): Step<PolygonState> => {
  switch (event.type) {
    case 'down':
      if (event.button !== 'primary') return stay(state)
      return press(state, clampPoint(event.point, context.size), event.clicks, context)
    case 'move': {
      const pointer = clampPoint(event.point, context.size)
      const last = state.vertices.at(-1)
      if (state.held === 'free' || !last) return stay({ ...state, pointer })
      const far = distance(last, pointer) * context.scale > DRAG_THRESHOLD
      if (state.held === 'pressed' && !far) return stay({ ...state, pointer })
      return stay({ pointer, vertices: [...state.vertices.slice(0, -1), pointer], held: 'dragged' })
    }
    case 'up':
    case 'abort':
      return stay({ ...state, held: 'free' })
    case 'leave':
      return stay({ ...state, pointer: null })
    case 'confirm':
      return state.vertices.length === 0 ? stay(state) : close(state, event.labelId)
    case 'cancel':
      return stay({ ...initial, pointer: state.pointer })
    case 'back':
      return stay({ ...state, vertices: state.vertices.slice(0, -1), held: 'free' })
    default:
      return stay(state)
  }
}

/**
 * The polygon tool: a click a vertex; Enter, a double click or a click on the first vertex closes. A press that is
 * dragged moves the vertex it has just set, so that a vertex can be placed by eye.
 */
import type { LabelId, Polygon } from '../../../common/model.ts'
import type { ImagePoint } from '../../../common/geometry/point.ts'
import type { PointerInput, ToolContext, ToolEffect, ToolEvent } from '../events.ts'
import { clampPoint, distance, GRAB_RADIUS } from '../gesture.ts'
import { handMade, noLabel } from '../hand-made.ts'
import { lockedNotice, ontoOf, type Onto } from '../onto.ts'
import { snapAt, type Snap } from '../snap.ts'
import { stay, type Step } from '../tool.ts'
import { isOnNewest, moved, type Tracing } from '../tracing.ts'
import { t } from '../../texts/t.ts'

export interface PolygonState extends Tracing {
  /** Set by the first vertex's press. */
  readonly onto: Onto | null
}

export const initial: PolygonState = { vertices: [], pointer: null, held: 'free', snap: null, onto: null }
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
    const message = t('A polygon needs three vertices that are not on one line.')
    return stay(state, { type: 'notice', level: 'info', message })
  }
  if (labelId === null) return stay(state, noLabel)
  const outer = vertices.map(({ x, y }): [number, number] => [x, y])
  const shape: Polygon = { type: 'polygon', parts: [{ outer, holes: [] }] }
  const object = handMade(shape, labelId)
  const effect: ToolEffect = state.onto
    ? { type: 'combine', onto: state.onto, object }
    : { type: 'add', object }
  return stay({ ...initial, pointer: state.pointer }, effect)
}

/** With the first vertex Shift says that an object is added to, when one is selected. */
const snapOf = (
  { vertices, onto }: Pick<PolygonState, 'vertices' | 'onto'>,
  { point, shift }: Pick<PointerInput, 'point' | 'shift'>,
  context: ToolContext,
): Snap | null =>
  shift && (vertices.length > 0 || (onto === null && context.selection.size !== 1))
    ? snapAt(clampPoint(point, context.size), context, null)
    : null

const press = (
  state: PolygonState,
  input: PointerInput & { readonly clicks: number },
  context: ToolContext,
): Step<PolygonState> => {
  const { clicks } = input
  const point = clampPoint(input.point, context.size)
  const labelId = state.onto?.from.labelId ?? context.labelId
  if (closesAt(state, point, context.scale)) return close(state, labelId)
  if (isOnNewest(state, point, context.scale))
    return clicks > 1 ? close(state, labelId) : stay({ ...state, held: 'pressed' })
  const isFirst = state.vertices.length === 0
  const onto = isFirst ? ontoOf(input, context) : state.onto
  if (isFirst && onto && context.isLocked(onto.from)) return stay(state, lockedNotice)
  const vertex = snapOf({ onto, vertices: state.vertices }, input, context)?.point ?? point
  return stay({ vertices: [...state.vertices, vertex], pointer: point, held: 'pressed', snap: null, onto })
}

export const step = (state: PolygonState, event: ToolEvent, context: ToolContext): Step<PolygonState> => {
  switch (event.type) {
    case 'down':
      if (event.button !== 'primary') return stay(state)
      return press(state, event, context)
    case 'move': {
      const pointer = clampPoint(event.point, context.size)
      return stay(moved(state, pointer, snapOf(state, event, context), context.scale))
    }
    case 'up':
    case 'abort':
      return stay({ ...state, held: 'free' })
    case 'leave':
      return stay({ ...state, pointer: null, snap: null })
    case 'confirm':
      return state.vertices.length === 0 ? stay(state) : close(state, event.labelId)
    case 'cancel':
      return stay({ ...initial, pointer: state.pointer })
    case 'back': {
      const vertices = state.vertices.slice(0, -1)
      return stay({ ...state, vertices, held: 'free', onto: vertices.length > 0 ? state.onto : null })
    }
    default:
      return stay(state)
  }
}

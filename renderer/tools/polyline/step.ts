/**
 * The line tool: a click a point; Enter, or a double click on the last one, ends the line, which stays open. Begun on the
 * end of a line that is there, it continues that one.
 */
import type { ImagePoint } from '../../../common/geometry/point.ts'
import type { Annotation, LabelId, Polyline } from '../../../common/model.ts'
import type { PointerInput, ToolContext, ToolEvent } from '../events.ts'
import { clampPoint, distance, GRAB_RADIUS } from '../gesture.ts'
import { handMade, noLabel } from '../hand-made.ts'
import { snapAt, type Snap } from '../snap.ts'
import { stay, type Step } from '../tool.ts'
import { isOnNewest, moved, type Tracing } from '../tracing.ts'
import { t } from '../../texts/t.ts'

export interface LineState extends Tracing {
  /** The line that is continued: its end is the first of the points. Null for a new one. */
  readonly continues: { readonly id: Annotation['id']; readonly atStart: boolean } | null
}

export const initial: LineState = { vertices: [], pointer: null, held: 'free', snap: null, continues: null }
export const LEAST_POINTS = 2

/** The nearest end of a line within reach that can be changed. */
const endAt = (
  point: ImagePoint,
  context: ToolContext,
): (NonNullable<LineState['continues']> & { readonly point: ImagePoint }) | null => {
  const ends = context.annotations.flatMap((annotation) => {
    const { id, shape } = annotation
    if (shape.type !== 'polyline' || context.isLocked(annotation)) return []
    const [first, last] = [shape.points[0]!, shape.points.at(-1)!]
    return [
      { id, atStart: true, point: { x: first[0], y: first[1] } },
      { id, atStart: false, point: { x: last[0], y: last[1] } },
    ]
  })
  const near = ends.filter((end) => distance(end.point, point) * context.scale <= GRAB_RADIUS)
  return near.toSorted((a, b) => distance(a.point, point) - distance(b.point, point))[0] ?? null
}

/** Null when the line is gone by now, or was changed so that it ends elsewhere. */
const continued = ({ vertices, continues }: LineState, { annotations }: ToolContext) => {
  const from = annotations.find(({ id }) => id === continues?.id)
  if (!continues || from?.shape.type !== 'polyline') return null
  const { points } = from.shape
  const [joint, ...more] = vertices.map(({ x, y }): [number, number] => [x, y])
  const end = continues.atStart ? points[0] : points.at(-1)
  if (!joint || end?.[0] !== joint[0] || end[1] !== joint[1]) return null
  const all = continues.atStart ? [...more.toReversed(), ...points] : [...points, ...more]
  const shape: Polyline = { type: 'polyline', points: all }
  return { from, shape }
}

const finish = (state: LineState, labelId: LabelId | null, context: ToolContext): Step<LineState> => {
  if (state.vertices.length < LEAST_POINTS)
    return stay(state, { type: 'notice', level: 'info', message: t('A line needs two points.') })
  const left = { ...initial, pointer: state.pointer }
  const longer = continued(state, context)
  if (longer) return stay(left, { type: 'change', ...longer })
  if (labelId === null) return stay(state, noLabel)
  const shape: Polyline = { type: 'polyline', points: state.vertices.map(({ x, y }) => [x, y]) }
  return stay(left, { type: 'add', object: handMade(shape, labelId) })
}

const snapOf = (
  { point, shift }: Pick<PointerInput, 'point' | 'shift'>,
  context: ToolContext,
): Snap | null => (shift ? snapAt(clampPoint(point, context.size), context, null) : null)

const press = (
  state: LineState,
  input: PointerInput & { readonly clicks: number },
  context: ToolContext,
): Step<LineState> => {
  const pointer = clampPoint(input.point, context.size)
  if (isOnNewest(state, pointer, context.scale))
    return input.clicks > 1 ? finish(state, context.labelId, context) : stay({ ...state, held: 'pressed' })
  // With Shift a new line begins there.
  const end = state.vertices.length === 0 && !input.shift ? endAt(pointer, context) : null
  const point = end?.point ?? snapOf(input, context)?.point ?? pointer
  const continues = end ? { id: end.id, atStart: end.atStart } : state.continues
  return stay({
    vertices: [...state.vertices, point],
    pointer,
    held: end ? 'free' : 'pressed',
    snap: null,
    continues,
  })
}

export const step = (state: LineState, event: ToolEvent, context: ToolContext): Step<LineState> => {
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
      return state.vertices.length === 0 ? stay(state) : finish(state, event.labelId, context)
    case 'cancel':
      return stay({ ...initial, pointer: state.pointer })
    case 'back':
      return stay(
        state.vertices.length > 1
          ? { ...state, vertices: state.vertices.slice(0, -1), held: 'free' }
          : { ...initial, pointer: state.pointer },
      )
    default:
      return stay(state)
  }
}

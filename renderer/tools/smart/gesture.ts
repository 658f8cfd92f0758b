/** The pointer on the smart tool: a click is a point, a drag a box, and a click on a point takes it away. Pure. */
import type { ImagePoint, Size } from '../../../common/geometry/point.ts'
import type { BoxPrompt, PointPrompt } from '../../../common/model.ts'
import type { ToolContext, ToolEffect } from '../events.ts'
import { clampPoint, distance, GRAB_RADIUS, isInside } from '../gesture.ts'
import type { Onto } from '../onto.ts'
import { stay, type Step } from '../tool.ts'
import { attempt, draftOf, type SmartGesture, type SmartState } from './state.ts'

export const gestureAt = (point: ImagePoint, positive: boolean, onto: Onto | null = null): SmartGesture => ({
  start: point,
  current: point,
  positive,
  mayDrag: positive,
  dragging: false,
  onto,
})

/** The state when a gesture is over: one that begins a draft says what that is about. */
const afterGesture = (state: SmartState, { onto }: SmartGesture): SmartState => ({
  ...state,
  gesture: null,
  onto: state.attempts.length > 0 ? state.onto : onto,
})

/** The draft's point prompt that a click there takes away. */
export const pointNear = (state: SmartState, point: ImagePoint, { scale }: ToolContext) =>
  draftOf(state)?.prompts.findLast(
    (prompt) => prompt.type === 'point' && distance(prompt, point) <= GRAB_RADIUS / scale,
  )

const addPoint = (state: SmartState, gesture: SmartGesture, context: ToolContext): Step<SmartState> => {
  const { size } = context
  const idle = afterGesture(state, gesture)
  const prompts = draftOf(state)?.prompts ?? []
  const near = pointNear(state, gesture.start, context)
  if (near)
    return attempt(
      idle,
      prompts.filter((prompt) => prompt !== near),
      context,
    )
  if (!isInside(gesture.start, size)) return stay({ ...state, gesture: null })
  const { x, y } = gesture.start
  const point: PointPrompt = { type: 'point', x, y, positive: gesture.positive }
  return attempt(idle, [...prompts, point], context)
}

/** What the model will be asked if the gesture ends as a click. */
export const foresee = (state: SmartState, gesture: SmartGesture, context: ToolContext, pressed: boolean) =>
  addPoint(state, gesture, context).effects.flatMap((effect): ToolEffect[] =>
    effect.type === 'segment' ? [{ type: 'foresee', question: effect.question, pressed }] : [],
  )

/** The box between two corners, within the image; null when less than a pixel of the image is in it. */
export const boxBetween = (a: ImagePoint, b: ImagePoint, size: Size): BoxPrompt | null => {
  const [p, q] = [clampPoint(a, size), clampPoint(b, size)]
  const [x0, x1] = [Math.min(p.x, q.x), Math.max(p.x, q.x)]
  const [y0, y1] = [Math.min(p.y, q.y), Math.max(p.y, q.y)]
  return x1 - x0 < 1 || y1 - y0 < 1 ? null : { type: 'box', x0, y0, x1, y1 }
}

export const endGesture = (state: SmartState, end: ImagePoint, context: ToolContext): Step<SmartState> => {
  const { gesture } = state
  if (!gesture) return stay(state)
  if (!gesture.dragging) return addPoint(state, gesture, context)
  const box = boxBetween(gesture.start, end, context.size)
  if (!box) return stay({ ...state, gesture: null })
  const others = (draftOf(state)?.prompts ?? []).filter((prompt) => prompt.type !== 'box')
  return attempt(afterGesture(state, gesture), [...others, box], context)
}

/**
 * The rotated rectangle tool: two clicks, or a drag, for the first side; the third click says how far the opposite side
 * lies. It stays within the image, is stored with the current class, or combined with the selected object.
 */
import type { ImagePoint, Size } from '../../../common/geometry/point.ts'
import { asFarAsImage, rotatedOfSide } from '../../../common/geometry/rotated.ts'
import type { RotatedRectangle } from '../../../common/model.ts'
import type { PointerInput, ToolContext, ToolEvent } from '../events.ts'
import { clampPoint, distance, DRAG_THRESHOLD } from '../gesture.ts'
import { handMade, noLabel } from '../hand-made.ts'
import { lockedNotice, ontoOf, type Onto } from '../onto.ts'
import { stay, type Step } from '../tool.ts'

export interface RotatedState {
  /** The ends of the first side: none, one or both. */
  readonly ends: readonly ImagePoint[]
  readonly pointer: ImagePoint | null
  /** The button of the first click is held. */
  readonly isHeld: boolean
  /** Set by the first press. */
  readonly onto: Onto | null
}

export const initial: RotatedState = { ends: [], pointer: null, isHeld: false, onto: null }

/** With Shift the first side goes by these, radians. */
const STEP = Math.PI / 12

/** The other end of the first side; with Shift in a direction of whole steps, unless Shift was pressed to add. */
const otherEnd = (
  [start]: readonly ImagePoint[],
  { point, shift }: Pick<PointerInput, 'point' | 'shift'>,
  onto: Onto | null,
  size: Size,
): ImagePoint => {
  const to = clampPoint(point, size)
  if (!start || !shift || onto?.how === 'add') return to
  const angle = Math.round(Math.atan2(to.y - start.y, to.x - start.x) / STEP) * STEP
  const length = Math.max(0, (to.x - start.x) * Math.cos(angle) + (to.y - start.y) * Math.sin(angle))
  return clampPoint({ x: start.x + length * Math.cos(angle), y: start.y + length * Math.sin(angle) }, size)
}

/** A side is this long at least, image pixels. */
const LEAST_SIDE = 1

/** The rectangle with its opposite side through `to`, as far as the image goes; null while it is too thin. */
export const rectangleTo = (
  [a, b]: readonly ImagePoint[],
  to: ImagePoint,
  size: Size,
): RotatedRectangle | null => {
  if (!a || !b) return null
  const whole = rotatedOfSide(a, b, clampPoint(to, size))
  if (!whole || whole.height < LEAST_SIDE) return null
  const middle = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }
  const by = { x: whole.cx - middle.x, y: whole.cy - middle.y }
  return asFarAsImage((share) => {
    // At 0 it would be a line.
    const part = Math.max(share, LEAST_SIDE / whole.height)
    return {
      ...whole,
      cx: middle.x + part * by.x,
      cy: middle.y + part * by.y,
      height: part * whole.height,
    }
  }, size)
}

const finish = (state: RotatedState, to: ImagePoint, context: ToolContext): Step<RotatedState> => {
  const shape = rectangleTo(state.ends, to, context.size)
  if (!shape) return stay(state)
  const next = { ...initial, pointer: state.pointer }
  const { onto } = state
  if (onto) return stay(next, { type: 'combine', onto, object: handMade(shape, onto.from.labelId) })
  if (context.labelId === null) return stay(next, noLabel)
  return stay(next, { type: 'add', object: handMade(shape, context.labelId) })
}

const press = (state: RotatedState, input: PointerInput, context: ToolContext): Step<RotatedState> => {
  const pointer = clampPoint(input.point, context.size)
  const [start] = state.ends
  if (!start) {
    const onto = ontoOf(input, context)
    if (onto && context.isLocked(onto.from)) return stay(state, lockedNotice)
    return stay({ ends: [pointer], pointer, isHeld: true, onto })
  }
  if (state.ends.length === 2) return finish(state, input.point, context)
  const end = otherEnd(state.ends, input, state.onto, context.size)
  // A second press on the first end is no side.
  if (distance(start, end) * context.scale <= DRAG_THRESHOLD || distance(start, end) < LEAST_SIDE)
    return stay({ ...state, isHeld: true })
  return stay({ ...state, ends: [start, end], pointer })
}

/** A drag has drawn the first side; less than a drag was a click. */
const release = (state: RotatedState, input: PointerInput, context: ToolContext): Step<RotatedState> => {
  const [start] = state.ends
  const end = otherEnd(state.ends, input, state.onto, context.size)
  const isDrag = start !== undefined && state.ends.length === 1 && state.isHeld
  if (!isDrag || distance(start, end) * context.scale <= DRAG_THRESHOLD || distance(start, end) < LEAST_SIDE)
    return stay(state.isHeld ? { ...state, isHeld: false } : state)
  return stay({ ...state, ends: [start, end], isHeld: false })
}

export const step = (state: RotatedState, event: ToolEvent, context: ToolContext): Step<RotatedState> => {
  switch (event.type) {
    case 'down':
      return event.button === 'primary' ? press(state, event, context) : stay(state)
    case 'move':
      return stay({
        ...state,
        pointer:
          state.ends.length === 1
            ? otherEnd(state.ends, event, state.onto, context.size)
            : clampPoint(event.point, context.size),
      })
    case 'up':
      return release(state, event, context)
    case 'leave':
      return stay({ ...state, pointer: null })
    case 'abort':
      return stay(state.isHeld ? { ...state, isHeld: false } : state)
    case 'cancel':
      return stay({ ...initial, pointer: state.pointer })
    case 'back': {
      const ends = state.ends.slice(0, -1)
      return stay({ ...state, ends, isHeld: false, onto: ends.length > 0 ? state.onto : null })
    }
    case 'confirm':
      return state.ends.length === 2 && state.pointer
        ? finish(state, state.pointer, { ...context, labelId: event.labelId })
        : stay(state)
    default:
      return stay(state)
  }
}

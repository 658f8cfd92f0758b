/** The point tool: a click is a point of the current class; a press that is dragged puts it where the drag ends. */
import type { ImagePoint } from '../../../common/geometry/point.ts'
import type { PointerInput, ToolContext, ToolEvent } from '../events.ts'
import { clampPoint, isInside } from '../gesture.ts'
import { handMade, noLabel } from '../hand-made.ts'
import { snapAt, type Snap } from '../snap.ts'
import { stay, type Step } from '../tool.ts'

export interface PointState {
  /** Where the point would be; null while no button is held. */
  readonly held: ImagePoint | null
  /** Where the pointer snaps to another object, while Shift is held. */
  readonly snap: Snap | null
}

export const initial: PointState = { held: null, snap: null }

const snapOf = ({ point, shift }: Pick<PointerInput, 'point' | 'shift'>, context: ToolContext) =>
  shift ? snapAt(clampPoint(point, context.size), context, null) : null

export const step = (state: PointState, event: ToolEvent, context: ToolContext): Step<PointState> => {
  switch (event.type) {
    case 'down': {
      if (event.button !== 'primary' || !isInside(event.point, context.size)) return stay(state)
      return stay({ held: event.point, snap: snapOf(event, context) })
    }
    case 'move': {
      const snap = snapOf(event, context)
      if (!state.held) return stay(snap === state.snap ? state : { ...state, snap })
      return stay({ held: clampPoint(event.point, context.size), snap })
    }
    case 'up': {
      if (!state.held) return stay(state)
      if (context.labelId === null) return stay(initial, noLabel)
      const { x, y } = snapOf(event, context)?.point ?? clampPoint(event.point, context.size)
      return stay(initial, { type: 'add', object: handMade({ type: 'point', x, y }, context.labelId) })
    }
    case 'leave':
      return stay(state.snap === null ? state : { ...state, snap: null })
    case 'abort':
    case 'cancel':
      return stay(initial)
    default:
      return stay(state)
  }
}

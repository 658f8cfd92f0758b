/**
 * The smart tool's step: prompts -> masks -> an object. An unfinished object is its prompts and the masks offered for
 * them; objects that were committed before their mask was there are stored when it comes.
 */
import type { ToolContext, ToolEvent } from '../events.ts'
import { distance, DRAG_THRESHOLD } from '../gesture.ts'
import type { TracedCandidate } from '../../segmentation/question.ts'
import { lockedNotice, ontoOf } from '../onto.ts'
import { stay, type Step } from '../tool.ts'
import { answered, confirm, failed } from './answers.ts'
import { nextCandidate, replaced } from './attempts.ts'
import { refine, toggleZoom } from './refine.ts'
import { endGesture, foresee, gestureAt, pointNear } from './gesture.ts'
import { askNext, emptied, shownAttempt, type SmartState } from './state.ts'

const choose = (
  state: SmartState,
  pick: (candidates: readonly TracedCandidate[], chosen: number) => number,
) => {
  const shown = shownAttempt(state)
  if (!shown?.answer) return stay(state)
  const chosen = pick(shown.answer.candidates, shown.chosen)
  if (!shown.answer.candidates[chosen]?.polygon) return stay(state)
  return stay({ ...state, attempts: replaced(state.attempts, { ...shown, chosen }) })
}

const back = (state: SmartState): Step<SmartState> => {
  const attempts = state.attempts.slice(0, -1)
  const draft = attempts.at(-1)
  const isStored = state.target !== null && attempts.length === 1
  // The stored object is as it was.
  return draft && !isStored
    ? askNext({ ...state, attempts, zoom: draft.zoom, gesture: null })
    : stay(emptied(state))
}

export const step = (state: SmartState, event: ToolEvent, context: ToolContext): Step<SmartState> => {
  switch (event.type) {
    case 'down': {
      const isPrimary = event.button === 'primary'
      // In a mask in the making Alt is a point that does not belong to it.
      const onto = isPrimary && state.attempts.length === 0 ? ontoOf(event, context) : null
      if (onto && context.isLocked(onto.from)) return stay(state, lockedNotice)
      const gesture = gestureAt(event.point, isPrimary && (!event.alt || onto !== null), onto)
      return stay({ ...state, gesture }, ...foresee(state, gesture, context, true))
    }
    case 'rest':
      return pointNear(state, event.point, context) || state.gesture
        ? stay(state)
        : stay(state, ...foresee(state, gestureAt(event.point, true), context, false))
    case 'move': {
      const { gesture } = state
      if (!gesture) return stay(state)
      const far = distance(gesture.start, event.point) * context.scale > DRAG_THRESHOLD
      const dragging = gesture.dragging || (gesture.mayDrag && far)
      return stay({ ...state, gesture: { ...gesture, current: event.point, dragging } })
    }
    case 'up':
      return endGesture(state, event.point, context)
    case 'abort':
      return stay({ ...state, gesture: null })
    case 'confirm':
      return confirm(state, event.labelId)
    case 'cancel':
      return stay(state.gesture ? { ...state, gesture: null } : emptied(state))
    case 'back':
      return back(state)
    case 'cycle':
      return choose(state, nextCandidate)
    case 'choose':
      return choose(state, () => event.index)
    case 'zoom':
      return toggleZoom(state, context)
    case 'refine':
      return refine(state, event, context)
    case 'answered':
      return answered(state, event.revision, event.answer, context.size)
    case 'failed':
      return failed(state, event.revision, event.message)
    case 'superseded':
      return stay(state.asked === event.revision ? { ...state, asked: null } : state)
    case 'resume':
      return askNext(state)
    default:
      return stay(state)
  }
}

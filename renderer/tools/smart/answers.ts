/** How a smart draft becomes an object: the user commits it and the model answers it, in either order. Pure. */
import type { Annotation, LabelId } from '../../../common/model.ts'
import type { NewObject, ToolEffect } from '../events.ts'
import type { MaskAnswer } from '../../segmentation/question.ts'
import { stay, type Step } from '../tool.ts'
import { objectOf, replaced, type Attempt, type Committing } from './attempts.ts'
import { askNext, draftOf, emptied, type SmartState } from './state.ts'

const emptyMask: ToolEffect = {
  type: 'notice',
  level: 'warning',
  message: 'The model found nothing there. Add another point or draw a box around the object.',
}

const store = (object: NewObject, target: Annotation | null): ToolEffect =>
  target ? { type: 'replace', from: target, object } : { type: 'add', object }

export const confirm = (state: SmartState, labelId: LabelId): Step<SmartState> => {
  const draft = draftOf(state)
  if (!draft) return stay(state)
  if (draft.failure !== null) {
    const again = { ...draft, failure: null }
    return askNext({ ...state, attempts: [...state.attempts.slice(0, -1), again] })
  }
  if (draft.answer === null) {
    const committing = [...state.committing, { attempts: state.attempts, labelId, target: state.target }]
    return askNext(emptied({ ...state, committing }))
  }
  const object = objectOf(draft, labelId)
  return object ? stay(emptied(state), store(object, state.target)) : stay(state, emptyMask)
}

/** An object that can't be stored is the draft again; when the user has begun another draft, a notice says that it is lost. */
const returnToDraft = (state: SmartState, object: Committing, why: string): Step<SmartState> => {
  const committing = state.committing.filter((other) => other !== object)
  const free = state.attempts.length === 0
  const notice: ToolEffect = {
    type: 'notice',
    level: 'error',
    message: free ? why : `${why} The object was not stored; please click it again.`,
  }
  const { attempts, target } = free ? object : state
  const zoom = attempts.at(-1)?.zoom ?? false
  return askNext({ ...state, committing, attempts, target, zoom }, notice)
}

export const answered = (before: SmartState, revision: number, answer: MaskAnswer): Step<SmartState> => {
  const state = before.asked === revision ? { ...before, asked: null } : before
  const best = Math.max(
    0,
    answer.candidates.findIndex(({ polygon }) => polygon !== null),
  )
  const isMine = (other: Attempt) => other.revision === revision
  const object = state.committing.find(({ attempts }) => attempts.some(isMine))
  if (object) {
    const newest = object.attempts.at(-1)
    const attempts = object.attempts.map((other) =>
      isMine(other) ? { ...other, answer, chosen: best } : other,
    )
    const known = { ...object, attempts }
    const committing = state.committing.map((other) => (other === object ? known : other))
    if (!newest || !isMine(newest)) return askNext({ ...state, committing })
    const made = objectOf({ ...newest, answer, chosen: best }, object.labelId)
    if (!made) return returnToDraft({ ...state, committing }, known, 'The model found nothing there.')
    const rest = committing.filter((other) => other !== known)
    return askNext({ ...state, committing: rest }, store(made, object.target))
  }
  const mine = state.attempts.find(isMine)
  if (!mine) return askNext(state)
  // The first mask was shown alone before the others came.
  const chosen = mine.answer ? mine.chosen : best
  return askNext({
    ...state,
    attempts: replaced(state.attempts, { ...mine, answer, chosen, failure: null }),
  })
}

export const failed = (before: SmartState, revision: number, message: string): Step<SmartState> => {
  const state = before.asked === revision ? { ...before, asked: null } : before
  const isMine = (other: Attempt) => other.revision === revision
  const object = state.committing.find(({ attempts }) => attempts.some(isMine))
  if (object) {
    const newest = object.attempts.at(-1)
    if (!newest || !isMine(newest)) return askNext(state)
    const known = { ...object, attempts: replaced(object.attempts, { ...newest, failure: message }) }
    const committing = state.committing.map((other) => (other === object ? known : other))
    return returnToDraft({ ...state, committing }, known, message)
  }
  const mine = state.attempts.find(isMine)
  if (!mine) return askNext(state)
  return askNext({ ...state, attempts: replaced(state.attempts, { ...mine, failure: message }) })
}

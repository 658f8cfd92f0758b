/** How a smart draft becomes an object: the user commits it and the model answers it, in either order. Pure. */
import type { Annotation, LabelId } from '../../../common/model.ts'
import type { NewObject, ToolEffect } from '../events.ts'
import type { Size } from '../../../common/geometry/point.ts'
import type { MaskAnswer } from '../../segmentation/question.ts'
import { stay, type Step } from '../tool.ts'
import { objectOf, replaced, type Attempt, type Committing } from './attempts.ts'
import { askedPrompts, keepingStored } from './keep.ts'
import { askNext, draftOf, emptied, type SmartState } from './state.ts'
import { msg } from '../../../common/said.ts'
import { t } from '../../texts/t.ts'

const emptyMask: ToolEffect = {
  type: 'notice',
  level: 'warning',
  message: msg('The model found nothing there. Add another point or draw a box around the object.'),
}

/** Nothing when the stored object is to stay as it is. */
const store = (object: NewObject, { target, onto }: Pick<SmartState, 'target' | 'onto'>): ToolEffect[] => {
  if (onto) return [{ type: 'combine', onto, object }]
  if (target === null) return [{ type: 'add', object }]
  const isSame = object.shape === target.shape && object.labelId === target.labelId
  return isSame ? [] : [{ type: 'replace', from: target, object }]
}

const made = (attempts: readonly Attempt[], newest: Attempt, labelId: LabelId, target: Annotation | null) =>
  objectOf(newest, labelId, askedPrompts(attempts, newest), target)

export const confirm = (state: SmartState, labelId: LabelId): Step<SmartState> => {
  const draft = draftOf(state)
  if (!draft) return stay(state)
  if (draft.failure !== null) {
    const again = { ...draft, failure: null }
    return askNext({ ...state, attempts: [...state.attempts.slice(0, -1), again] })
  }
  if (draft.answer === null) {
    const { attempts, target, onto } = state
    const committing = [...state.committing, { attempts, labelId, target, onto }]
    return askNext(emptied({ ...state, committing }))
  }
  const object = made(state.attempts, draft, labelId, state.target)
  return object ? stay(emptied(state), ...store(object, state)) : stay(state, emptyMask)
}

/** An object that can't be stored is the draft again; when the user has begun another draft, a notice says that it is lost. */
const returnToDraft = (state: SmartState, object: Committing, why: string): Step<SmartState> => {
  const committing = state.committing.filter((other) => other !== object)
  const free = state.attempts.length === 0
  const notice: ToolEffect = {
    type: 'notice',
    level: 'error',
    message: free ? why : t('{why} The object was not stored; please click it again.', { why }),
  }
  const { attempts, target, onto } = free ? object : state
  const zoom = attempts.at(-1)?.zoom ?? false
  return askNext({ ...state, committing, attempts, target, onto, zoom }, notice)
}

/** The first candidate that has something in it. */
const bestOf = ({ candidates }: MaskAnswer): number =>
  Math.max(
    0,
    candidates.findIndex(({ polygon }) => polygon !== null),
  )

export const answered = (
  before: SmartState,
  revision: number,
  given: MaskAnswer,
  size: Size,
): Step<SmartState> => {
  const state = before.asked === revision ? { ...before, asked: null } : before
  const isMine = (other: Attempt) => other.revision === revision
  /** The attempt with its answer. The first mask may have been shown, and chosen from, before the others came. */
  const withAnswer = (attempts: readonly Attempt[], mine: Attempt, target: Annotation | null): Attempt => {
    const answer = keepingStored(attempts, mine, given, target, size)
    return { ...mine, answer, chosen: mine.answer ? mine.chosen : bestOf(answer), failure: null }
  }
  const object = state.committing.find(({ attempts }) => attempts.some(isMine))
  if (object) {
    const { attempts, target, labelId } = object
    const answeredOne = withAnswer(attempts, attempts.find(isMine)!, target)
    const known = { ...object, attempts: replaced(attempts, answeredOne) }
    const committing = state.committing.map((other) => (other === object ? known : other))
    const newest = known.attempts.at(-1)
    if (newest !== answeredOne) return askNext({ ...state, committing })
    const finished = made(known.attempts, newest, labelId, target)
    if (!finished) return returnToDraft({ ...state, committing }, known, t('The model found nothing there.'))
    const rest = committing.filter((other) => other !== known)
    return askNext({ ...state, committing: rest }, ...store(finished, object))
  }
  const mine = state.attempts.find(isMine)
  if (!mine) return askNext(state)
  const attempts = replaced(state.attempts, withAnswer(state.attempts, mine, state.target))
  return askNext({ ...state, attempts })
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

/**
 * The smart tool's state, and how it goes from one attempt to the next. Every change of the prompts is an attempt with a
 * revision of its own, and the attempts are remembered: taking a prompt back shows the earlier mask without asking
 * again. One question is open at a time; the next is asked when that one is answered, so that it can carry the logits
 * of the mask that was shown.
 */
import type { ImagePoint } from '../../../common/geometry/point.ts'
import type { Annotation, Prompt } from '../../../common/model.ts'
import type { ToolContext, ToolEffect, ToolEvent } from '../events.ts'
import type { Onto } from '../onto.ts'
import { stay, type Step } from '../tool.ts'
import { fittingAttempt, questionOf, type Attempt, type Committing } from './attempts.ts'
import { askedPrompts } from './keep.ts'

export interface SmartGesture {
  readonly start: ImagePoint
  readonly current: ImagePoint
  readonly positive: boolean
  /** Only the plain primary button draws boxes. */
  readonly mayDrag: boolean
  /** What a draft that the gesture begins is about. */
  readonly onto: Onto | null
  readonly dragging: boolean
}

export interface SmartState {
  /** The newest is the draft; empty when there is none. */
  readonly attempts: readonly Attempt[]
  /**
   * The stored object that the draft is to take the place of; null for a new one. The first attempt is then the object
   * as it is, without prompts.
   */
  readonly target: Annotation | null
  /** The stored object that the draft is added to, or taken away from. */
  readonly onto: Onto | null
  readonly zoom: boolean
  /** Revision of the question that is open. */
  readonly asked: number | null
  readonly committing: readonly Committing[]
  readonly gesture: SmartGesture | null
}

export const initial: SmartState = {
  attempts: [],
  target: null,
  onto: null,
  zoom: false,
  asked: null,
  committing: [],
  gesture: null,
}

/** The draft's newest attempt. */
export const draftOf = (state: SmartState): Attempt | null => state.attempts.at(-1) ?? null

/** The attempt whose mask is on screen: the draft's own, or while it is thought about the one before. */
export const shownAttempt = (state: SmartState): Attempt | null => fittingAttempt(state.attempts)

const isOpen = (attempt: Attempt) => attempt.answer === null && attempt.failure === null

/** Asks the next question when none is open: objects that wait to be stored first. */
export const askNext = (state: SmartState, ...effects: readonly ToolEffect[]): Step<SmartState> => {
  if (state.asked !== null) return { state, effects }
  const waiting = [...state.committing.map((object) => object.attempts), state.attempts]
  for (const attempts of waiting) {
    const newest = attempts.at(-1)
    if (!newest || !isOpen(newest)) continue
    const question = questionOf(attempts, newest, askedPrompts(attempts, newest))
    return {
      state: { ...state, asked: newest.revision },
      effects: [...effects, { type: 'segment', question }],
    }
  }
  return { state, effects }
}

export const emptied = (state: SmartState): SmartState => ({
  ...state,
  attempts: [],
  target: null,
  onto: null,
  zoom: false,
  gesture: null,
})

/** Goes on with other prompts; none left means that there is no draft any more. */
export const attempt = (
  state: SmartState,
  prompts: readonly Prompt[],
  { imageId, revision }: Pick<ToolContext, 'imageId' | 'revision'>,
  { zoom, unzoomed }: Pick<Attempt, 'zoom' | 'unzoomed'> = { zoom: state.zoom, unzoomed: null },
): Step<SmartState> => {
  if (prompts.length === 0) return stay(emptied(state))
  const next: Attempt = {
    imageId,
    revision,
    prompts,
    zoom,
    answer: null,
    chosen: 0,
    failure: null,
    unzoomed,
  }
  return askNext({ ...state, attempts: [...state.attempts, next], zoom, gesture: null })
}

/** The draft that an object was made from, when it could not be stored and no other draft was begun since. */
export const regained = (before: SmartState, now: SmartState, event: ToolEvent): SmartState => {
  if (now.attempts.length > 0) return now
  const revision = event.type === 'answered' ? event.revision : null
  const object = before.committing.find(({ attempts }) => attempts.at(-1)?.revision === revision)
  const { attempts, target, onto } = object ?? before
  return { ...now, attempts, target, onto }
}

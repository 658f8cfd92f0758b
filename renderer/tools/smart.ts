/**
 * The smart tool: prompts -> masks -> an object. Owns the unfinished object (its prompts, the masks offered for them)
 * and the objects that were committed before their mask was there.
 *
 * Every change of the prompts is an attempt with a revision of its own, and the attempts are remembered: taking a
 * prompt back shows the earlier mask without asking again. One question is open at a time; the next is asked when
 * that one is answered, so that it can carry the logits of the mask that was shown.
 */
import type { Annotation, BoxPrompt, LabelId, PointPrompt, Prompt } from '../../common/model.ts'
import type { ImagePoint, Size } from '../../common/geometry/point.ts'
import { clampPoint, distance, DRAG_THRESHOLD, GRAB_RADIUS, isInside, stay } from './tool.ts'
import { answerOfObject, boxPromptOf } from './refine.ts'
import { fittingAttempt, nextMask, objectOf, questionOf, replaced } from './smart-attempts.ts'
import type { Attempt, Committing } from './smart-attempts.ts'
import type { AnsweredMask, MaskAnswer, NewObject } from './tool.ts'
import type { Step, Tool, ToolContext, ToolEffect, ToolEvent } from './tool.ts'

export interface SmartGesture {
  readonly start: ImagePoint
  readonly current: ImagePoint
  readonly positive: boolean
  /** Only the plain primary button draws boxes. */
  readonly mayDrag: boolean
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
  readonly zoom: boolean
  /** Revision of the question that is open. */
  readonly asked: number | null
  readonly committing: readonly Committing[]
  readonly gesture: SmartGesture | null
}

const initial: SmartState = {
  attempts: [],
  target: null,
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
const askNext = (state: SmartState, ...effects: readonly ToolEffect[]): Step<SmartState> => {
  if (state.asked !== null) return { state, effects }
  const waiting = [...state.committing.map((object) => object.attempts), state.attempts]
  for (const attempts of waiting) {
    const newest = attempts.at(-1)
    if (!newest || !isOpen(newest)) continue
    const question = questionOf(attempts, newest)
    return {
      state: { ...state, asked: newest.revision },
      effects: [...effects, { type: 'segment', question }],
    }
  }
  return { state, effects }
}

const emptied = (state: SmartState): SmartState => ({
  ...state,
  attempts: [],
  target: null,
  zoom: false,
  gesture: null,
})

/** Goes on with other prompts; none left means that there is no draft any more. */
const attempt = (
  state: SmartState,
  prompts: readonly Prompt[],
  { revision }: Pick<ToolContext, 'revision'>,
  { zoom, unzoomed }: Pick<Attempt, 'zoom' | 'unzoomed'> = { zoom: state.zoom, unzoomed: null },
): Step<SmartState> => {
  if (prompts.length === 0) return stay(emptied(state))
  const next: Attempt = {
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

const gestureAt = (point: ImagePoint, positive: boolean): SmartGesture => ({
  start: point,
  current: point,
  positive,
  mayDrag: positive,
  dragging: false,
})

/** The draft's point prompt that a click there takes away. */
const pointNear = (state: SmartState, point: ImagePoint, { scale }: ToolContext) =>
  draftOf(state)?.prompts.findLast(
    (prompt) => prompt.type === 'point' && distance(prompt, point) <= GRAB_RADIUS / scale,
  )

const addPoint = (state: SmartState, gesture: SmartGesture, context: ToolContext): Step<SmartState> => {
  const { size } = context
  const idle = { ...state, gesture: null }
  const prompts = draftOf(state)?.prompts ?? []
  const near = pointNear(state, gesture.start, context)
  if (near)
    return attempt(
      idle,
      prompts.filter((prompt) => prompt !== near),
      context,
    )
  if (!isInside(gesture.start, size)) return stay(idle)
  const { x, y } = gesture.start
  const point: PointPrompt = { type: 'point', x, y, positive: gesture.positive }
  return attempt(idle, [...prompts, point], context)
}

/** What the model will be asked if the gesture ends as a click. */
const foresee = (state: SmartState, gesture: SmartGesture, context: ToolContext, pressed: boolean) =>
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

const endGesture = (state: SmartState, end: ImagePoint, context: ToolContext): Step<SmartState> => {
  const { gesture } = state
  if (!gesture) return stay(state)
  if (!gesture.dragging) return addPoint(state, gesture, context)
  const box = boxBetween(gesture.start, end, context.size)
  const idle = { ...state, gesture: null }
  if (!box) return stay(idle)
  const others = (draftOf(state)?.prompts ?? []).filter((prompt) => prompt.type !== 'box')
  return attempt(idle, [...others, box], context)
}

const EMPTY_MASK: ToolEffect = {
  type: 'notice',
  level: 'warning',
  message: 'The model found nothing there. Add another point or draw a box around the object.',
}

const store = (object: NewObject, target: Annotation | null): ToolEffect =>
  target ? { type: 'replace', from: target, object } : { type: 'add', object }

const confirm = (state: SmartState, labelId: LabelId): Step<SmartState> => {
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
  return object ? stay(emptied(state), store(object, state.target)) : stay(state, EMPTY_MASK)
}

/** Takes an object that can't be stored back as the draft; when another one is begun already, says so at least. */
const giveBack = (state: SmartState, object: Committing, why: string): Step<SmartState> => {
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

const answered = (before: SmartState, revision: number, answer: MaskAnswer): Step<SmartState> => {
  const state = before.asked === revision ? { ...before, asked: null } : before
  const best = Math.max(
    0,
    answer.masks.findIndex((mask) => mask.polygon !== null),
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
    if (!made) return giveBack({ ...state, committing }, known, 'The model found nothing there.')
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

const failed = (before: SmartState, revision: number, message: string): Step<SmartState> => {
  const state = before.asked === revision ? { ...before, asked: null } : before
  const isMine = (other: Attempt) => other.revision === revision
  const object = state.committing.find(({ attempts }) => attempts.some(isMine))
  if (object) {
    const newest = object.attempts.at(-1)
    if (!newest || !isMine(newest)) return askNext(state)
    const known = { ...object, attempts: replaced(object.attempts, { ...newest, failure: message }) }
    const committing = state.committing.map((other) => (other === object ? known : other))
    return giveBack({ ...state, committing }, known, message)
  }
  const mine = state.attempts.find(isMine)
  if (!mine) return askNext(state)
  return askNext({ ...state, attempts: replaced(state.attempts, { ...mine, failure: message }) })
}

const choose = (state: SmartState, pick: (masks: readonly AnsweredMask[], chosen: number) => number) => {
  const shown = shownAttempt(state)
  if (!shown?.answer) return stay(state)
  const chosen = pick(shown.answer.masks, shown.chosen)
  if (!shown.answer.masks[chosen]?.polygon) return stay(state)
  return stay({ ...state, attempts: replaced(state.attempts, { ...shown, chosen }) })
}

/** The object as it is stored, as the first attempt. */
const attemptOf = (target: Annotation, size: Size, zoom: boolean): Attempt => ({
  revision: 0,
  prompts: [],
  zoom,
  answer: answerOfObject(target, size, zoom),
  chosen: 0,
  failure: null,
  unzoomed: null,
})

const toggleZoom = (before: SmartState, context: ToolContext): Step<SmartState> => {
  const draft = draftOf(before)
  const zoom = !before.zoom
  if (!draft) return stay(before)
  // The same prompts seen otherwise, not one prompt more: Backspace still takes a prompt back.
  const earlier = before.attempts.slice(0, -1)
  if (draft.unzoomed)
    return askNext({ ...before, attempts: [...earlier, draft.unzoomed], zoom, gesture: null })
  const { target } = before
  const first = target && !zoom ? [attemptOf(target, context.size, false), ...earlier.slice(1)] : earlier
  const unzoomed = zoom && draft.answer !== null ? draft : null
  return attempt({ ...before, attempts: first }, draft.prompts, context, { zoom, unzoomed })
}

const refine = (state: SmartState, target: Annotation, zoom: boolean, context: ToolContext) => {
  const { size } = context
  if (state.attempts.length > 0)
    return stay(state, {
      type: 'notice',
      level: 'info',
      message: 'Keep or drop the object in the making first.',
    })
  const box = boxPromptOf(target.shape, size)
  if (!box) return stay(state, { type: 'notice', level: 'warning', message: 'The object is too small.' })
  const begun = { ...state, target, attempts: [attemptOf(target, size, zoom)] }
  return attempt(begun, [box], context, { zoom, unzoomed: null })
}

const back = (state: SmartState): Step<SmartState> => {
  const attempts = state.attempts.slice(0, -1)
  const draft = attempts.at(-1)
  // Without prompts it is the stored object, which is as it was.
  return draft && draft.prompts.length > 0
    ? askNext({ ...state, attempts, zoom: draft.zoom, gesture: null })
    : stay(emptied(state))
}

const step = (state: SmartState, event: ToolEvent, context: ToolContext): Step<SmartState> => {
  switch (event.type) {
    case 'down': {
      const gesture = gestureAt(event.point, event.button === 'primary' && !event.alt)
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
      return choose(state, nextMask)
    case 'choose':
      return choose(state, () => event.index)
    case 'zoom':
      return toggleZoom(state, context)
    case 'refine':
      return refine(state, event.target, event.zoom, context)
    case 'answered':
      return answered(state, event.revision, event.answer)
    case 'failed':
      return failed(state, event.revision, event.message)
    case 'superseded':
      return stay(state.asked === event.revision ? { ...state, asked: null } : state)
    case 'resume':
      return askNext(state)
    case 'leave':
    case 'delete':
    case 'nudge':
    case 'changed':
      return stay(state)
  }
}

export const smartTool: Tool<SmartState> = { initial, step }

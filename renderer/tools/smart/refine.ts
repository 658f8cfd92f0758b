/** The smart tool on a stored object, which is made anew, and on an object seen enlarged. Pure. */
import { hasArea } from '../../../common/geometry/measure.ts'
import type { Size } from '../../../common/geometry/point.ts'
import type { Annotation, Prompt } from '../../../common/model.ts'
import type { ToolContext, ToolEffect, ToolEvent } from '../events.ts'
import { stay, type Step } from '../tool.ts'
import type { Attempt } from './attempts.ts'
import { answerOfObject, boxPromptOf } from './object-as-prompt.ts'
import { askNext, attempt, draftOf, type SmartState } from './state.ts'
import { msg } from '../../../common/said.ts'
import { t } from '../../texts/t.ts'

/** The object as it is stored, as the first attempt. */
const attemptOf = (
  target: Annotation,
  size: Size,
  zoom: boolean,
  prompts: readonly Prompt[] = [],
): Attempt => ({
  imageId: target.imageId,
  revision: 0,
  prompts,
  zoom,
  answer: answerOfObject(target, size, zoom),
  chosen: 0,
  failure: null,
  unzoomed: null,
})

export const toggleZoom = (before: SmartState, context: ToolContext): Step<SmartState> => {
  const draft = draftOf(before)
  const zoom = !before.zoom
  if (!draft) return stay(before)
  // It replaces the newest attempt and adds none, so that Backspace still removes the last prompt.
  const earlier = before.attempts.slice(0, -1)
  if (draft.unzoomed)
    return askNext({ ...before, attempts: [...earlier, draft.unzoomed], zoom, gesture: null })
  const { target } = before
  const [stored, ...later] = earlier
  const first =
    target && !zoom ? [attemptOf(target, context.size, false, stored?.prompts), ...later] : earlier
  const unzoomed = zoom && draft.answer !== null ? draft : null
  return attempt({ ...before, attempts: first }, draft.prompts, context, { zoom, unzoomed })
}

/** The object with the prompts that it was made with: the model is asked as it was then, and not led by the outline. */
const reopenedOf = (target: Annotation, size: Size): Attempt => {
  const stored = attemptOf(target, size, false, target.prompts)
  const answer = stored.answer && {
    ...stored.answer,
    candidates: stored.answer.candidates.map((candidate) => ({ ...candidate, logits: null })),
  }
  return { ...stored, answer }
}

const noInside: ToolEffect = {
  type: 'notice',
  level: 'info',
  message: msg('A point or a line has no inside that the model could find. Select an object that has one.'),
}

export const refine = (
  state: SmartState,
  { target, zoom, reopens }: ToolEvent & { type: 'refine' },
  context: ToolContext,
) => {
  const { size } = context
  if (state.attempts.length > 0)
    return stay(state, {
      type: 'notice',
      level: 'info',
      message: t('Keep or drop the object in the making first.'),
    })
  if (reopens && target.prompts.length > 0) {
    const begun = { ...state, target, attempts: [reopenedOf(target, size)] }
    return attempt(begun, target.prompts, context, { zoom, unzoomed: null })
  }
  if (!hasArea(target.shape)) return stay(state, noInside)
  const box = boxPromptOf(target.shape, size)
  if (!box) return stay(state, { type: 'notice', level: 'warning', message: t('The object is too small.') })
  const begun = { ...state, target, attempts: [attemptOf(target, size, zoom)] }
  return attempt(begun, [box], context, { zoom, unzoomed: null })
}

/**
 * A stored object that is made better: its mask is kept wherever no new prompt speaks against it. Owns what the model is
 * asked then, and how its answer and the mask that was shown become the next one. Pure.
 */
import { LOGITS_SIDE } from '../../../common/geometry/letterbox.ts'
import type { Size } from '../../../common/geometry/point.ts'
import { logitsOfShape } from '../../../common/geometry/shape-to-logits.ts'
import type { Annotation, BoxPrompt, PointPrompt, Prompt } from '../../../common/model.ts'
import type { MaskAnswer, TracedCandidate } from '../../segmentation/question.ts'
import { chosenCandidate, fittingAttempt, type Attempt } from './attempts.ts'
import { combine } from './combine.ts'

/** The box of the stored object, which the attempts begin with; null when the draft is a new object. */
const hintOf = ([stored, first]: readonly Attempt[]): BoxPrompt | null => {
  const prompt = stored?.prompts.length === 0 ? first?.prompts[0] : undefined
  return prompt?.type === 'box' ? prompt : null
}

const isIn = (box: BoxPrompt, { x, y }: { readonly x: number; readonly y: number }) =>
  x >= box.x0 && x <= box.x1 && y >= box.y0 && y <= box.y1

const asked = new WeakMap<Attempt, readonly Prompt[]>()

/**
 * The prompts that the model is asked with: the box of the stored object is a hint, which gives way to points outside of
 * it. The same array for the same attempt.
 */
export const askedPrompts = (attempts: readonly Attempt[], attempt: Attempt): readonly Prompt[] => {
  const hint = hintOf(attempts)
  if (hint === null) return attempt.prompts
  const isBeyond = (prompt: Prompt) => prompt.type === 'point' && prompt.positive && !isIn(hint, prompt)
  if (!attempt.prompts.some(isBeyond)) return attempt.prompts
  const prompts = asked.get(attempt) ?? attempt.prompts.filter((prompt) => prompt !== hint)
  asked.set(attempt, prompts)
  return prompts
}

/**
 * The answer to `mine`, with the mask that was shown and what its new points change of it as first candidate. The
 * model's own masks follow. As it is for a new object, a rectangle, a box drawn anew, and a closer look.
 * @param attempts up to `mine` and with it
 */
export const keepingStored = (
  attempts: readonly Attempt[],
  mine: Attempt,
  answer: MaskAnswer,
  target: Annotation | null,
  size: Size,
): MaskAnswer => {
  const [own] = answer.candidates
  if (target?.shape.type !== 'polygon' || own === undefined) return answer
  const before = attempts.slice(
    0,
    attempts.findIndex(({ revision }) => revision === mine.revision),
  )
  // Without one of its own prompts a reopened object is still what it was before.
  const basis =
    fittingAttempt([...before, { ...mine, answer: null, unzoomed: null }]) ??
    before.findLast((attempt) => attempt.answer !== null) ??
    null
  const kept = (basis && chosenCandidate(basis)?.polygon) ?? null
  if (basis === null || kept === null) return answer
  const added = mine.prompts.filter((prompt) => !basis.prompts.includes(prompt))
  // A point that was taken back speaks against what it said.
  const taken = basis.prompts
    .filter((prompt) => prompt.type === 'point' && !mine.prompts.includes(prompt))
    .map((prompt) => ({ ...(prompt as PointPrompt), positive: !(prompt as PointPrompt).positive }))
  const points = [...taken, ...added.filter((prompt) => prompt.type === 'point')]
  const hint = hintOf(attempts)
  const isNewBox = added.some((prompt) => prompt.type === 'box' && prompt !== hint)
  if (isNewBox || (mine.zoom && points.length === 0)) return answer
  const { crop } = answer
  // A cell of the model's mask, which says nothing of what is narrower.
  const reach = Math.max(crop.width, crop.height) / LOGITS_SIDE
  const polygon = points.reduce<TracedCandidate['polygon']>(
    (shape, point) => shape && combine(shape, own.polygon, point, reach),
    kept,
  )
  const frame = { imageWidth: size.width, imageHeight: size.height, crop }
  const logits = polygon && logitsOfShape(polygon, frame)
  return { ...answer, candidates: [{ ...own, polygon, logits, isKept: true }, ...answer.candidates] }
}

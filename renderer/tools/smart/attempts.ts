/**
 * What the smart tool remembers of an unfinished object: one attempt for each change of its prompts, with the
 * candidates that the model answered. Owns the choice of the one on screen and of the logits that a follow-up question carries.
 */
import type { Annotation, ImageId, LabelId, Prompt } from '../../../common/model.ts'
import type { NewObject } from '../events.ts'
import type { MaskQuestion } from '../../../common/segmentation.ts'
import type { MaskAnswer, TracedCandidate } from '../../segmentation/question.ts'
import type { Onto } from '../onto.ts'
import { isInCrop } from './object-as-prompt.ts'

/** The prompts as they were after one gesture, and what the model answered. */
export interface Attempt {
  readonly imageId: ImageId
  readonly revision: number
  readonly prompts: readonly Prompt[]
  readonly zoom: boolean
  readonly answer: MaskAnswer | null
  /** Index into the answer's candidates. */
  readonly chosen: number
  readonly failure: string | null
  /** The answered attempt that this one looks at closer, to go back to without asking. */
  readonly unzoomed: Attempt | null
}

/** An object that was committed before its mask was there; it is stored when the answer comes. */
export interface Committing {
  readonly attempts: readonly Attempt[]
  readonly labelId: LabelId
  /** The stored object that it takes the place of; null for a new one. */
  readonly target: Annotation | null
  readonly onto: Onto | null
}

/**
 * The newest answered attempt whose prompts the draft still has, all of them. A mask made with a prompt that was removed
 * since would go on pulling the model towards it.
 */
export const fittingAttempt = (
  attempts: readonly Attempt[],
  mayLead: (attempt: Attempt) => boolean = () => true,
): Attempt | null => {
  const draft = attempts.at(-1)
  if (!draft) return null
  const fits = (attempt: Attempt) =>
    attempt.answer !== null &&
    attempt.prompts.every((prompt) => draft.prompts.includes(prompt)) &&
    mayLead(attempt)
  return attempts.flatMap((one) => (one.unzoomed ? [one.unzoomed, one] : [one])).findLast(fits) ?? null
}

export const chosenCandidate = (attempt: Attempt): TracedCandidate | null =>
  attempt.answer?.candidates[attempt.chosen] ?? null

/**
 * What to ask the model for `draft`, the newest of `attempts`.
 * @param prompts those of the draft that the model is to see
 */
export const questionOf = (
  attempts: readonly Attempt[],
  draft: Attempt,
  prompts: readonly Prompt[],
): MaskQuestion => {
  // A mask of a crop would keep the question in that crop: not for one without zoom, nor for a point beyond it.
  const mayLead = ({ zoom, answer }: Attempt) =>
    (draft.zoom || !zoom) && answer !== null && draft.prompts.every((prompt) => isInCrop(prompt, answer.crop))
  const basis = fittingAttempt(attempts, mayLead)
  const logits = (basis && chosenCandidate(basis)?.logits) ?? null
  return {
    imageId: draft.imageId,
    revision: draft.revision,
    prompts,
    maskInput: logits,
    crop: (logits && basis?.answer?.crop) ?? null,
    zoom: draft.zoom,
    purpose: 'prompt',
    quality: 'fast',
  }
}

/**
 * The object that an answered attempt makes; null when its mask is empty.
 * @param prompts those that the model has seen
 * @param target the stored object that it takes the place of: with its mask unchanged it stays as it is
 */
export const objectOf = (
  attempt: Attempt,
  labelId: LabelId,
  prompts: readonly Prompt[],
  target: Annotation | null,
): NewObject | null => {
  const candidate = chosenCandidate(attempt)
  if (!candidate?.polygon || !attempt.answer) return null
  if (candidate.polygon === target?.shape) {
    const { shape, source, modelId, score, prompts, candidate, consistency } = target
    return { labelId, shape, source, modelId, score, prompts, candidate, ...(consistency && { consistency }) }
  }
  return {
    labelId,
    shape: candidate.polygon,
    source: 'model',
    modelId: attempt.answer.modelId,
    score: candidate.score,
    prompts: [...prompts],
    candidate: candidate.index,
    ...(candidate.consistency && { consistency: candidate.consistency }),
    ...(candidate.logits ? { madeFrom: { logits: candidate.logits, crop: attempt.answer.crop } } : {}),
  }
}

export const replaced = (attempts: readonly Attempt[], changed: Attempt) =>
  attempts.map((other) => (other.revision === changed.revision ? changed : other))

/** The next candidate that has something in it, round and round. */
export const nextCandidate = (candidates: readonly TracedCandidate[], chosen: number): number => {
  for (let ahead = 1; ahead < candidates.length; ahead += 1) {
    const index = (chosen + ahead) % candidates.length
    if (candidates[index]?.polygon) return index
  }
  return chosen
}

/**
 * Prompts -> masks -> polygons. Owns what is sent to the model: a follow-up question always names the mask that was
 * shown, or carries its logits where the core does not know it. An answer to a question that has been overtaken is
 * dropped. The first candidate is given out and painted before the others are fetched and traced: a click need not wait
 * for what it may not be asked for.
 */
import type { Candidate, MaskName, MaskQuestion, SegmentAnswer } from '../../common/segmentation.ts'
import { CodedError, hasCode } from '../../common/errors.ts'
import type { PolygonOptions } from '../../common/geometry/mask-to-polygon.ts'
import type { Client } from '../../common/rpc.ts'
import type { Traced } from '../workers/polygon-messages.ts'
import { afterPaint } from './after-paint.ts'
import { createGate } from './gate.ts'
import type { Polygonizer } from './polygonizer.ts'
import type { AskMasks, MaskAnswer, OnFirst, TracedCandidate } from './question.ts'
import { t } from '../texts/t.ts'

/**
 * What a `maskwright:segment` measure tells, milliseconds until the first mask: of the inference process, of the whole
 * call, of the polygon with its way to the worker and back, and of that the worker's stages.
 */
export type SegmentTimings = SegmentAnswer['timings'] &
  Traced['times'] & { readonly call: number; readonly polygon: number }

export interface SegmenterPorts {
  readonly client: Client
  readonly polygonizer: Polygonizer
  /** How polygons are made now. */
  readonly options: () => PolygonOptions
  /** Resolves when what was given out is on screen. */
  readonly painted?: () => Promise<void>
}

export interface Segmenter {
  /**
   * Masks for a question.
   * @param onFirst is given the first candidate alone when it is not empty and others follow
   * @throws CodedError superseded when a later question of the same purpose came first; else what the core or the
   *   polygonizer throws
   */
  readonly segment: AskMasks
}

export const createSegmenter = (ports: SegmenterPorts): Segmenter => {
  const { client, polygonizer, painted = afterPaint } = ports
  const gate = createGate()

  /** By what name the core remembers logits that came from it: 256 kB that need not go back. */
  const names = new WeakMap<Float32Array, MaskName>()

  /** @param entered the question that the gate knows; a later one overtakes this one too */
  const ask = async (question: MaskQuestion, entered: MaskQuestion) => {
    const { maskInput: logits } = question
    const askWith = (maskInput: Candidate['logits'] | MaskName | null) =>
      client.call('inference.segment', { ...question, maskInput })
    const name = logits && names.get(logits)
    if (!name) return askWith(logits)
    try {
      return await askWith(name)
    } catch (thrown) {
      if (!hasCode(thrown, 'not-found')) throw thrown
      names.delete(logits)
      gate.check(entered)
      return askWith(logits)
    }
  }

  /** One question's first answer, traced; `trace` makes polygons of what else belongs to it. */
  const look = async (question: MaskQuestion, entered: MaskQuestion) => {
    const { imageId, revision } = question
    const options = ports.options()
    const started = performance.now()
    const segmented = await ask(question, entered)
    if (segmented.imageId !== imageId || segmented.revision !== revision)
      throw new CodedError('internal', t('The model answered another question than the one that was asked.'))
    gate.check(entered)
    const answered = performance.now()
    const { id, modelId, crop, candidates, more, canBeBetter, width, height } = segmented
    const frame = { imageWidth: width, imageHeight: height, crop }
    const trace = async (some: readonly Candidate[]) => {
      const { polygons, times } = await polygonizer.polygonise(some, frame, options, question.prompts)
      gate.check(entered)
      for (const { logits, index } of some) names.set(logits, { answer: id, index })
      const traced = some.map((candidate, i): TracedCandidate => ({
        ...candidate,
        polygon: polygons[i] ?? null,
      }))
      return { traced, times }
    }
    const { traced, times } = await trace(candidates)
    const detail: SegmentTimings = {
      ...segmented.timings,
      ...times,
      call: answered - started,
      polygon: performance.now() - answered,
    }
    const answer: MaskAnswer = { modelId, crop, candidates: traced, decodeMs: segmented.timings.decode }
    return { answer, more, canBeBetter, trace, measured: { start: started, detail } }
  }

  /** A better mask of a lone box. The first one stays where nothing better is found, whatever the reason: it is shown. */
  const lookAgain = async (question: MaskQuestion, first: MaskAnswer): Promise<MaskAnswer> => {
    const [candidate] = first.candidates
    if (!candidate) return first
    const again = { ...question, maskInput: candidate.logits, crop: first.crop, quality: 'good' } as const
    try {
      const { answer } = await look(again, question)
      return answer.candidates[0]?.polygon ? answer : first
    } catch {
      gate.check(question)
      return first
    }
  }

  const answer = async (question: MaskQuestion, onFirst: OnFirst): Promise<MaskAnswer> => {
    const { imageId, revision, purpose } = question
    const { answer: first, more, canBeBetter, trace, measured } = await look(question, question)
    // For the bench and the profiler, which listen; nothing is kept.
    performance.measure('maskwright:segment', measured)
    performance.clearMeasures('maskwright:segment')
    if (more === 0 && !canBeBetter) return first
    if (first.candidates[0]?.polygon) {
      await onFirst(first)
      await painted()
      gate.check(question)
    }
    if (canBeBetter) return lookAgain(question, first)
    const alternatives = await client.call('inference.alternatives', { imageId, revision, purpose })
    gate.check(question)
    const others = await trace(alternatives.candidates)
    // The suggested one, and the others in the order of the model's estimate, which is not comparable with its score.
    const ordered = others.traced.toSorted((a, b) => b.score - a.score)
    return { ...first, candidates: [...first.candidates, ...ordered] }
  }

  return {
    async segment(question, onFirst = () => undefined) {
      gate.enter(question)
      try {
        return await answer(question, onFirst)
      } finally {
        gate.leave(question)
      }
    },
  }
}

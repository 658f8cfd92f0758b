/**
 * Prompts -> masks -> polygons. Owns what is sent to the model: a follow-up question always names the mask that was
 * shown, or carries its logits where the core does not know it, and the crop that they belong to. An answer to a
 * question that has been overtaken is dropped.
 * The first mask is given out and painted before the others are fetched and traced: a click need not wait for what it
 * may not be asked for.
 */
import type { Candidate, Crop, MaskName, SegmentAnswer } from '../../common/segmentation.ts'
import { CodedError, hasCode } from '../../common/errors.ts'
import type { PolygonOptions } from '../../common/geometry/mask-to-polygon.ts'
import type { ImageId, Prompt } from '../../common/model.ts'
import type { Client } from '../../common/rpc.ts'
import type { OfferedMask } from '../tools/mask-draft.ts'
import type { Traced } from '../workers/polygon-messages.ts'
import { afterPaint } from './after-paint.ts'
import type { Polygonizer } from './polygonizer.ts'

export interface SegmentQuestion {
  readonly imageId: ImageId
  readonly revision: number
  readonly prompts: readonly Prompt[]
  /** The mask that was shown for the prompts before, or that is to be refined; null for a first prompt. */
  readonly shown: { readonly logits: Float32Array<ArrayBuffer>; readonly crop: Crop } | null
  /** Ask for a crop around the prompts. */
  readonly zoom: boolean
  readonly purpose: 'prompt' | 'hover'
  readonly options: PolygonOptions
}

/** An offered mask with its logits [256 * 256], which the next question builds on. */
export type SegmentedMask = OfferedMask & { readonly logits: Float32Array<ArrayBuffer> }

export interface Segmentation {
  readonly imageId: ImageId
  readonly revision: number
  readonly modelId: string
  readonly crop: Crop
  /** Mask 0 first. */
  readonly masks: readonly SegmentedMask[]
  /** How long the decoder took, ms. */
  readonly decodeMs: number
}

/**
 * What a `maskwright:segment` measure tells, milliseconds until the first mask: of the inference process, of the whole
 * call, of the polygon with its way to the worker and back, and of that the worker's stages.
 */
export type SegmentTimings = SegmentAnswer['timings'] &
  Traced['times'] & { readonly call: number; readonly polygon: number }

/** thinking: the model was asked; tracing: its logits become polygons; idle: nothing is asked. */
export type SegmenterStatus = 'idle' | 'thinking' | 'tracing'

export interface SegmenterPorts {
  readonly client: Client
  readonly polygonizer: Polygonizer
  /** Resolves when what was given out is on screen. */
  readonly painted?: () => Promise<void>
  readonly onStatus?: (status: SegmenterStatus) => void
}

type OnFirst = (first: Segmentation) => void | Promise<void>

export interface Segmenter {
  /**
   * Masks for a question.
   * @param onFirst is given the first mask alone when it is not empty and others follow: when what it returns resolves
   * @throws CodedError superseded when a later question of the same purpose came first; else what the core or the
   *   polygonizer throws
   */
  segment(question: SegmentQuestion, onFirst?: OnFirst): Promise<Segmentation>
}

export const createSegmenter = (ports: SegmenterPorts): Segmenter => {
  const { client, polygonizer, painted = afterPaint, onStatus } = ports
  /** The newest question of each purpose; an older one's answer is stale. */
  const newest: Record<SegmentQuestion['purpose'], SegmentQuestion | null> = { prompt: null, hover: null }

  /** By what name the core remembers logits that came from it: 256 kB that need not go back. */
  const names = new WeakMap<Float32Array, MaskName>()

  const checkNewest = (question: SegmentQuestion) => {
    if (newest[question.purpose] !== question)
      throw new CodedError('superseded', 'A later prompt took the place of this one.')
  }

  const ask = async (question: SegmentQuestion) => {
    const { imageId, revision, prompts, shown, zoom, purpose } = question
    const { logits, crop } = shown ?? { logits: null, crop: null }
    const askWith = (maskInput: Candidate['logits'] | MaskName | null) =>
      client.call('inference.segment', {
        imageId,
        revision,
        prompts: [...prompts],
        maskInput,
        crop,
        zoom,
        purpose,
      })
    const name = logits && names.get(logits)
    if (!name) return askWith(logits)
    try {
      return await askWith(name)
    } catch (thrown) {
      if (!hasCode(thrown, 'not-found')) throw thrown
      names.delete(logits)
      checkNewest(question)
      return askWith(logits)
    }
  }

  const answer = async (question: SegmentQuestion, onFirst: OnFirst): Promise<Segmentation> => {
    const { imageId, revision, purpose } = question
    onStatus?.('thinking')
    const started = performance.now()
    const segmented = await ask(question)
    if (segmented.imageId !== imageId || segmented.revision !== revision)
      throw new CodedError('internal', 'The model answered another question than the one that was asked.')
    checkNewest(question)
    onStatus?.('tracing')
    const answered = performance.now()
    const { id, modelId, crop, candidates, more, width, height } = segmented
    const trace = async (some: readonly Candidate[]) => {
      const { masks, times } = await polygonizer.polygonise(
        some,
        { imageWidth: width, imageHeight: height, crop },
        question.options,
      )
      checkNewest(question)
      for (const { logits, index } of some) names.set(logits, { answer: id, index })
      return { masks: masks.map((mask, i) => ({ ...mask, logits: some[i]!.logits })), times }
    }
    const first = await trace(candidates)
    const detail: SegmentTimings = {
      ...segmented.timings,
      ...first.times,
      call: answered - started,
      polygon: performance.now() - answered,
    }
    // For the bench and the profiler, which are told; nothing is kept.
    performance.measure('maskwright:segment', { start: started, detail })
    performance.clearMeasures('maskwright:segment')
    const { decode: decodeMs } = segmented.timings
    const segmentation = { imageId, revision, modelId, crop, masks: first.masks, decodeMs }
    if (more === 0) return segmentation
    if (first.masks[0]?.polygon) {
      await onFirst(segmentation)
      await painted()
      checkNewest(question)
    }
    const alternatives = await client.call('inference.alternatives', { imageId, revision, purpose })
    checkNewest(question)
    const others = await trace(alternatives.candidates)
    return { ...segmentation, masks: [...first.masks, ...others.masks] }
  }

  return {
    async segment(question, onFirst = () => undefined) {
      newest[question.purpose] = question
      try {
        return await answer(question, onFirst)
      } finally {
        if (newest[question.purpose] === question) {
          newest[question.purpose] = null
          onStatus?.('idle')
        }
      }
    },
  }
}

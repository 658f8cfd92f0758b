/**
 * Objects of one image by their prompts, without a project: what the library and the terminal ask. The same pipeline as
 * a click in the app: the inference process finds masks, the geometry makes polygons of them.
 */
import { existsSync } from 'node:fs'
import { CodedError, toErrorReply } from '../../common/errors.ts'
import { polygonOfLogits, type PolygonOptions } from '../../common/geometry/mask-to-polygon.ts'
import type { Size } from '../../common/geometry/point.ts'
import type { Polygon, Prompt } from '../../common/model.ts'
import type { Rendition } from '../../common/rendition.ts'
import type { Candidate, MaskQuestion, SegmentAnswer } from '../../common/segmentation.ts'
import { probeImage } from '../images/read-file.ts'
import type { Inference } from '../inference/client/inference.ts'
import { checkPrompts } from './check-prompts.ts'

/** Which of the masks: 0 the one-answer mask, 1 to 3 the alternatives of a single point, or the best by score. */
export type CandidateChoice = 'best' | 0 | 1 | 2 | 3

export interface PredictOptions {
  /** Look at a crop around the prompts, for small objects. */
  readonly zoom?: boolean
  readonly candidate?: CandidateChoice
  /** How the image is shown to the model; left out, as it is read. */
  readonly rendition?: Rendition
  /** Of the polygon that is handed on. */
  readonly polygon: PolygonOptions
  readonly signal?: AbortSignal | undefined
}

export interface PredictedObject {
  /** Simplified as the options say; null when the model found nothing at the prompts. */
  readonly polygon: Polygon | null
  /** With every corner: the mask itself. */
  readonly mask: Polygon | null
  readonly chosen: Candidate
  readonly candidates: readonly Candidate[]
}

export interface Prediction {
  /** Of the upright image. */
  readonly width: number
  readonly height: number
  readonly modelId: string
  readonly objects: readonly PredictedObject[]
  /** Milliseconds: reading and decoding the file and waiting, the model, the polygons. */
  readonly speed: { readonly preprocess: number; readonly inference: number; readonly postprocess: number }
}

/**
 * The upright size of an image file.
 * @throws CodedError not-found, image-unreadable, with the file's name
 */
export const sizeOfImage = async (file: string): Promise<Size> => {
  if (!existsSync(file)) throw new CodedError('not-found', `There is no file ${file}`)
  return probeImage(file).catch((thrown: unknown) => {
    const { code, message } = toErrorReply(thrown)
    throw new CodedError(code, `${file}: ${message}`, { cause: thrown })
  })
}

/** Settles as `work` does, or is refused at once when `signal` says so; what runs in the process then has no reader. */
const abortable = <T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> => {
  if (signal === undefined) return work
  return new Promise((resolve, reject) => {
    const stop = () => reject(new CodedError('cancelled', 'The prediction was stopped.'))
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}

/**
 * Gives the prompts one after the other, each with the mask before, as a person clicking would: that finds better
 * masks than all at once (docs/models.md).
 */
const segmentStepwise = async (
  inference: Inference,
  file: string,
  prompts: readonly Prompt[],
  options: PredictOptions,
): Promise<SegmentAnswer> => {
  const { zoom = false, signal } = options
  // Without a project an image has no number of its own; embeddings are found by their content.
  const image = { id: 1, file, contentHash: null, rendition: options.rendition ?? null }
  let answer: SegmentAnswer | null = null
  for (const [revision] of prompts.entries()) {
    const shown: SegmentAnswer | null = answer
    const question: MaskQuestion = {
      imageId: image.id,
      revision,
      prompts: prompts.slice(0, revision + 1),
      maskInput: shown?.candidates[0]?.logits ?? null,
      crop: shown?.crop ?? null,
      zoom,
      purpose: 'prompt',
      quality: 'good',
    }
    answer = await abortable(inference.segmentLater(image, question, 'boxes'), signal)
  }
  if (answer === null) throw new CodedError('bad-input', 'An object needs a point or a box.')
  return answer
}

const chooseCandidate = (candidates: readonly Candidate[], wanted: CandidateChoice): Candidate => {
  const chosen =
    wanted === 'best'
      ? candidates.toSorted((a, b) => b.score - a.score)[0]
      : candidates.find(({ index }) => index === wanted)
  if (!chosen) throw new CodedError('not-found', `This model has no mask ${wanted} for these prompts.`)
  return chosen
}

/**
 * @param file of the image, absolute
 * @param objects the prompts of each object, in their order
 * @throws CodedError bad-input, not-found, image-unreadable, model-unavailable, inference-failed, cancelled
 */
export const predictObjects = async (
  inference: Inference,
  file: string,
  objects: readonly (readonly Prompt[])[],
  options: PredictOptions,
): Promise<Prediction> => {
  const { signal, candidate = 0, polygon: polygonOptions } = options
  if (signal?.aborted) throw new CodedError('cancelled', 'The prediction was stopped.')
  const started = performance.now()
  const size = await sizeOfImage(file)
  for (const prompts of objects) checkPrompts(prompts, size)
  const found: PredictedObject[] = []
  let [model, polygons] = [0, 0]
  let modelId = ''
  for (const prompts of objects) {
    const answer = await segmentStepwise(inference, file, prompts, options)
    const { candidates, crop, width, height, timings } = answer
    modelId = answer.modelId
    model += timings.encode + timings.decode
    const at = performance.now()
    const chosen = chooseCandidate(candidates, candidate)
    const frame = { crop, imageWidth: width, imageHeight: height }
    const mask = polygonOfLogits(chosen.logits, frame, { ...polygonOptions, tolerance: 0 }, prompts)
    const polygon = polygonOfLogits(chosen.logits, frame, polygonOptions, prompts)
    found.push({ polygon, mask, chosen, candidates })
    polygons += performance.now() - at
  }
  const preprocess = Math.max(0, performance.now() - started - model - polygons)
  const { width, height } = size
  return {
    width,
    height,
    modelId,
    objects: found,
    speed: { preprocess, inference: model, postprocess: polygons },
  }
}

/** `SAM`: a model that predicts masks, for programs. The app's own pipeline, in a process of its own. */
import { statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { CodedError } from '../common/errors.ts'
import { createInference } from '../core/inference/client/client.ts'
import { forkInferenceProcess } from '../core/inference/client/fork.ts'
import type { Inference } from '../core/inference/client/inference.ts'
import { createModels } from '../core/inference/client/models.ts'
import { predictObjects } from '../core/predict/predict.ts'
import { objectsOfArrays } from '../core/predict/prompt-arrays.ts'
import { defaultSettings } from '../core/settings.ts'
import { resultOf } from './result.ts'
import { createSources, type Sources } from './sources.ts'
import type {
  OpenOptions,
  PredictAllOptions,
  PredictOptions,
  PredictSettings,
  Prompts,
  Result,
  Source,
} from './types.ts'

/** Beside `lib/` in the clone, beside `dist/` in the package. */
const BUNDLED = resolve(import.meta.dirname, '..', 'models')
/** Ultralytics' name of the weights. */
const otherNames: Readonly<Record<string, string>> = { 'mobile_sam.pt': 'mobile-sam' }

/** @throws CodedError model-unavailable */
const findModel = async (model: string): Promise<{ id: string; folders: string[] }> => {
  const isFolder = statSync(model, { throwIfNoEntry: false })?.isDirectory() ?? false
  const folders = [isFolder ? resolve(model) : BUNDLED]
  const models = createModels(folders)
  const found = await models.list()
  const name = otherNames[model] ?? model
  const wanted = isFolder
    ? (found.find(({ choice }) => choice?.variant.default === true) ?? found[0])
    : found.find(({ info }) => info.id === name)
  if (wanted === undefined) {
    const known = found.map(({ info }) => info.id).join(', ')
    const why = isFolder
      ? `${model} has no manifest.json: docs/models.md has its fields.`
      : `There is no model "${model}". There are ${known}, and folders with a manifest.json.`
    throw new CodedError('model-unavailable', why)
  }
  const problem = wanted.info.problem ?? (wanted.choice && (await models.verify(wanted.choice)))
  if (problem) throw new CodedError('model-unavailable', problem)
  return { id: wanted.info.id, folders }
}

export class SAM {
  /** The model's id. */
  readonly name: string
  readonly #inference: Inference
  readonly #sources: Sources = createSources()
  #closed = false

  private constructor(name: string, inference: Inference) {
    this.name = name
    this.#inference = inference
  }

  /**
   * Loads a model. `close` ends its process; until then the program does not end by itself.
   * @param model `mobile-sam`, `mobile-sam-exact`, or a folder with an encoder, a decoder and a manifest.json
   * @throws SamError model-unavailable, cancelled
   */
  static async open(model = 'mobile-sam', options: OpenOptions = {}): Promise<SAM> {
    const { threads = 0, cache, cacheBytes = defaultSettings.embeddingBytes, signal } = options
    const { id, folders } = await findModel(model)
    const inference = createInference({
      startProcess: () => forkInferenceProcess(),
      modelFolders: folders,
      // Nothing is written there while the cache may hold nothing.
      dataFolder: cache === undefined ? join(tmpdir(), 'maskwright') : resolve(cache),
      options: {
        modelId: id,
        provider: 'cpu',
        threads,
        embeddingBytes: cache === undefined ? 0 : cacheBytes,
      },
    })
    const stop = () => void inference.close()
    signal?.addEventListener('abort', stop, { once: true })
    try {
      // Answered when the model is loaded, or can't be.
      await inference.providers()
    } finally {
      signal?.removeEventListener('abort', stop)
    }
    const { state, message } = inference.status()
    if (signal?.aborted !== true && state !== 'unavailable') return new SAM(id, inference)
    await inference.close()
    if (signal?.aborted) throw new CodedError('cancelled', 'The model was not loaded: it was stopped.')
    throw new CodedError('model-unavailable', message ?? `${id} can't be loaded.`)
  }

  /**
   * Finds the objects of the prompts in one image or in several, one result an image.
   * @throws SamError bad-input, not-found, image-unreadable, inference-failed, cancelled
   */
  async predict(source: Source | readonly Source[], options: PredictOptions): Promise<Result[]> {
    const results: Result[] = []
    const list = Array.isArray(source) ? (source as readonly Source[]) : [source as Source]
    for (const one of list) results.push(await this.#predictOne(one, options, options))
    return results
  }

  /**
   * The same for any number of images, one after the other: no more than one result is held. Prompts may be a function
   * of the image.
   */
  async *predictAll(
    sources: Iterable<Source> | AsyncIterable<Source>,
    options: PredictAllOptions,
  ): AsyncGenerator<Result, void, undefined> {
    const { points, labels, bboxes, ...settings } = options
    for await (const source of sources) {
      const prompts = {
        points: typeof points === 'function' ? points(source) : points,
        labels: typeof labels === 'function' ? labels(source) : labels,
        bboxes: typeof bboxes === 'function' ? bboxes(source) : bboxes,
      }
      yield await this.#predictOne(source, prompts as Prompts, settings)
    }
  }

  /** Ends the model's process. Predictions that wait are refused with `cancelled`. */
  async close(): Promise<void> {
    this.#closed = true
    await this.#inference.close()
    await this.#sources.close()
  }

  async #predictOne(source: Source, prompts: Prompts, settings: PredictSettings): Promise<Result> {
    if (this.#closed) throw new CodedError('cancelled', 'The model is closed.')
    const { points, labels, bboxes } = prompts
    const objects = objectsOfArrays({ points, labels, bboxes })
    const { zoom = false, candidate = 0, signal } = settings
    const {
      tolerance = defaultSettings.tolerance,
      minArea = defaultSettings.minArea,
      minShare = defaultSettings.minShare,
    } = settings
    const placed = await this.#sources.place(source)
    try {
      const asked = { zoom, candidate, polygon: { tolerance, minArea, minShare }, signal }
      return resultOf(placed.path, await predictObjects(this.#inference, placed.file, objects, asked))
    } finally {
      await placed.release()
    }
  }
}

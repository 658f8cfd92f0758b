/**
 * Looks at a file that may be a detector: reads what it says of itself, runs it once on grey for the shapes that it
 * leaves open, and tells what it is, or why it can't be run.
 */
import { statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import type { DetectRequest } from '../../common/contract/detect.ts'
import { CodedError, hasCode, messageOf } from '../../common/errors.ts'
import { said } from '../../common/said.ts'
import { readSmallText } from '../files/small-file.ts'
import { readGivenNames } from '../import/class-names.ts'
import type { Inference } from '../inference/client/inference.ts'
import type { DetectorRecipe } from '../inference/detector.ts'
import { readOnnxModel } from '../onnx/read-model.ts'
import { inputOf } from './input.ts'
import { readMetadata } from './metadata.ts'
import { recognise } from './recognise.ts'
import { asksWords, wordRecipe } from './words.ts'

export interface Detector {
  /** Absolute path. */
  readonly model: string
  /** The file's name without its end. */
  readonly name: string
  /** Tells one content of the file from another. */
  readonly version: string
  readonly bytes: number
  /** All that it can be, the likelier first. */
  readonly recipes: readonly [DetectorRecipe, ...DetectorRecipe[]]
}

/** @throws CodedError bad-input when the file can't be of the kind that is asked for */
export const chosenRecipe = ({ recipes, name }: Detector, readAs: string | undefined): DetectorRecipe => {
  const chosen = readAs === undefined ? recipes[0] : recipes.find(({ id }) => id === readAs)
  if (chosen !== undefined) return chosen
  const known = recipes.map(({ id }) => id).join(', ')
  throw new CodedError(
    'bad-input',
    said("{name} can't be read as {readAs}; it can as {known}.", { name, readAs: String(readAs), known }),
  )
}

/** Bytes of a `config.json`. */
const CONFIG_LIMIT = 4e6
const configSchema = z.object({ id2label: z.record(z.string().regex(/^\d{1,5}$/), z.string()) })

/** `id2label` of the config.json that transformers keeps beside a model, or above its folder `onnx`. */
const namesBeside = async (model: string): Promise<string[] | null> => {
  for (const folder of [dirname(model), dirname(dirname(model))]) {
    const text = await readSmallText(join(folder, 'config.json'), { limit: CONFIG_LIMIT }).catch(() => null)
    if (text === null) continue
    try {
      const { id2label } = configSchema.parse(JSON.parse(text))
      const names: string[] = []
      for (const [id, name] of Object.entries(id2label)) names[Number(id)] = name
      return names.length === 0 ? null : Array.from(names, (name: string | undefined) => name ?? '')
    } catch {
      return null
    }
  }
  return null
}

const refuse = (model: string, why: string) =>
  new CodedError(
    'bad-input',
    said("{model} can't be used as a detector. {why}", { model: basename(model), why }),
  )

/**
 * @param asked `names`: a file with the names of its classes; `words`: what one by words is to find
 * @throws CodedError not-found; bad-input with the reason when it is no detector that can be run; model-unavailable
 */
export const inspectDetector = async (
  inference: Pick<Inference, 'aside'>,
  asked: DetectRequest['detector'],
): Promise<Detector> => {
  const { path: model, names = null, words = '' } = asked
  const read = readOnnxModel(model)
  const { size, mtimeMs } = statSync(model)
  const version = `${size}-${Math.round(mtimeMs)}`
  const name = basename(model).replace(/\.onnx$/i, '')
  if (asksWords(read)) {
    const recipe = await wordRecipe(model, read, words).catch((thrown: unknown) => {
      throw hasCode(thrown, 'bad-input') ? refuse(model, messageOf(thrown)) : thrown
    })
    return { model, name, version, bytes: size, recipes: [recipe] }
  }
  const own = readMetadata(read)
  const given =
    names === null ? (own.names ?? (await namesBeside(model))) : (await readGivenNames(names)).names
  const metadata = { ...own, names: given }
  const input = inputOf(read, metadata)
  if ('refusal' in input) throw refuse(model, input.refusal)
  const outputs = await inference
    .aside(null, { kind: 'probe', model, version, ...input }, 'everything')
    .catch((thrown: unknown) => {
      if (hasCode(thrown, 'cancelled')) throw thrown
      throw refuse(model, messageOf(thrown))
    })
  const found = recognise({ input, metadata, outputs })
  if ('refusal' in found) throw refuse(model, found.refusal)
  const [first, ...others] = found.recipes
  if (first === undefined) throw refuse(model, said('It is of no kind that is known here.'))
  return { model, name, version, bytes: size, recipes: [first, ...others] }
}

/**
 * `maskwright segment --stream`: a line of JSON in, a line of JSON out, in the order of the questions, until standard
 * input ends. What is wrong with one line is the answer to that line, and the next one goes on. docs/scripting.md has
 * the fields.
 */
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { z } from 'zod'
import { CodedError, toErrorReply } from '../common/errors.ts'
import { checkValue } from '../common/plain-faults.ts'
import type { PolygonOptions } from '../common/geometry/mask-to-polygon.ts'
import type { Inference } from '../core/inference/client/inference.ts'
import { predictObjects } from '../core/predict/predict.ts'
import { objectsOfArrays } from '../core/predict/prompt-arrays.ts'
import { describePrediction } from './objects.ts'

const questionSchema = z.object({
  /** Repeated in the answer. */
  id: z.unknown().optional(),
  /** A path; left out where the command names one image. */
  image: z.string().min(1).max(4096).optional(),
  points: z.unknown().optional(),
  labels: z.unknown().optional(),
  bboxes: z.unknown().optional(),
  zoom: z.boolean().default(false),
  candidate: z.union([z.literal('best'), z.literal([0, 1, 2, 3])]).default(0),
})

/** The line's JSON; undefined, which no JSON is, when it is none. */
const valueOf = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

const readQuestion = (value: unknown): z.infer<typeof questionSchema> => {
  if (value === undefined) throw new CodedError('bad-input', 'This line is no JSON.')
  const checked = checkValue(questionSchema, value)
  if ('data' in checked) return checked.data
  throw new CodedError('bad-input', `This line is no question: ${checked.fault}.`)
}

const idOf = (value: unknown): unknown => (value as { id?: unknown } | null | undefined)?.id

export interface StreamOptions {
  readonly input: Readable
  readonly print: (line: string) => void
  /** For lines that name no image, absolute. */
  readonly image: string | null
  readonly polygon: PolygonOptions
  readonly signal: AbortSignal
}

/** @returns when the input has ended, or the signal stopped it */
export const answerStream = async (inference: Inference, options: StreamOptions): Promise<void> => {
  const { input, print, polygon, signal } = options
  const answer = async (value: unknown) => {
    const { image = options.image, zoom, candidate, ...arrays } = readQuestion(value)
    if (image === null) throw new CodedError('bad-input', '"image" is missing.')
    const objects = objectsOfArrays(arrays)
    const asked = { zoom, candidate, polygon, signal }
    const prediction = await predictObjects(inference, resolve(image), objects, asked)
    return { image, ...describePrediction(prediction) }
  }
  const isStopped = () => signal.aborted
  const lines = createInterface({ input, crlfDelay: Infinity })
  signal.addEventListener('abort', () => lines.close(), { once: true })
  for await (const line of lines) {
    if (line.trim() === '') continue
    const value = valueOf(line)
    const said = await answer(value).catch((thrown: unknown) => ({ error: toErrorReply(thrown) }))
    if (isStopped()) return
    print(JSON.stringify({ id: idOf(value), ...said }))
  }
}

/**
 * A SAM model behind one interface, whatever its files look like: pixels -> embedding, embedding and prompts ->
 * candidates at 256 x 256.
 */
import type { Candidate } from '../../../common/segmentation.ts'
import type { Pixels } from './pixels.ts'
import { MASK_SIDE, type DecoderPrompt } from './policy.ts'
import type { Halves, Session } from './sessions.ts'

/** float32, row by row. */
export interface Tensor {
  readonly data: Float32Array
  readonly dims: readonly number[]
}

export interface SamModel {
  /** What the long side of a crop around a small object needs at least, pixels of the model frame. */
  readonly cropSide: number
  /** @param frame upright RGB whose long side is 1024, or `cropSide` */
  encode(frame: Pixels): Promise<Halves>
  /** @returns mask 0 and, from models with several masks, the alternatives */
  decode(embedding: Halves, prompt: DecoderPrompt): Promise<CandidateView[]>
  /** Gives back the memory that encodes took; the next one takes it again. Nothing may run meanwhile. */
  relax(): Promise<void>
  dispose(): Promise<void>
}

export type OpenSession = (file: string) => Promise<Session>

/** A candidate whose logits are a view of all that the decoder gave out. */
export type CandidateView = Omit<Candidate, 'logits'> & { readonly logits: Float32Array }

/** With logits of its own: what crosses to another process takes all of a view's buffer along. */
export const owned = ({ logits, ...candidate }: CandidateView): Candidate => ({
  ...candidate,
  logits: logits.slice(),
})

/**
 * Candidates from the decoder's outputs.
 * @param masks [1, C, 256, 256], C = 1..4
 * @param scores [1, C]
 */
export const candidatesOf = (masks: Tensor, scores: Tensor): CandidateView[] => {
  const [batch, count = 0, height, width] = masks.dims
  if (masks.dims.length !== 4 || batch !== 1 || height !== MASK_SIDE || width !== MASK_SIDE || count < 1) {
    throw new Error(`The decoder's masks are [${masks.dims.join(', ')}], not [1, C, 256, 256].`)
  }
  if (scores.data.length < count)
    throw new Error(`The decoder scores ${scores.data.length} of ${count} masks.`)
  const area = MASK_SIDE * MASK_SIDE
  return Array.from({ length: Math.min(4, count) }, (_, index) => ({
    index,
    score: scores.data[index]!,
    logits: masks.data.subarray(index * area, (index + 1) * area),
  }))
}

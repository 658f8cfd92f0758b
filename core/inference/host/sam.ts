/**
 * A SAM model behind one interface, whatever its files look like: pixels -> embedding, embedding and prompts ->
 * candidates at 256 x 256.
 */
import type { Candidate } from '../../../common/segmentation.ts'
import type { Size } from '../../../common/geometry/point.ts'
import { boxIou, type Box } from './box-iou.ts'
import { FRAME, type Pixels } from './pixels.ts'
import { MASK_SIDE, type DecoderPrompt } from './policy.ts'
import type { Halves, Session } from './sessions.ts'
import { sigmoid } from './sigmoid.ts'

/** float32, row by row. */
export interface Tensor {
  readonly data: Float32Array
  readonly dims: readonly number[]
}

/** What the encoder made of a picture, as it is kept. */
export interface Encoded extends Halves {
  /** The shapes of several tensors whose values follow each other in `data`. */
  readonly parts?: readonly (readonly number[])[] | undefined
  /** The picture's size in the 1024 frame, where the encoder saw it stretched. */
  readonly shown?: Size | undefined
}

export interface SamModel {
  /** An earlier mask can be asked with. */
  readonly takesMask: boolean
  /** How a box is asked; none: by its middle, and the masks that fit it best come first. */
  readonly boxes: 'labels' | 'input' | 'none'
  /** What the long side of a crop around a small object needs at least, pixels of the model frame. */
  readonly cropSide: number
  /** The pixels that `encode` wants of a crop whose long side is to be `side` in the 1024 frame. */
  frameOf(crop: Size, side: number): Size
  /**
   * @param frame upright RGB of `frameOf`
   * @param shown the picture's size in the 1024 frame
   */
  encode(frame: Pixels, shown: Size): Promise<Encoded>
  /** @returns mask 0 and, from models with several masks, the alternatives */
  decode(embedding: Encoded, prompt: DecoderPrompt): Promise<CandidateView[]>
  /** What the encoder says of each cell of the 1024 frame: [1, 4096, C] or [1, C, 64, 64]. */
  planes(embedding: Encoded): Promise<Tensor>
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
 * Candidates from the decoder's outputs. Of SAM's four masks the first is the one for clear prompts; three masks have
 * none such, and the best scored comes first.
 * @param masks [1, C, 256, 256]
 * @param scores one a mask, at least
 * @param object a logit: is there an object at all?
 */
export const candidatesOf = (masks: Tensor, scores: Tensor, object?: Tensor): CandidateView[] => {
  const [batch, count = 0, height, width] = masks.dims
  if (masks.dims.length !== 4 || batch !== 1 || height !== MASK_SIDE || width !== MASK_SIDE || count < 1) {
    throw new Error(`The decoder's masks are [${masks.dims.join(', ')}], not [1, C, 256, 256].`)
  }
  if (scores.data.length < count)
    throw new Error(`The decoder scores ${scores.data.length} of ${count} masks.`)
  const area = MASK_SIDE * MASK_SIDE
  const there = object === undefined ? 1 : sigmoid(object.data[0] ?? 0)
  const found = Array.from({ length: Math.min(4, count) }, (_, index) => ({
    index,
    score: scores.data[index]! * there,
    logits: masks.data.subarray(index * area, (index + 1) * area),
  }))
  return count === 3 ? inOrder(found, ({ score }) => score) : found
}

/** The candidates anew numbered, the one of the highest value first. */
const inOrder = (found: readonly CandidateView[], valueOf: (one: CandidateView) => number): CandidateView[] =>
  [...found].sort((a, b) => valueOf(b) - valueOf(a)).map((one, index) => ({ ...one, index }))

/** How well the box around a mask fits the box that was asked: IoU, in the 1024 frame. */
const fitOf = (logits: Float32Array, box: Box): number => {
  const cell = FRAME / MASK_SIDE
  let [left, top, right, bottom] = [MASK_SIDE, MASK_SIDE, 0, 0]
  for (const [at, value] of logits.entries()) {
    if (value <= 0) continue
    const x = at % MASK_SIDE
    const y = (at - x) / MASK_SIDE
    left = Math.min(left, x)
    right = Math.max(right, x + 1)
    top = Math.min(top, y)
    bottom = y + 1
  }
  return right === 0 ? 0 : boxIou([left * cell, top * cell, right * cell, bottom * cell], box)
}

/** For models that know no boxes: the candidates whose own boxes are most like the one that was asked come first. */
export const byTheBox = (found: CandidateView[], { coords, labels }: DecoderPrompt): CandidateView[] => {
  const low = labels.indexOf(2)
  const high = labels.indexOf(3)
  if (low < 0 || high < 0) return found
  const box: Box = [coords[2 * low]!, coords[2 * low + 1]!, coords[2 * high]!, coords[2 * high + 1]!]
  return inOrder(found, ({ logits }) => fitOf(logits, box))
}

/**
 * What the renderer knows of asking for masks: the answer to a question (`MaskQuestion` of common/segmentation.ts), its
 * candidates, and what comes of it. Tools, canvas and panels import this; how it is asked is behind segmentation.ts.
 */
import type { ImagePoint } from '../../common/geometry/point.ts'
import type { ImageId, Polygon } from '../../common/model.ts'
import type { Candidate, MaskQuestion, SegmentAnswer } from '../../common/segmentation.ts'

/** One of the masks that the model offers, as the polygon that it makes. */
export interface TracedCandidate extends Pick<Candidate, 'index' | 'score' | 'consistency'> {
  /** Null when nothing of the mask is left after specks are dropped. */
  readonly polygon: Polygon | null
  /** What a follow-up question builds on; null when the model is not to be led by it. */
  readonly logits: Candidate['logits'] | null
  /** The mask of a stored object with what new points change of it; else the model's own. */
  readonly isKept?: boolean
}

export interface MaskAnswer extends Readonly<Pick<SegmentAnswer, 'modelId' | 'crop'>> {
  /** Candidate 0 first. */
  readonly candidates: readonly TracedCandidate[]
  /** How long the decoder took, ms; absent where no model was asked. */
  readonly decodeMs?: number
}

/** What becomes of a question, for whoever asked it. */
export type MaskEvent =
  /** Candidates for the prompts of `revision`: all, or the first of them, and then all. */
  | { readonly type: 'answered'; readonly revision: number; readonly answer: MaskAnswer }
  | { readonly type: 'failed'; readonly revision: number; readonly message: string }
  /** The question was dropped for a later one and is to be asked again when `resume` comes. */
  | { readonly type: 'superseded'; readonly revision: number }
  /** The image is on screen again. */
  | { readonly type: 'resume' }

/** A mask that was asked for by the pointer alone. */
export interface Preview {
  readonly imageId: ImageId
  /** Where the pointer was. */
  readonly point: ImagePoint
  readonly answer: MaskAnswer
}

/** The mask that a preview shows: the first with something in it, as for a click. */
export const previewPolygon = (preview: { readonly answer: MaskAnswer } | null): Polygon | null =>
  preview?.answer.candidates.find(({ polygon }) => polygon !== null)?.polygon ?? null

/** Given the first candidate when others follow; they are made when what it returns resolves. */
export type OnFirst = (first: MaskAnswer) => void | Promise<void>

/** Rejects with a CodedError; `superseded` when a later question of the same purpose came first. */
export type AskMasks = (question: MaskQuestion, onFirst?: OnFirst) => Promise<MaskAnswer>

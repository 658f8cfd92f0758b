/** A question for masks -> the answer: which views of the image are looked at, and what that took. */
import type { ImageId } from '../../../common/model.ts'
import type { Crop, MaskQuestion, SegmentAnswer } from '../../../common/segmentation.ts'
import type { EmbeddingSource } from '../messages.ts'
import { likestOf } from './consistency.ts'
import type { Embedding } from './embeddings.ts'
import type { KnownImage } from './images.ts'
import { lookAgain } from './looks.ts'
import {
  cropForBox,
  isWhole,
  logitsIn,
  planSegment,
  promptIn,
  type DecoderPrompt,
  type View,
} from './policy.ts'
import type { CandidateView } from './sam.ts'

/** Called before an encode, and before a decode that follows one. */
export type Report = (stage: 'encoding' | 'decoding') => void

export interface Segmented {
  /** Where the embedding came from; of the whole image, where that was looked at. */
  readonly source: EmbeddingSource
  /** Its candidates are still views of one array. */
  readonly answer: Omit<SegmentAnswer, 'candidates'> & { readonly candidates: readonly CandidateView[] }
}

interface SegmentParts {
  readonly modelId: string
  /** See `SamModel`. */
  readonly cropSide: number
  /** See `SamModel`. */
  readonly takesMask: boolean
  readonly report: Report
  /** @returns the embedding of a view, and the milliseconds that it took */
  readonly embed: (
    view: View,
    report: Report,
  ) => Promise<{ embedding: Embedding; source: EmbeddingSource; encode: number }>
  readonly decode: (embedding: Embedding, prompt: DecoderPrompt) => Promise<CandidateView[]>
}

/** Looks at views of one image, and keeps count of what all of them took. */
const createSight = (known: KnownImage, { report, embed, decode }: SegmentParts) => {
  const took = { wait: 0, encode: 0, decode: 0 }
  let source: EmbeddingSource = 'memory'
  let isReported = false
  const tell: Report = (stage) => {
    isReported = true
    report(stage)
  }
  return {
    took,
    source: () => source,
    /** @returns the masks of a view, in the frame of its crop */
    see: async (view: View, prompt: DecoderPrompt): Promise<CandidateView[]> => {
      const embedded = await embed(view, tell)
      took.encode += embedded.encode
      if (isWhole(view.crop, known) || source === 'memory') source = embedded.source
      // Without an encode the answer is there as soon as the word that it comes.
      if (isReported) report('decoding')
      const start = performance.now()
      const candidates = await decode(embedded.embedding, prompt)
      took.decode += performance.now() - start
      return candidates.map((one) => ({ ...one, logits: logitsIn(view, one.logits) }))
    },
  }
}

/** The masks that a first click offers, each with how like the likest of the others it is. */
const compared = (candidates: readonly CandidateView[]): CandidateView[] => {
  const likest = likestOf(candidates.map(({ logits }) => logits))
  return candidates.map((one, at) => {
    const share = likest[at]
    return share === undefined ? one : { ...one, consistency: { candidates: share } }
  })
}

/** @throws what `embed` and `decode` throw */
export const segmentImage = async (
  imageId: ImageId,
  known: KnownImage,
  asked: MaskQuestion,
  parts: SegmentParts,
): Promise<Segmented> => {
  const { modelId, cropSide, takesMask } = parts
  const request = takesMask ? asked : { ...asked, maskInput: null }
  const { revision, quality, maskInput } = request
  const { width, height } = known
  const { loneBox, view, prompt, offer } = planSegment(request, known, cropSide)
  const sight = createSight(known, parts)
  const answerOf = (crop: Crop, candidates: readonly CandidateView[], canBeBetter: boolean): Segmented => {
    const about = { imageId, revision, modelId, width, height, crop }
    return {
      source: sight.source(),
      answer: { ...about, candidates, canBeBetter, more: 0, timings: sight.took },
    }
  }
  if (loneBox === null || quality === 'fast') {
    const candidates = await sight.see(view, prompt)
    const gains = loneBox !== null && (takesMask || cropForBox(loneBox, known, cropSide) !== null)
    const canBeBetter = gains && isWhole(view.crop, known) && maskInput === null
    return answerOf(view.crop, offer === 'all' ? compared(candidates) : candidates.slice(0, 1), canBeBetter)
  }
  const { crop, mask } = await lookAgain({
    box: loneBox,
    image: known,
    first: maskInput,
    crop: request.crop !== null && !isWhole(request.crop, known) ? request.crop : null,
    mirror: quality === 'best',
    cropSide,
    takesMask,
    look: async (seen, prompts, given) => {
      const [first] = await sight.see(seen, promptIn(seen, prompts, given))
      // The next look writes over what the decoder gave out.
      return { logits: first!.logits.slice(), score: first!.score }
    },
  })
  const { consistency, ...seen } = mask
  const hasOthers = Object.keys(consistency).length > 0
  return answerOf(crop, [{ index: 0, ...seen, ...(hasOthers && { consistency }) }], false)
}

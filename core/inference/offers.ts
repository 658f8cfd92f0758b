/**
 * Answers a question in two parts: mask 0 at once, its alternatives when they are asked for. Owns the alternatives of
 * the newest question of each purpose; those of older ones are forgotten.
 */
import type { Candidate, SegmentAnswer, SegmentRequest } from '../../common/contract.ts'
import { CodedError } from '../../common/errors.ts'
import type { Inference, InferenceImage } from './inference.ts'

export interface Offers {
  /** @throws CodedError as `Inference.segment` */
  segment(image: InferenceImage, request: SegmentRequest): Promise<SegmentAnswer>
  /** @throws CodedError superseded when another question of that purpose came after; else as `segment` */
  alternatives(
    image: InferenceImage,
    asked: Pick<SegmentRequest, 'revision' | 'purpose'>,
  ): Promise<{ candidates: Candidate[] }>
}

interface Question {
  readonly file: string
  readonly revision: number
  readonly whole: Promise<SegmentAnswer>
}

export const createOffers = (inference: Pick<Inference, 'segment'>): Offers => {
  const newest = new Map<SegmentRequest['purpose'], Question>()
  return {
    segment: (image, request) =>
      new Promise((resolve, reject) => {
        const whole = inference.segment(image, request, resolve)
        newest.set(request.purpose, { file: image.file, revision: request.revision, whole })
        // Without alternatives the whole is the first part.
        whole.then(resolve, reject)
      }),
    async alternatives({ file }, { revision, purpose }) {
      const asked = newest.get(purpose)
      if (asked?.file !== file || asked.revision !== revision)
        throw new CodedError('superseded', 'A later prompt took the place of this one.')
      return { candidates: (await asked.whole).candidates.slice(1) }
    },
  }
}

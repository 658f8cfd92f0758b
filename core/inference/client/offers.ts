/**
 * Answers a question in two parts: mask 0 at once, its alternatives when they are asked for. Owns the alternatives of
 * the newest question of each purpose, and the masks of the last answers, which a later question may build on by name.
 */
import { randomUUID } from 'node:crypto'
import type { CallInput, CallOutput } from '../../../common/contract.ts'
import { CodedError } from '../../../common/errors.ts'
import type { Candidate, MaskName, SegmentAnswer } from '../../../common/segmentation.ts'
import { said } from '../../../common/said.ts'
import type { Inference } from './inference.ts'
import type { InferenceImage } from '../image.ts'

type SegmentInput = CallInput<'inference.segment'>
type SegmentOutput = CallOutput<'inference.segment'>

export interface Offers {
  /** @throws CodedError not-found when its mask's name is forgotten; else as `Inference.segment` */
  segment(image: InferenceImage, input: SegmentInput): Promise<SegmentOutput>
  /** @throws CodedError superseded when another question of that purpose came after; else as `segment` */
  alternatives(
    image: InferenceImage,
    asked: Pick<SegmentInput, 'revision' | 'purpose'>,
  ): Promise<{ candidates: Candidate[] }>
}

interface Question {
  readonly file: string
  readonly revision: number
  readonly whole: Promise<SegmentAnswer>
}

interface Answered {
  readonly file: string
  readonly candidates: readonly Candidate[]
}

/** How many answers' masks are remembered, the most recently named the longest; each has up to 1 MB. */
const REMEMBERED = 8

export const createOffers = (inference: Pick<Inference, 'segment'>): Offers => {
  const newest = new Map<SegmentInput['purpose'], Question>()
  /** By id, the one to be forgotten first at the front. */
  const remembered = new Map<string, Answered>()

  const remember = (id: string, answered: Answered) => {
    remembered.delete(id)
    remembered.set(id, answered)
    const [oldest] = remembered.keys()
    if (remembered.size > REMEMBERED && oldest !== undefined) remembered.delete(oldest)
  }

  const logitsOf = (file: string, { answer, index }: MaskName): Candidate['logits'] => {
    const answered = remembered.get(answer)
    const named = answered?.candidates.find((candidate) => candidate.index === index)
    if (answered?.file !== file || named === undefined)
      throw new CodedError('not-found', said('This mask is not remembered any more.'))
    remember(answer, answered)
    return named.logits
  }

  return {
    async segment(image, { maskInput: given, ...asked }) {
      const { file } = image
      const maskInput = given === null || given instanceof Float32Array ? given : logitsOf(file, given)
      const id = randomUUID()
      return new Promise((resolve, reject) => {
        /** By this id; a new process may answer again with others, which nobody was shown. */
        let given: readonly Candidate[] = []
        const answer = (part: SegmentAnswer) => {
          const others = part.candidates.filter(({ index }) => given.every((mask) => mask.index !== index))
          given = [...given, ...others]
          remember(id, { file, candidates: given })
          resolve({ ...part, id })
        }
        const whole = inference.segment(image, { ...asked, maskInput }, answer)
        newest.set(asked.purpose, { file, revision: asked.revision, whole })
        // Without alternatives the whole is the first part.
        whole.then(answer, reject)
      })
    },
    async alternatives({ file }, { revision, purpose }) {
      const asked = newest.get(purpose)
      if (asked?.file !== file || asked.revision !== revision)
        throw new CodedError('superseded', said('A later prompt took the place of this one.'))
      return { candidates: (await asked.whole).candidates.slice(1) }
    },
  }
}

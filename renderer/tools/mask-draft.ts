/** What panels and canvas see of a draft that the model makes: its prompts and the candidates for them. Pure. */
import type { Crop } from '../../common/segmentation.ts'
import type { Annotation, Prompt } from '../../common/model.ts'
import type { TracedCandidate } from '../segmentation/question.ts'

/** A shorter wait is over before a text about it could be read or heard out, ms. */
export const PATIENCE = 150

export interface MaskDraft {
  readonly prompts: readonly Prompt[]
  /** waiting: the image is being encoded; thinking: the decoder runs; ready: `candidates` are of `prompts`. */
  readonly status: 'empty' | 'waiting' | 'thinking' | 'ready' | 'failed'
  readonly candidates: readonly TracedCandidate[]
  /** Index into `candidates`. */
  readonly chosen: number
  readonly zoom: boolean
  /** The part of the image that the shown mask was made from; null when it is the whole image. */
  readonly crop: Crop | null
  /** The stored object that is made anew; null when the draft is a new object. */
  readonly refining: Pick<Annotation, 'id' | 'labelId'> | null
  readonly message: string | null
}

/** Of a tool that asks for no masks, or has asked for none. */
export const noMasks: MaskDraft = {
  prompts: [],
  status: 'empty',
  candidates: [],
  chosen: 0,
  zoom: false,
  crop: null,
  refining: null,
  message: null,
}

/** True when two drafts say the same, so that nothing has to be drawn anew. */
export const areSameMasks = (a: MaskDraft, b: MaskDraft): boolean => {
  const { refining, ...rest } = a
  return (
    Object.entries(rest).every(([key, value]) => b[key as keyof typeof rest] === value) &&
    refining?.id === b.refining?.id &&
    refining?.labelId === b.refining?.labelId
  )
}

/** What panels and canvas see of a draft that the model makes: its prompts and the masks offered for them. Pure. */
import type { Crop } from '../../common/segmentation.ts'
import type { Annotation, Polygon, Prompt } from '../../common/model.ts'
import type { MaskAnswer } from './tool.ts'

/** A shorter wait is over before a text about it could be read or heard out, ms. */
export const PATIENCE = 150

/** One mask offered for the prompts. */
export interface OfferedMask {
  /** 0 the one-answer mask, 1-3 the alternatives. */
  readonly index: number
  readonly score: number
  /** Null when nothing of the mask is left after specks are dropped. */
  readonly polygon: Polygon | null
}

export interface MaskDraft {
  readonly prompts: readonly Prompt[]
  /** waiting: the image is being encoded; thinking: the decoder runs; ready: `offered` answers `prompts`. */
  readonly status: 'empty' | 'waiting' | 'thinking' | 'ready' | 'failed'
  readonly offered: readonly OfferedMask[]
  /** Index into `offered`. */
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
  offered: [],
  chosen: 0,
  zoom: false,
  crop: null,
  refining: null,
  message: null,
}

const isSameMask = (a: OfferedMask, b: OfferedMask | undefined) =>
  a.index === b?.index && a.score === b.score && a.polygon === b.polygon

/** True when two drafts say the same, so that nothing has to be drawn anew. */
export const areSameMasks = (a: MaskDraft, b: MaskDraft): boolean => {
  const { offered, refining, ...rest } = a
  return (
    Object.entries(rest).every(([key, value]) => b[key as keyof typeof rest] === value) &&
    refining?.id === b.refining?.id &&
    refining?.labelId === b.refining?.labelId &&
    offered.length === b.offered.length &&
    offered.every((mask, i) => isSameMask(mask, b.offered[i]))
  )
}

/** The mask that a preview shows: the first with something in it, as for a click. */
export const previewPolygon = (preview: { readonly answer: MaskAnswer } | null): Polygon | null =>
  preview?.answer.masks.find(({ polygon }) => polygon !== null)?.polygon ?? null

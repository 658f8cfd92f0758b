/** What panels and canvas see of the smart tool's draft. Pure. */
import type { Crop } from '../../../common/segmentation.ts'
import type { Size } from '../../../common/geometry/point.ts'
import { noMasks, type MaskDraft } from '../mask-draft.ts'
import { sizeOf, type StageView } from '../stage-view.ts'
import { askedPrompts } from './keep.ts'
import { draftOf, shownAttempt, type SmartState } from './state.ts'

type Seen = Pick<StageView, 'image' | 'inference'>

const statusOf = (state: SmartState, encoded: boolean): MaskDraft['status'] => {
  const draft = draftOf(state)
  if (!draft) return 'empty'
  if (draft.failure !== null) return 'failed'
  if (draft.answer !== null) return 'ready'
  return encoded ? 'thinking' : 'waiting'
}

/** True when a question about the image on screen needs no encoder. */
const isEncoded = ({ inference, image }: Seen) =>
  image !== null && inference?.ready.includes(image.id) === true

const isPart = (crop: Crop, { width, height }: Size) => crop.width < width || crop.height < height

export const masksOf = (state: SmartState, seen: Seen): MaskDraft => {
  const draft = draftOf(state)
  const shown = shownAttempt(state)
  const size = sizeOf(seen.image)
  const crop = shown?.answer?.crop
  return {
    prompts: draft ? askedPrompts(state.attempts, draft) : noMasks.prompts,
    status: statusOf(state, isEncoded(seen)),
    candidates: shown?.answer?.candidates ?? noMasks.candidates,
    chosen: shown?.chosen ?? 0,
    zoom: state.zoom,
    crop: crop && size && isPart(crop, size) ? crop : null,
    refining: state.target && { id: state.target.id, labelId: state.target.labelId },
    message: draft?.failure ?? null,
  }
}

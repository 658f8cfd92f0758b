/** What panels see of the tools' states. Pure. */
import type { Crop } from '../../common/segmentation.ts'
import type { Size } from '../../common/geometry/point.ts'
import { draftOf, shownAttempt, type SmartState } from '../tools/smart.ts'
import { sizeOf } from './workbench-desk.ts'
import type { StageState } from './workbench-store.ts'
import type { SmartDraft, WorkbenchState } from './workbench-types.ts'

type Seen = Pick<StageState, 'inference' | 'tools'> & Pick<WorkbenchState, 'image'>

export const initialDraft: SmartDraft = {
  prompts: [],
  status: 'empty',
  offered: [],
  chosen: 0,
  zoom: false,
  crop: null,
  refining: null,
  message: null,
  committing: 0,
}

const statusOf = (smart: SmartState, encoded: boolean): SmartDraft['status'] => {
  const draft = draftOf(smart)
  if (!draft) return 'empty'
  if (draft.failure !== null) return 'failed'
  if (draft.answer !== null) return 'ready'
  return encoded ? 'thinking' : 'waiting'
}

/** True when a question about the image on screen needs no encoder. */
const isEncoded = ({ inference, image }: Seen) =>
  image !== null && inference?.ready.includes(image.id) === true

const isPart = (crop: Crop, { width, height }: Size) => crop.width < width || crop.height < height

const draftNow = (seen: Seen): SmartDraft => {
  const { smart } = seen.tools
  const draft = draftOf(smart)
  const shown = shownAttempt(smart)
  const size = sizeOf(seen.image)
  const crop = shown?.answer?.crop
  return {
    prompts: draft?.prompts ?? initialDraft.prompts,
    status: statusOf(smart, isEncoded(seen)),
    offered: shown?.answer?.masks.map(({ index, score, polygon }) => ({ index, score, polygon })) ?? [],
    chosen: shown?.chosen ?? 0,
    zoom: smart.zoom,
    crop: crop && size && isPart(crop, size) ? crop : null,
    refining: smart.target && { id: smart.target.id, labelId: smart.target.labelId },
    message: draft?.failure ?? null,
    committing: smart.committing.length,
  }
}

const isSameMask = (a: SmartDraft['offered'][number], b: SmartDraft['offered'][number] | undefined) =>
  a.index === b?.index && a.score === b.score && a.polygon === b.polygon

const isSameDraft = (a: SmartDraft, b: SmartDraft): boolean => {
  const { offered, crop, refining, ...rest } = a
  return (
    Object.entries(rest).every(([key, value]) => b[key as keyof typeof rest] === value) &&
    crop === b.crop &&
    refining?.id === b.refining?.id &&
    refining?.labelId === b.refining?.labelId &&
    offered.length === b.offered.length &&
    offered.every((mask, i) => isSameMask(mask, b.offered[i]))
  )
}

/** @param before is given back when it says the same */
export const smartDraftOf = (seen: Seen, before: SmartDraft): SmartDraft => {
  const draft = draftNow(seen)
  return isSameDraft(before, draft) ? before : draft
}

/** True when Ctrl+Z takes back a prompt or a vertex and not a stored edit. */
export const hasDraft = ({
  tools,
  tool,
}: Pick<StageState, 'tools'> & Pick<WorkbenchState, 'tool'>): boolean =>
  (tool === 'smart' && tools.smart.attempts.length > 0) ||
  (tool === 'polygon' && tools.polygon.vertices.length > 0)

/** Draws what is unfinished, as the tool in hand says. */
import type { Label, LabelId } from '../../common/model.ts'
import { FALLBACK_COLOR, type Context } from '../paint/paint.ts'
import { wholeStage, type Region } from '../paint/region.ts'
import { redrawWithin } from '../paint/within.ts'
import type { WorkbenchStore } from '../workbench/store.ts'
import type { Look } from '../tools/stage-view.ts'
import { toolOf } from '../tools/tool-states.ts'

/** Where the overlay draws for this state. Null when it draws nothing. */
export const overlayRegion = (state: WorkbenchStore): Region | null => {
  const { image, tool, tools, stageSize } = state
  if (!image) return null
  const inHand = toolOf(tool)
  return inHand.region ? inHand.region(tools[tool], state) : wholeStage(stageSize)
}

/** @param region what is cleared and drawn */
export const drawOverlay = (
  context: Context,
  state: WorkbenchStore,
  labels: ReadonlyMap<LabelId, Label>,
  given: Pick<Look, 'time' | 'waited' | 'drawTags'>,
  region: Region,
): void => {
  const { image, tool, tools, draft, currentLabelId } = state
  const color =
    labels.get(draft?.replaces?.labelId ?? draft?.onto?.from.labelId ?? currentLabelId ?? '')?.color ??
    FALLBACK_COLOR
  redrawWithin(context, region, () => {
    if (image) toolOf(tool).draw?.(context, tools[tool], state, { color, labels, ...given })
  })
}

/** True while the tool in hand waits for the model: the overlay says so, and moves by itself. */
export const isWaiting = ({ tool, masks, committing }: WorkbenchStore): boolean =>
  toolOf(tool).asks !== undefined &&
  (masks.status === 'waiting' || masks.status === 'thinking' || committing > 0)

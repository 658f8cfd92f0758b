/** Draws what is unfinished, as the tool in hand says. */
import type { Label, LabelId } from '../../common/model.ts'
import { FALLBACK_COLOR, type Context } from '../paint/paint.ts'
import { wholeStage, type Region } from '../paint/region.ts'
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
  { x0, y0, x1, y1 }: Region,
): void => {
  context.clearRect(x0, y0, x1 - x0, y1 - y0)
  if (!state.image) return
  context.save()
  context.beginPath()
  context.rect(x0, y0, x1 - x0, y1 - y0)
  context.clip()
  const { tool, tools, draft, currentLabelId } = state
  const color =
    labels.get(draft?.replaces?.labelId ?? draft?.onto?.from.labelId ?? currentLabelId ?? '')?.color ??
    FALLBACK_COLOR
  toolOf(tool).draw?.(context, tools[tool], state, { color, labels, ...given })
  context.restore()
}

/** True while the tool in hand waits for the model: the overlay says so, and moves by itself. */
export const isWaiting = ({ tool, masks, committing }: WorkbenchStore): boolean =>
  toolOf(tool).asks !== undefined &&
  (masks.status === 'waiting' || masks.status === 'thinking' || committing > 0)

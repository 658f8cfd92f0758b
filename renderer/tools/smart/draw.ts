/** Draws the smart tool's prompts and masks: of the draft, of the preview, and of objects that wait for their mask. */
import { boxToScreen } from '../../../common/geometry/viewport.ts'
import { DRAFT_LINE, drawLine, drawShape, drawTag, fillShape, type Context } from '../../paint/paint.ts'
import { anchorOf, drawBox, drawProgress, drawPrompts } from '../../paint/prompt-marks.ts'
import { previewPolygon } from '../../segmentation/question.ts'
import { PATIENCE } from '../mask-draft.ts'
import { metricsOf } from '../metrics.ts'
import { drawOntoTag, ontoLook } from '../onto-look.ts'
import { sizeOf, type Look, type StageView } from '../stage-view.ts'
import { boxBetween } from './gesture.ts'
import { draftOf, type SmartState } from './state.ts'
import { t } from '../../texts/t.ts'

const progressOf = ({ encodingSince, inference }: StageView, time: number): number | null =>
  encodingSince === null || !inference?.expectedMs ? null : (time - encodingSince) / inference.expectedMs

/** Another encode, so longer than a decode: of a crop that is not shown yet. */
const isLookingCloser = ({ masks }: StageView) => masks.zoom && masks.crop === null

const waitText = (seen: StageView) => {
  if (seen.inference?.state === 'restarting' || seen.inference?.state === 'starting')
    return t('starting the model…')
  if (isLookingCloser(seen)) return t('looking closer…')
  return seen.masks.status === 'waiting' ? t('encoding…') : t('thinking…')
}

/** The mask under the pointer: an outline that says "a click would give this". */
const drawPreview = (context: Context, { preview, view }: StageView, color: string) => {
  const polygon = previewPolygon(preview)
  if (!polygon) return
  context.globalAlpha = 0.75
  drawShape(context, view, polygon, { color, fill: 0.14, line: 1.5, halo: true, dash: [3, 3] })
  context.globalAlpha = 1
}

/** The corners of the part of the image that the model looks at. */
const drawCropFrame = (context: Context, { masks, view }: StageView) => {
  if (!masks.crop) return
  const a = boxToScreen(view, masks.crop)
  const b = { x: a.x + a.width, y: a.y + a.height }
  const arm = Math.min(18, (b.x - a.x) / 4, (b.y - a.y) / 4)
  context.globalAlpha = 0.35
  drawLine(context, [a, { x: b.x, y: a.y }, b, { x: a.x, y: b.y }, a], '#ffffff', [1, 5])
  context.globalAlpha = 0.85
  for (const [x, y, right, down] of [
    [a.x, a.y, arm, arm],
    [b.x, a.y, -arm, arm],
    [b.x, b.y, -arm, -arm],
    [a.x, b.y, arm, -arm],
  ] as const)
    drawLine(
      context,
      [
        { x: x + right, y },
        { x, y },
        { x, y: y + down },
      ],
      '#ffffff',
    )
  drawTag(context, t('Looked at closer'), '#1b1b1b', a.x, a.y - 4)
  context.globalAlpha = 1
}

/** Of objects that wait for their mask. */
const drawCommitting = (context: Context, { committing }: SmartState, seen: StageView, time: number) => {
  for (const { attempts } of committing) {
    const prompts = attempts.at(-1)?.prompts ?? []
    context.globalAlpha = 0.6
    drawPrompts(context, prompts, seen.view)
    context.globalAlpha = 1
    const at = anchorOf(prompts, seen.view)
    if (at) drawProgress(context, at, t('will be stored…'), progressOf(seen, time), time)
  }
}

export const drawSmart = (context: Context, state: SmartState, seen: StageView, look: Look): void => {
  const { time, waited, drawTags } = look
  const { color, dash } = ontoLook(state.onto, look)
  const { masks, view } = seen
  drawCommitting(context, state, seen, time)
  drawPreview(context, seen, color)
  drawCropFrame(context, seen)
  const polygon = masks.candidates[masks.chosen]?.polygon
  if (polygon) {
    // Dimmed at once, it would flicker at each further click.
    const settled = masks.status === 'ready' || waited < PATIENCE
    fillShape(context, view, polygon, color, settled ? 0.5 : 0.3)
    drawTags()
    drawShape(context, view, polygon, { color: '#ffffff', fill: 0, line: 4, halo: false })
    const line = state.onto?.how === 'take' ? color : DRAFT_LINE
    drawShape(context, view, polygon, {
      color: line,
      fill: 0,
      line: 2,
      halo: false,
      ...(dash ? { dash } : {}),
    })
    drawOntoTag(context, state.onto, metricsOf(polygon).box, view, look)
  }
  drawPrompts(context, masks.prompts, view)
  const size = sizeOf(seen.image)
  const { gesture } = state
  const box = gesture?.dragging && size ? boxBetween(gesture.start, gesture.current, size) : null
  if (box) drawBox(context, box, view)
  const at = anchorOf(masks.prompts, view)
  // A mask that is on screen already says enough, unless the image must be encoded for the next.
  const says = masks.status === 'waiting' || masks.candidates.length === 0 || isLookingCloser(seen)
  if (at && waited >= PATIENCE && says && draftOf(state))
    drawProgress(context, at, waitText(seen), progressOf(seen, time), time)
}

/** Draws what is unfinished: the smart tool's prompts and mask, the rectangle and the polygon in the making. */
import type { Annotation, Label } from '../../common/model.ts'
import { toScreen } from '../../common/geometry/viewport.ts'
import type { WorkbenchStore } from '../state/workbench-store.ts'
import { sizeOf } from '../state/workbench-desk.ts'
import { previewPolygon } from '../state/workbench-hover.ts'
import { metricsOf } from '../tools/metrics.ts'
import { closesAt } from '../tools/polygon.ts'
import { draggedRectangle } from '../tools/rectangle.ts'
import { boxBetween, draftOf } from '../tools/smart.ts'
import { drawLine, drawShape, drawTag, FALLBACK_COLOR, fillShape, HALO, type Context } from './paint.ts'
import type { Region } from './overlay-region.ts'
import { PATIENCE } from './status-text.ts'
import { anchorOf, drawBox, drawProgress, drawPrompts } from './prompt-marks.ts'

const progressOf = ({ encodingSince, inference }: WorkbenchStore, time: number): number | null =>
  encodingSince === null || !inference?.expectedMs ? null : (time - encodingSince) / inference.expectedMs

/** Another encode, so longer than a decode: of a crop that is not shown yet. */
const isLookingCloser = ({ smart }: WorkbenchStore) => smart.zoom && smart.crop === null

const waitText = (state: WorkbenchStore) => {
  if (state.inference?.state === 'restarting' || state.inference?.state === 'starting')
    return 'starting the model…'
  if (isLookingCloser(state)) return 'looking closer…'
  return state.smart.status === 'waiting' ? 'encoding…' : 'thinking…'
}

/** The mask under the pointer: an outline that says "a click would give this". */
const drawPreview = (context: Context, { preview, view }: WorkbenchStore, color: string) => {
  const polygon = previewPolygon(preview)
  if (!polygon) return
  context.globalAlpha = 0.75
  drawShape(context, view, polygon, { color, fill: 0.14, line: 1.5, halo: true, dash: [3, 3] })
  context.globalAlpha = 1
}

/** The corners of the part of the image that the model looks at. */
const drawCropFrame = (context: Context, { smart, view }: WorkbenchStore) => {
  if (!smart.crop) return
  const a = toScreen(view, smart.crop)
  const b = toScreen(view, { x: smart.crop.x + smart.crop.width, y: smart.crop.y + smart.crop.height })
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
  drawTag(context, 'Looked at closer', '#1b1b1b', a.x, a.y - 4)
  context.globalAlpha = 1
}

/** What the painter knows of time, milliseconds. */
export interface Clock {
  readonly time: number
  /** How long the answer to the smart tool's question has been waited for; 0 when none is. */
  readonly waited: number
}

const drawSmart = (context: Context, state: WorkbenchStore, color: string, { time, waited }: Clock) => {
  const { smart, tools, view } = state
  const size = sizeOf(state.image)
  for (const object of tools.smart.committing) {
    const prompts = object.attempts.at(-1)?.prompts ?? []
    context.globalAlpha = 0.6
    drawPrompts(context, prompts, view)
    context.globalAlpha = 1
    const at = anchorOf(prompts, view)
    if (at) drawProgress(context, at, 'will be stored…', progressOf(state, time), time)
  }
  drawPreview(context, state, color)
  drawCropFrame(context, state)
  const polygon = smart.offered[smart.chosen]?.polygon
  if (polygon) {
    // Dimmed at once, it would flicker at each further click.
    const settled = smart.status === 'ready' || waited < PATIENCE
    fillShape(context, view, polygon, color, settled ? 0.42 : 0.24)
    drawShape(context, view, polygon, { color: '#ffffff', fill: 0, line: 2, halo: true })
    drawShape(context, view, polygon, { color, fill: 0, line: 2, halo: false, dash: [7, 4] })
  }
  drawPrompts(context, smart.prompts, view)
  const { gesture } = tools.smart
  const box = gesture?.dragging && size ? boxBetween(gesture.start, gesture.current, size) : null
  if (box) drawBox(context, box, view)
  const at = anchorOf(smart.prompts, view)
  // A mask that is on screen already says enough, unless the image must be encoded for the next.
  const asked = draftOf(tools.smart)
  if (
    at &&
    asked &&
    waited >= PATIENCE &&
    (smart.status === 'waiting' || smart.offered.length === 0 || isLookingCloser(state))
  )
    drawProgress(context, at, waitText(state), progressOf(state, time), time)
}

const drawCrosshair = (context: Context, { view, pointer, stageSize }: WorkbenchStore) => {
  if (!pointer) return
  const { x, y } = toScreen(view, pointer)
  context.lineWidth = 1
  for (const [color, offset] of [
    ['rgba(0,0,0,0.55)', 1],
    ['rgba(255,255,255,0.8)', 0],
  ] as const) {
    context.strokeStyle = color
    context.beginPath()
    context.moveTo(0, Math.round(y) + 0.5 + offset)
    context.lineTo(stageSize.width, Math.round(y) + 0.5 + offset)
    context.moveTo(Math.round(x) + 0.5 + offset, 0)
    context.lineTo(Math.round(x) + 0.5 + offset, stageSize.height)
    context.stroke()
  }
}

const drawRectangle = (context: Context, state: WorkbenchStore, color: string) => {
  drawCrosshair(context, state)
  const size = sizeOf(state.image)
  const rectangle = size && draggedRectangle(state.tools.rectangle, size)
  if (!rectangle) return
  drawShape(context, state.view, rectangle, { color, fill: 0.25, line: 2, halo: true })
  const { x, y } = toScreen(state.view, rectangle)
  const text = `${Math.round(rectangle.width)} × ${Math.round(rectangle.height)}`
  drawTag(context, text, '#1b1b1b', x, y - 3)
}

const drawPolygon = (context: Context, { tools, view, pointer }: WorkbenchStore, color: string) => {
  const { vertices } = tools.polygon
  const end = tools.polygon.pointer
  const closing = end !== null && closesAt(tools.polygon, end, view.scale)
  const points = vertices.map((vertex) => toScreen(view, vertex))
  const [first] = points
  if (!first) return
  if (points.length > 2) {
    context.beginPath()
    points.forEach(({ x, y }, index) => (index === 0 ? context.moveTo(x, y) : context.lineTo(x, y)))
    context.fillStyle = color
    context.globalAlpha = 0.22
    context.fill()
    context.globalAlpha = 1
  }
  drawLine(context, points, color)
  const last = points.at(-1)
  if (last && end && pointer) drawLine(context, [last, closing ? first : toScreen(view, end)], color, [5, 4])
  points.forEach(({ x, y }, index) => {
    context.beginPath()
    context.arc(x, y, index === 0 && closing ? 8 : 4.5, 0, 2 * Math.PI)
    context.fillStyle = index === 0 && closing ? color : '#ffffff'
    context.fill()
    context.lineWidth = 1.5
    context.strokeStyle = index === 0 && closing ? '#ffffff' : HALO
    context.stroke()
  })
}

/** The name of the shape that is edited, clear of its handles. */
const drawActiveTag = (
  context: Context,
  { tools, view }: WorkbenchStore,
  { labelId, shape }: Annotation,
  labels: ReadonlyMap<string, Label>,
) => {
  const label = labels.get(labelId)
  if (!label) return
  const { x, y } = toScreen(view, metricsOf(tools.select.drag?.shape ?? shape).box)
  drawTag(context, label.name, label.color, x, y - 9)
}

/**
 * @param active the annotation that the select tool edits
 * @param region what is cleared and drawn
 */
export const drawOverlay = (
  context: Context,
  state: WorkbenchStore,
  active: Annotation | null,
  labels: ReadonlyMap<string, Label>,
  clock: Clock,
  { x0, y0, x1, y1 }: Region,
): void => {
  context.clearRect(x0, y0, x1 - x0, y1 - y0)
  if (!state.image) return
  context.save()
  context.beginPath()
  context.rect(x0, y0, x1 - x0, y1 - y0)
  context.clip()
  const refining = state.tool === 'smart' ? state.smart.refining : null
  const color = labels.get(refining?.labelId ?? state.currentLabelId ?? '')?.color ?? FALLBACK_COLOR
  if (state.tool === 'smart') drawSmart(context, state, color, clock)
  if (state.tool === 'rectangle') drawRectangle(context, state, color)
  if (active) drawActiveTag(context, state, active, labels)
  if (state.tool === 'polygon') drawPolygon(context, state, color)
  context.restore()
}

/** True while the smart tool waits for the model: the overlay tells it, and moves by itself. */
export const isWaiting = ({ smart, tool }: WorkbenchStore): boolean =>
  tool === 'smart' && (smart.status === 'waiting' || smart.status === 'thinking' || smart.committing > 0)

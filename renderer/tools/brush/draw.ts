/** Draws the stroke as one wide line, and the brush around the pointer. */
import { toScreen } from '../../../common/geometry/viewport.ts'
import { HALO, type Context } from '../../paint/paint.ts'
import { LINE, regionAround, uniteRegions, type Region } from '../../paint/region.ts'
import { ontoLook } from '../onto-look.ts'
import type { Look, StageView } from '../stage-view.ts'
import type { BrushState } from './step.ts'

const FILL = 0.5
/** Half the arm of the sign in the brush's middle, screen pixels. */
const ARM = 4

const radiusOf = ({ brushSize, view }: StageView) => (brushSize * view.scale) / 2

/** Where the stroke and the brush are drawn; null when the pointer is elsewhere. */
export const brushRegion = ({ stroke }: BrushState, seen: StageView): Region | null => {
  const places = [...(stroke?.path ?? []), ...(seen.pointer ? [seen.pointer] : [])]
  return uniteRegions(
    places.map((place) => regionAround(toScreen(seen.view, place), radiusOf(seen) + ARM + LINE)),
  )
}

const drawStroke = (context: Context, { stroke }: BrushState, seen: StageView, look: Look) => {
  if (!stroke) return
  context.save()
  context.globalAlpha = FILL
  context.strokeStyle = ontoLook(stroke.onto, look).color
  context.lineWidth = 2 * radiusOf(seen)
  context.lineCap = 'round'
  context.lineJoin = 'round'
  context.beginPath()
  stroke.path.forEach((place, i) => {
    const { x, y } = toScreen(seen.view, place)
    if (i === 0) context.moveTo(x, y)
    // A path of one point has no line; one to itself has round caps.
    if (i > 0 || stroke.path.length === 1) context.lineTo(x, y)
  })
  context.stroke()
  context.restore()
}

/** The brush's rim, with a plus or a minus in its middle. */
const drawBrush = (context: Context, { stroke, erases }: BrushState, seen: StageView) => {
  if (!seen.pointer) return
  const { x, y } = toScreen(seen.view, seen.pointer)
  const isTaking = stroke ? stroke.onto?.how === 'take' : erases
  for (const [color, width] of [
    [HALO, 3],
    ['#ffffff', 1.25],
  ] as const) {
    context.strokeStyle = color
    context.lineWidth = width
    context.setLineDash(isTaking ? [5, 3] : [])
    context.beginPath()
    context.arc(x, y, Math.max(1, radiusOf(seen)), 0, 2 * Math.PI)
    context.stroke()
    context.setLineDash([])
    context.beginPath()
    context.moveTo(x - ARM, y)
    context.lineTo(x + ARM, y)
    if (!isTaking) {
      context.moveTo(x, y - ARM)
      context.lineTo(x, y + ARM)
    }
    context.stroke()
  }
}

export const drawBrushTool = (context: Context, state: BrushState, seen: StageView, look: Look): void => {
  drawStroke(context, state, seen, look)
  drawBrush(context, state, seen)
}

/** Draws the polygon in the making: its vertices, and a rubber band to the pointer. */
import { toScreen } from '../../../common/geometry/viewport.ts'
import { drawLine, HALO, type Context } from '../../paint/paint.ts'
import type { Look, StageView } from '../stage-view.ts'
import { drawOntoTag, ontoLook } from '../onto-look.ts'
import { drawSnap } from '../snap.ts'
import { closesAt, type PolygonState } from './step.ts'

export const drawPolygon = (
  context: Context,
  state: PolygonState,
  { view, pointer }: StageView,
  look: Look,
): void => {
  const { vertices, pointer: end } = state
  const { color, dash } = ontoLook(state.onto, look)
  const closing = end !== null && closesAt(state, end, view.scale)
  const points = vertices.map((vertex) => toScreen(view, vertex))
  const [first] = points
  if (state.snap && pointer) drawSnap(context, state.snap, { view })
  if (!first) return
  if (points.length > 2) {
    context.beginPath()
    points.forEach(({ x, y }, index) => (index === 0 ? context.moveTo(x, y) : context.lineTo(x, y)))
    context.fillStyle = color
    context.globalAlpha = 0.22
    context.fill()
    context.globalAlpha = 1
  }
  drawLine(context, points, color, dash)
  const last = points.at(-1)
  if (last && end && pointer)
    drawLine(context, [last, closing ? first : toScreen(view, state.snap?.point ?? end)], color, [5, 4])
  points.forEach(({ x, y }, index) => {
    context.beginPath()
    context.arc(x, y, index === 0 && closing ? 8 : 4.5, 0, 2 * Math.PI)
    context.fillStyle = index === 0 && closing ? color : '#ffffff'
    context.fill()
    context.lineWidth = 1.5
    context.strokeStyle = index === 0 && closing ? '#ffffff' : HALO
    context.stroke()
  })
  const top = vertices.reduce((a, b) => (b.y < a.y ? b : a))
  drawOntoTag(context, state.onto, top, view, look)
}

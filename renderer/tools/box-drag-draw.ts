/** Draws the box in the making, or what is made of it, and a crosshair through the pointer to place its first corner by. */
import { boxToScreen, toScreen } from '../../common/geometry/viewport.ts'
import { drawShape, drawTag, type Context } from '../paint/paint.ts'
import { drawOntoTag, ontoLook } from './onto-look.ts'
import { sizeOf, type Look, type StageView } from './stage-view.ts'
import type { Rectangle, Shape } from '../../common/model.ts'
import { draggedBox, type BoxDragState } from './box-drag.ts'

const drawCrosshair = (context: Context, { view, pointer, stageSize }: StageView) => {
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

/** @param shapeOf what is made of the box */
export const drawBoxDrag = (
  context: Context,
  state: BoxDragState,
  seen: StageView,
  look: Look,
  shapeOf: (box: Rectangle) => Shape,
): void => {
  drawCrosshair(context, seen)
  const size = sizeOf(seen.image)
  const rectangle = size && draggedBox(state, size)
  if (!rectangle) return
  const onto = state.drag?.onto ?? null
  drawShape(context, seen.view, shapeOf(rectangle), {
    ...ontoLook(onto, look),
    fill: 0.25,
    line: 2,
    halo: true,
  })
  const { x, y } = boxToScreen(seen.view, rectangle)
  const text = `${Math.round(rectangle.width)} × ${Math.round(rectangle.height)}`
  if (onto) drawOntoTag(context, onto, rectangle, seen.view, look)
  else drawTag(context, text, '#1b1b1b', x, y - 3)
}

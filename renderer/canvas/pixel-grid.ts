/** Lines between the pixels of the image, where the zoom is so far in that they can be told apart. */
import type { Size } from '../../common/geometry/point.ts'
import { boxToScreen, type Viewport } from '../../common/geometry/viewport.ts'
import type { Context } from '../paint/paint.ts'
import { LEAST_GRID_SCALE } from '../tools/stage-look.ts'

/** Grey that shows on light and dark alike, and fades in as pixels grow. */
const GREY = '128, 128, 128'
const MOST_OPAQUE = 0.55

/** From the first to the last line that is on the stage, in image pixels. */
const linesOn = (offset: number, scale: number, stage: number, size: number): [number, number] => [
  Math.max(0, Math.ceil(-offset / scale)),
  Math.min(size, Math.floor((stage - offset) / scale)),
]

export const drawPixelGrid = (context: Context, size: Size, view: Viewport, stage: Size): void => {
  if (view.scale < LEAST_GRID_SCALE) return
  const box = boxToScreen(view, { x: 0, y: 0, ...size })
  const [left, right] = linesOn(box.x, view.scale, stage.width, Math.round(box.width / view.scale))
  const [top, bottom] = linesOn(box.y, view.scale, stage.height, Math.round(box.height / view.scale))
  const x0 = Math.max(0, box.x)
  const x1 = Math.min(stage.width, box.x + box.width)
  const y0 = Math.max(0, box.y)
  const y1 = Math.min(stage.height, box.y + box.height)
  context.beginPath()
  for (let x = left; x <= right; x += 1) {
    const at = Math.round(box.x + x * view.scale) + 0.5
    context.moveTo(at, y0)
    context.lineTo(at, y1)
  }
  for (let y = top; y <= bottom; y += 1) {
    const at = Math.round(box.y + y * view.scale) + 0.5
    context.moveTo(x0, at)
    context.lineTo(x1, at)
  }
  context.lineWidth = 1
  context.strokeStyle = `rgba(${GREY}, ${Math.min(MOST_OPAQUE, view.scale / 60)})`
  context.stroke()
}

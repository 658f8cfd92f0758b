/** Objects drawn on small pictures, from coarse lines. */
import type { Outline } from '../../common/contract/gallery.ts'
import { HALO, type Context } from './paint.ts'

/** Where thousandths of the lines lie on the canvas: at `left`, `top`, and a thousand of them are `side` pixels. */
interface SmallFrame {
  readonly left: number
  readonly top: number
  readonly side: number
}

/** Radius of a point, CSS pixels. */
const DOT = 2.5

const pathOf = (lines: Outline['lines'], { left, top, side }: SmallFrame, dot: number): Path2D => {
  const path = new Path2D()
  for (const { points, isClosed } of lines) {
    for (let at = 0; at + 1 < points.length; at += 2) {
      const [x, y] = [left + (points[at]! / 1000) * side, top + (points[at + 1]! / 1000) * side]
      if (points.length === 2) path.arc(x, y, dot, 0, 2 * Math.PI)
      else if (at === 0) path.moveTo(x, y)
      else path.lineTo(x, y)
    }
    if (isClosed) path.closePath()
  }
  return path
}

/**
 * @param density device pixels a CSS pixel
 * @param fill how much of the colour lies on the inside, 0..1
 */
export const drawSmall = (
  context: Context,
  { lines, proposed }: Pick<Outline, 'lines' | 'proposed'>,
  color: string,
  frame: SmallFrame,
  density: number,
  fill = 0.3,
): void => {
  const path = pathOf(lines, frame, DOT * density)
  context.globalAlpha = fill
  context.fillStyle = color
  context.fill(path, 'evenodd')
  context.globalAlpha = 1
  context.setLineDash(proposed ? [3 * density, 2 * density] : [])
  context.strokeStyle = HALO
  context.lineWidth = 2.5 * density
  context.stroke(path)
  context.strokeStyle = color
  context.lineWidth = 1.25 * density
  context.stroke(path)
  context.setLineDash([])
}

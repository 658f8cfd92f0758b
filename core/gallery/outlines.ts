/** Shapes as lines for small pictures: coarse whole numbers, so that hundreds of objects are a short message. Pure. */
import type { GalleryItem, Outline } from '../../common/contract/gallery.ts'
import { bboxOf, linesOf } from '../../common/geometry/measure.ts'
import type { Annotation, Shape } from '../../common/model.ts'

/** Thousandths that a point must be from the last one to be drawn: half a pixel of a small picture. */
const STEP = 4

/** @param side what a thousand of the numbers are, image pixels */
export const coarseLines = (
  shape: Shape,
  { x: left, y: top, side }: { readonly x: number; readonly y: number; readonly side: number },
): Outline['lines'] =>
  linesOf(shape).map(({ points, isClosed }) => {
    const coarse: number[] = []
    let [lastX, lastY] = [-Infinity, -Infinity]
    points.forEach(([px, py], at) => {
      const [x, y] = [Math.round(((px - left) / side) * 1000), Math.round(((py - top) / side) * 1000)]
      const isEnd = at === points.length - 1
      if (!isEnd && Math.abs(x - lastX) < STEP && Math.abs(y - lastY) < STEP) return
      coarse.push(x, y)
      lastX = x
      lastY = y
    })
    return { points: coarse, isClosed }
  })

/** Part of the longer side that is left free around an object in its crop. */
const ROOM = 0.25
/** Image pixels: a smaller crop would show squares. */
const SMALLEST = 32

export const galleryItemOf = ({ id, imageId, score, locked, shape }: Annotation): GalleryItem => {
  const { x, y, width, height } = bboxOf(shape)
  const side = Math.max(SMALLEST, Math.ceil(Math.max(width, height) * (1 + 2 * ROOM)))
  const window = {
    x: Math.round(x + width / 2 - side / 2),
    y: Math.round(y + height / 2 - side / 2),
    side,
  }
  return { id, imageId, score, locked, window, lines: coarseLines(shape, window) }
}

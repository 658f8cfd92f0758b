/** Draws the photo: smooth when small, crisp pixels when large, on the neutral surroundings of the theme. */
import type { Size } from '../../common/geometry/point.ts'
import type { Viewport } from '../../common/geometry/viewport.ts'
import type { ImageId } from '../../common/model.ts'
import type { Context } from '../paint/paint.ts'
import { levelFor, type ImagePixels } from './image-pixels.ts'

/** From this many screen pixels an image pixel on, pixels are shown as squares. */
const CRISP_SCALE = 2
const CHECKER = 8

const drawChecker = (context: Context, x: number, y: number, width: number, height: number, stage: Size) => {
  const [left, top] = [Math.max(0, x), Math.max(0, y)]
  const [right, bottom] = [Math.min(stage.width, x + width), Math.min(stage.height, y + height)]
  if (right <= left || bottom <= top) return
  context.fillStyle = '#ffffff'
  context.fillRect(left, top, right - left, bottom - top)
  context.fillStyle = '#d9d9d9'
  for (let row = 0; top + row * CHECKER < bottom; row += 1) {
    for (let column = row % 2; left + column * CHECKER < right; column += 2) {
      const [cx, cy] = [left + column * CHECKER, top + row * CHECKER]
      context.fillRect(cx, cy, Math.min(CHECKER, right - cx), Math.min(CHECKER, bottom - cy))
    }
  }
}

export interface Photo {
  readonly imageId: ImageId
  readonly pixels: ImagePixels
  /** False for formats without transparency: nothing needs to be seen through them. */
  readonly transparent: boolean
}

export const drawPhoto = (
  context: Context,
  photo: Photo | null,
  size: Size,
  view: Viewport,
  stage: Size,
  deviceRatio: number,
): void => {
  context.clearRect(0, 0, stage.width, stage.height)
  if (!photo) return
  const [width, height] = [size.width * view.scale, size.height * view.scale]
  context.save()
  context.shadowColor = 'rgba(0, 0, 0, 0.35)'
  context.shadowBlur = 12 * deviceRatio
  context.fillStyle = '#808080'
  context.fillRect(view.x, view.y, width, height)
  context.restore()
  if (photo.transparent) drawChecker(context, view.x, view.y, width, height, stage)
  const level = levelFor(photo.pixels, size.width, view.scale * deviceRatio)
  if (!level) return
  context.imageSmoothingEnabled = view.scale < CRISP_SCALE
  context.imageSmoothingQuality = 'high'
  // Only the part on the stage: drawing all of a large photo far outside is slow.
  const ratio = level.width / size.width
  const [x0, y0] = [
    Math.max(0, Math.floor(-view.x / view.scale)),
    Math.max(0, Math.floor(-view.y / view.scale)),
  ]
  const x1 = Math.min(size.width, Math.ceil((stage.width - view.x) / view.scale))
  const y1 = Math.min(size.height, Math.ceil((stage.height - view.y) / view.scale))
  if (x1 <= x0 || y1 <= y0) return
  context.drawImage(
    level,
    x0 * ratio,
    y0 * (level.height / size.height),
    (x1 - x0) * ratio,
    (y1 - y0) * (level.height / size.height),
    view.x + x0 * view.scale,
    view.y + y0 * view.scale,
    (x1 - x0) * view.scale,
    (y1 - y0) * view.scale,
  )
}

/**
 * The layer of the photo: smooth when small, crisp pixels when large, on the neutral surroundings of the theme. Drawing 12
 * megapixels small costs 8 ms without a GPU, so that a pan moves what is there.
 */
import type { Box } from '../../common/geometry/measure.ts'
import type { Size } from '../../common/geometry/point.ts'
import { boxToImage, boxToScreen, matrixOf, type Viewport } from '../../common/geometry/viewport.ts'
import type { ImageId } from '../../common/model.ts'
import type { Context } from '../paint/paint.ts'
import { fillWith } from '../paint/picture.ts'
import { onPixels, wholeStage, type Region } from '../paint/region.ts'
import { redrawWithin } from '../paint/within.ts'
import { LEAST_GRID_SCALE } from '../tools/stage-look.ts'
import { levelFor, type ImagePixels } from './image-pixels.ts'
import { drawPixelGrid } from './pixel-grid.ts'
import { shiftOf, stripsOf } from './redraw-plan.ts'

/** From this many screen pixels an image pixel on, pixels are shown as squares. */
const CRISP_SCALE = 2
const CHECKER = 8

/**
 * Squares that lie still on the photo, so that a pan may move them with it. Only pixels of the device that the photo covers
 * whole: they would shine through the others at its edge.
 */
const drawChecker = (context: Context, { x, y, width, height }: Box, region: Region, ratio: number) => {
  const [first, last] = [
    (at: number) => Math.ceil(at * ratio) / ratio,
    (at: number) => Math.floor(at * ratio) / ratio,
  ]
  const [left, top] = [Math.max(region.x0, first(x)), Math.max(region.y0, first(y))]
  const [right, bottom] = [Math.min(region.x1, last(x + width)), Math.min(region.y1, last(y + height))]
  if (right <= left || bottom <= top) return
  context.save()
  context.beginPath()
  context.rect(left, top, right - left, bottom - top)
  context.clip()
  context.fillStyle = '#ffffff'
  context.fillRect(left, top, right - left, bottom - top)
  context.fillStyle = '#d9d9d9'
  const firstOf = (from: number, origin: number) => Math.floor((from - origin) / CHECKER)
  for (let row = firstOf(top, y); y + row * CHECKER < bottom; row += 1) {
    for (let column = firstOf(left, x); x + column * CHECKER < right; column += 1) {
      if ((row + column) % 2 === 0)
        context.fillRect(x + column * CHECKER, y + row * CHECKER, CHECKER, CHECKER)
    }
  }
  context.restore()
}

export interface Photo {
  readonly imageId: ImageId
  readonly pixels: ImagePixels
  /** False for formats without transparency: nothing needs to be seen through them. */
  readonly transparent: boolean
}

/** What the layer is drawn from. */
interface PhotoScene {
  readonly photo: Photo | null
  /** Of the image. */
  readonly size: Size
  readonly view: Viewport
  readonly stage: Size
  /** Pixels of the device a CSS pixel. */
  readonly ratio: number
  /** Lines between pixels that are large enough. */
  readonly grid: boolean
}

export interface ImageLayer {
  /** @returns whether anything was drawn */
  draw(scene: PhotoScene): boolean
  /** All is to be drawn anew. */
  reset(): void
}

/** The photo is drawn so much wider than a strip of it, CSS pixels, that each pixel has its neighbours. */
const AROUND = 4

const drawPhoto = (context: Context, { photo, size, view, ratio }: PhotoScene, region: Region): void => {
  if (!photo) return
  const { x, y, width, height } = boxToScreen(view, { x: 0, y: 0, ...size })
  context.save()
  context.shadowColor = 'rgba(0, 0, 0, 0.35)'
  context.shadowBlur = 12 * ratio
  context.fillStyle = '#808080'
  context.fillRect(x, y, width, height)
  context.restore()
  if (photo.transparent) drawChecker(context, { x, y, width, height }, region, ratio)
  const level = levelFor(photo.pixels, size.width, view.scale * ratio)
  if (!level) return
  context.imageSmoothingEnabled = view.scale < CRISP_SCALE
  context.imageSmoothingQuality = 'high'
  // Only the part on the stage: drawing all of a large photo far outside is slow.
  const [across, down] = [level.width / size.width, level.height / size.height]
  const part = boxToImage(view, {
    x: region.x0 - AROUND,
    y: region.y0 - AROUND,
    width: region.x1 - region.x0 + 2 * AROUND,
    height: region.y1 - region.y0 + 2 * AROUND,
  })
  const [x0, y0] = [Math.max(0, Math.floor(part.x)), Math.max(0, Math.floor(part.y))]
  const x1 = Math.min(size.width, Math.ceil(part.x + part.width))
  const y1 = Math.min(size.height, Math.ceil(part.y + part.height))
  if (x1 <= x0 || y1 <= y0) return
  context.save()
  context.transform(...matrixOf({ ...view, scale: 1 }))
  context.drawImage(
    level,
    x0 * across,
    y0 * down,
    (x1 - x0) * across,
    (y1 - y0) * down,
    x0 * view.scale,
    y0 * view.scale,
    (x1 - x0) * view.scale,
    (y1 - y0) * view.scale,
  )
  context.restore()
}

const drawRegion = (context: Context, scene: PhotoScene, region: Region) => {
  const { photo, size, view, stage, grid } = scene
  redrawWithin(context, region, () => {
    drawPhoto(context, scene, region)
    if (grid && photo) drawPixelGrid(context, size, view, stage)
  })
}

/** A pan moves what is there and draws the strips that come into sight. */
export const createImageLayer = (context: Context): ImageLayer => {
  let drawn: PhotoScene | null = null

  const shiftFrom = (before: PhotoScene | null, now: PhotoScene) =>
    before !== null &&
    before.photo === now.photo &&
    before.size.width === now.size.width &&
    before.size.height === now.size.height &&
    before.stage === now.stage &&
    before.ratio === now.ratio &&
    before.grid === now.grid &&
    // Lines lie on whole CSS pixels, which a pan by device pixels would miss.
    !(now.grid && now.view.scale >= LEAST_GRID_SCALE)
      ? shiftOf(before.view, now.view, now.ratio)
      : null

  return {
    draw(scene) {
      const { stage, ratio } = scene
      const shift = shiftFrom(drawn, scene)
      drawn = scene
      if (!shift) {
        drawRegion(context, scene, wholeStage(stage))
        return true
      }
      if (shift.x === 0 && shift.y === 0) return false
      fillWith(context, context.canvas, shift.x, shift.y, 1)
      for (const strip of stripsOf(stage, shift.x / ratio, shift.y / ratio))
        drawRegion(context, scene, onPixels(strip, stage, ratio))
      return true
    },
    reset: () => (drawn = null),
  }
}

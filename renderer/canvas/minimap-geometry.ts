/** Where the part of the image that the stage shows lies on the small map of it. CSS pixels. Pure. */
import type { Box } from '../../common/geometry/measure.ts'
import type { ScreenPoint, Size } from '../../common/geometry/point.ts'
import { toImage, toScreen, type Viewport } from '../../common/geometry/viewport.ts'
import { sizeOf, type StageView } from '../tools/stage-view.ts'

const most: Size = { width: 150, height: 112 }
/** A panorama's map is no thinner line than this. */
const LEAST_SIDE = 24

/** The size of the map of an image of that size: its shape, but for very long ones. */
export const mapOf = ({ width, height }: Size): Size => {
  const factor = Math.min(most.width / width, most.height / height)
  return {
    width: Math.max(LEAST_SIDE, Math.round(width * factor)),
    height: Math.max(LEAST_SIDE, Math.round(height * factor)),
  }
}

/** The image is larger than the stage. */
export const showsPart = ({
  image,
  view,
  stageSize,
}: Pick<StageView, 'image' | 'view' | 'stageSize'>): boolean => {
  const size = sizeOf(image)
  if (!size || stageSize.width === 0) return false
  return size.width * view.scale > stageSize.width + 1 || size.height * view.scale > stageSize.height + 1
}

/** The part that is on the stage, on the map. */
export const partOn = (view: Viewport, stage: Size, size: Size, map: Size): Box => {
  const [across, down] = [map.width / size.width, map.height / size.height]
  const start = toImage(view, { x: 0, y: 0 })
  const end = toImage(view, { x: stage.width, y: stage.height })
  const [x0, y0] = [Math.max(0, start.x), Math.max(0, start.y)]
  const [x1, y1] = [Math.min(size.width, end.x), Math.min(size.height, end.y)]
  return { x: x0 * across, y: y0 * down, width: (x1 - x0) * across, height: (y1 - y0) * down }
}

/** How far to pan so that what lies at a point of the map comes to the middle of the stage, screen pixels. */
export const panTo = (at: ScreenPoint, view: Viewport, stage: Size, size: Size, map: Size): ScreenPoint => {
  const point = { x: (at.x / map.width) * size.width, y: (at.y / map.height) * size.height }
  const now = toScreen(view, point)
  // Whole pixels: a pan by parts of them would have all drawn anew.
  return { x: Math.round(stage.width / 2 - now.x), y: Math.round(stage.height / 2 - now.y) }
}

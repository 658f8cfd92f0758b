/** Where the part of the image that the stage shows lies on the small map of it. CSS pixels. Pure. */
import type { Box } from '../../common/geometry/measure.ts'
import type { ScreenPoint, Size } from '../../common/geometry/point.ts'
import { boxToScreen, type Viewport } from '../../common/geometry/viewport.ts'
import { sizeOf, type StageView } from '../tools/stage-view.ts'

const most: Size = { width: 150, height: 112 }
/** A panorama's map is no thinner line than this. */
const LEAST_SIDE = 24

/** The size of the map of an image of that size, as it is seen: its shape, but for very long ones. */
export const mapOf = (size: Size, { turn }: Pick<Viewport, 'turn'> = {}): Size => {
  const { width, height } = boxToScreen(
    { scale: 1, x: 0, y: 0, ...(turn && { turn }) },
    { x: 0, y: 0, ...size },
  )
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
  const { width, height } = boxToScreen(view, { x: 0, y: 0, ...size })
  return width > stageSize.width + 1 || height > stageSize.height + 1
}

/** The part that is on the stage, on the map. */
export const partOn = (view: Viewport, stage: Size, size: Size, map: Size): Box => {
  const whole = boxToScreen(view, { x: 0, y: 0, ...size })
  const [across, down] = [map.width / whole.width, map.height / whole.height]
  const [x0, y0] = [Math.max(0, -whole.x), Math.max(0, -whole.y)]
  const [x1, y1] = [
    Math.min(whole.width, stage.width - whole.x),
    Math.min(whole.height, stage.height - whole.y),
  ]
  return { x: x0 * across, y: y0 * down, width: (x1 - x0) * across, height: (y1 - y0) * down }
}

/** How far to pan so that what lies at a point of the map comes to the middle of the stage, screen pixels. */
export const panTo = (at: ScreenPoint, view: Viewport, stage: Size, size: Size, map: Size): ScreenPoint => {
  const whole = boxToScreen(view, { x: 0, y: 0, ...size })
  const now = {
    x: whole.x + (at.x / map.width) * whole.width,
    y: whole.y + (at.y / map.height) * whole.height,
  }
  // Whole pixels: a pan by parts of them would have all drawn anew.
  return { x: Math.round(stage.width / 2 - now.x), y: Math.round(stage.height / 2 - now.y) }
}

/**
 * Screen <-> image: what part of the image the stage shows. One of the two files that convert between spaces.
 * All functions are pure and return a new viewport that obeys the limits below.
 */
import type { ImagePoint, ScreenPoint, Size } from './point.ts'

/** screen = image * scale + (x, y); scale is screen pixels an image pixel. */
export interface Viewport {
  readonly scale: number
  readonly x: number
  readonly y: number
}

/** What a viewport is limited by: the image in image pixels and the stage in screen pixels. */
export interface ViewportBounds {
  readonly image: Size
  readonly stage: Size
  /** Free space at each side of a fitted image, screen pixels; `FIT_MARGIN` all around where it is left out. */
  readonly margin?: Size
}

/** One image pixel is never larger than this on screen. */
export const MAX_SCALE = 64
/** Screen pixels of the image that always stay on the stage, in each direction. */
const KEEP_VISIBLE = 64
/** Free space around a fitted image, screen pixels. */
const FIT_MARGIN = 16

export const toScreen = (viewport: Viewport, point: ImagePoint): ScreenPoint => ({
  x: point.x * viewport.scale + viewport.x,
  y: point.y * viewport.scale + viewport.y,
})

export const toImage = (viewport: Viewport, point: ScreenPoint): ImagePoint => ({
  x: (point.x - viewport.x) / viewport.scale,
  y: (point.y - viewport.y) / viewport.scale,
})

/** A stage that has hardly more room than the margins shows the image all the same: a fifth at each side is the most. */
const roomIn = (length: number, margin: number) => Math.max(1, length - 2 * Math.min(margin, length / 5))

const fitScale = ({ image, stage, margin = { width: FIT_MARGIN, height: FIT_MARGIN } }: ViewportBounds) =>
  Math.min(
    roomIn(stage.width, margin.width) / image.width,
    roomIn(stage.height, margin.height) / image.height,
    MAX_SCALE,
  )

/** Half of the fitted scale, or 1:2 where the image is smaller than the stage. */
export const minScale = (bounds: ViewportBounds): number => Math.min(fitScale(bounds), 1) / 2

const clampOffset = (offset: number, length: number, stage: number) => {
  const keep = Math.min(KEEP_VISIBLE, length, stage)
  return Math.min(Math.max(offset, keep - length), stage - keep)
}

/** The nearest viewport within the limits: scale between `minScale` and `MAX_SCALE`, some of the image on the stage. */
export const clampViewport = (viewport: Viewport, bounds: ViewportBounds): Viewport => {
  const scale = Math.min(Math.max(viewport.scale, minScale(bounds)), MAX_SCALE)
  return {
    scale,
    x: clampOffset(viewport.x, bounds.image.width * scale, bounds.stage.width),
    y: clampOffset(viewport.y, bounds.image.height * scale, bounds.stage.height),
  }
}

/** The whole image in the middle of the stage. */
export const fitViewport = (bounds: ViewportBounds): Viewport => {
  const scale = fitScale(bounds)
  return {
    scale,
    x: (bounds.stage.width - bounds.image.width * scale) / 2,
    y: (bounds.stage.height - bounds.image.height * scale) / 2,
  }
}

/** Scales by `factor`; the image point under `at` stays under it unless a limit moves it. */
export const zoomAt = (
  viewport: Viewport,
  at: ScreenPoint,
  factor: number,
  bounds: ViewportBounds,
): Viewport => {
  const scale = Math.min(Math.max(viewport.scale * factor, minScale(bounds)), MAX_SCALE)
  const fixed = toImage(viewport, at)
  return clampViewport({ scale, x: at.x - fixed.x * scale, y: at.y - fixed.y * scale }, bounds)
}

/** Moves the image by screen pixels. */
export const panBy = (viewport: Viewport, dx: number, dy: number, bounds: ViewportBounds): Viewport =>
  clampViewport({ scale: viewport.scale, x: viewport.x + dx, y: viewport.y + dy }, bounds)

/** The same image point in the middle, after the stage changed its size. */
export const resizeStage = (viewport: Viewport, from: Size, bounds: ViewportBounds): Viewport =>
  panBy(viewport, (bounds.stage.width - from.width) / 2, (bounds.stage.height - from.height) / 2, bounds)

/** Brings an image box into view: unchanged when it is visible already, else centred, zoomed out if it must be. */
export const revealBox = (
  viewport: Viewport,
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  bounds: ViewportBounds,
): Viewport => {
  const { stage } = bounds
  const start = toScreen(viewport, box)
  const end = toScreen(viewport, { x: box.x + box.width, y: box.y + box.height })
  if (start.x >= 0 && start.y >= 0 && end.x <= stage.width && end.y <= stage.height) return viewport
  const room = 0.8 * Math.min(stage.width / Math.max(1, box.width), stage.height / Math.max(1, box.height))
  const scale = Math.min(viewport.scale, room)
  return clampViewport(
    {
      scale,
      x: stage.width / 2 - (box.x + box.width / 2) * scale,
      y: stage.height / 2 - (box.y + box.height / 2) * scale,
    },
    bounds,
  )
}

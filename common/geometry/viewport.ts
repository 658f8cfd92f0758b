/**
 * Screen <-> image: what part of the image the stage shows. One of the two files that convert between spaces.
 * All functions are pure and return a new viewport that obeys the limits below.
 */
import type { Box } from './measure.ts'
import type { ImagePoint, ScreenPoint, Size } from './point.ts'

/**
 * How the image is turned and mirrored for the eye, by quarters: [a, b, c, d] of 0, 1 and -1, as of a CSS matrix. What goes
 * right in the image goes by (a, b) on the screen, and what goes down by (c, d).
 */
export type Turn = readonly [a: number, b: number, c: number, d: number]

export const upright: Turn = [1, 0, 0, 1]
export const quarterRight: Turn = [0, 1, -1, 0]
export const quarterLeft: Turn = [0, -1, 1, 0]
/** Left and right changed. */
export const mirrored: Turn = [-1, 0, 0, 1]

/** First the one, then the other. */
const afterTurn = ([a, b, c, d]: Turn, [e, f, g, h]: Turn): Turn => [
  // Without minus zero, which is no other turn.
  a * e + b * g + 0,
  a * f + b * h + 0,
  c * e + d * g + 0,
  c * f + d * h + 0,
]

/** screen = turn(image) * scale + (x, y); scale is screen pixels an image pixel. */
export interface Viewport {
  readonly scale: number
  readonly x: number
  readonly y: number
  /** Absent: upright. */
  readonly turn?: Turn
}

const turnOf = ({ turn }: Pick<Viewport, 'turn'>): Turn => turn ?? upright

export const isSameTurn = (one: Pick<Viewport, 'turn'>, other: Pick<Viewport, 'turn'>): boolean =>
  turnOf(one).every((value, at) => value === turnOf(other)[at])

/** Width and height change places. */
const liesAcross = (turn: Turn) => turn[0] === 0

const turnedSize = ({ width, height }: Size, turn: Turn): Size =>
  liesAcross(turn) ? { width: height, height: width } : { width, height }

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

/** A step in the image, as a step on the screen. */
export const stepToScreen = (
  { scale, turn = upright }: Viewport,
  { x, y }: { readonly x: number; readonly y: number },
): { x: number; y: number } => ({
  x: (turn[0] * x + turn[2] * y) * scale,
  y: (turn[1] * x + turn[3] * y) * scale,
})

/** A step on the screen, as a step in the image. */
export const stepToImage = (
  { scale, turn = upright }: Viewport,
  { x, y }: { readonly x: number; readonly y: number },
): { x: number; y: number } => ({
  x: (turn[0] * x + turn[1] * y) / scale,
  y: (turn[2] * x + turn[3] * y) / scale,
})

export const toScreen = (viewport: Viewport, point: ImagePoint): ScreenPoint => {
  const { x, y } = stepToScreen(viewport, point)
  return { x: x + viewport.x, y: y + viewport.y }
}

export const toImage = (viewport: Viewport, point: ScreenPoint): ImagePoint =>
  stepToImage(viewport, { x: point.x - viewport.x, y: point.y - viewport.y })

/** The box between where two opposite corners of a box go. */
const boxBy = (
  to: (corner: { readonly x: number; readonly y: number }) => { readonly x: number; readonly y: number },
  { x, y, width, height }: Box,
): Box => {
  const [a, b] = [to({ x, y }), to({ x: x + width, y: y + height })]
  return {
    x: Math.min(a.x, b.x),
    y: Math.min(a.y, b.y),
    width: Math.abs(b.x - a.x),
    height: Math.abs(b.y - a.y),
  }
}

/** Where an upright box of the image lies on the screen: upright too, since views turn by quarters. */
export const boxToScreen = (viewport: Viewport, box: Box): Box =>
  boxBy((corner) => toScreen(viewport, corner), box)

/** What of the image lies in an upright box of the screen; it may reach beyond the image. */
export const boxToImage = (viewport: Viewport, box: Box): Box =>
  boxBy((corner) => toImage(viewport, corner), box)

/** From image to screen, as canvas, SVG and CSS take it. */
export const matrixOf = ({ scale, x, y, turn = upright }: Viewport) => {
  const [a, b, c, d] = turn
  return [a * scale, b * scale, c * scale, d * scale, x, y] as const
}

/** A stage that has hardly more room than the margins shows the image all the same: a fifth at each side is the most. */
const roomIn = (length: number, margin: number) => Math.max(1, length - 2 * Math.min(margin, length / 5))

const fitScale = (
  { image, stage, margin = { width: FIT_MARGIN, height: FIT_MARGIN } }: ViewportBounds,
  turn: Turn,
) => {
  const { width, height } = turnedSize(image, turn)
  return Math.min(
    roomIn(stage.width, margin.width) / width,
    roomIn(stage.height, margin.height) / height,
    MAX_SCALE,
  )
}

/** Half of the fitted scale, or 1:2 where the image is smaller than the stage. */
export const minScale = (bounds: ViewportBounds, turn: Turn = upright): number =>
  Math.min(fitScale(bounds, turn), 1) / 2

const clampOffset = (offset: number, length: number, stage: number) => {
  const keep = Math.min(KEEP_VISIBLE, length, stage)
  return Math.min(Math.max(offset, keep - length), stage - keep)
}

/** The nearest viewport within the limits: scale between `minScale` and `MAX_SCALE`, some of the image on the stage. */
export const clampViewport = (viewport: Viewport, bounds: ViewportBounds): Viewport => {
  const scale = Math.min(Math.max(viewport.scale, minScale(bounds, viewport.turn)), MAX_SCALE)
  const { x, y, width, height } = boxToScreen({ ...viewport, scale }, { x: 0, y: 0, ...bounds.image })
  return {
    ...viewport,
    scale,
    x: clampOffset(x, width, bounds.stage.width) + (viewport.x - x),
    y: clampOffset(y, height, bounds.stage.height) + (viewport.y - y),
  }
}

/** With an image point at a screen point, within the limits. */
const placedAt = (
  viewport: Viewport,
  point: ImagePoint,
  at: ScreenPoint,
  bounds: ViewportBounds,
): Viewport => {
  const { x, y } = stepToScreen(viewport, point)
  return clampViewport({ ...viewport, x: at.x - x, y: at.y - y }, bounds)
}

const middleOf = ({ width, height }: Size) => ({ x: width / 2, y: height / 2 })

/** The whole image in the middle of the stage. */
export const fitViewport = (bounds: ViewportBounds, turn: Turn = upright): Viewport => {
  const scale = fitScale(bounds, turn)
  const { x, y } = stepToScreen({ scale, x: 0, y: 0, turn }, middleOf(bounds.image))
  const place = { scale, x: bounds.stage.width / 2 - x, y: bounds.stage.height / 2 - y }
  return isSameTurn({ turn }, {}) ? place : { ...place, turn }
}

/** Turned and mirrored further, as it is seen; null: upright again. */
export const nextTurn = (viewport: Viewport, by: Turn | null): Turn =>
  by === null ? upright : afterTurn(turnOf(viewport), by)

/** With another turn; what is in the middle of the stage stays there. */
export const turnedView = (viewport: Viewport, turn: Turn, bounds: ViewportBounds): Viewport => {
  const middle = middleOf(bounds.stage)
  return placedAt({ ...viewport, turn }, toImage(viewport, middle), middle, bounds)
}

/** Scales by `factor`; the image point under `at` stays under it unless a limit moves it. */
export const zoomAt = (
  viewport: Viewport,
  at: ScreenPoint,
  factor: number,
  bounds: ViewportBounds,
): Viewport => {
  const scale = Math.min(Math.max(viewport.scale * factor, minScale(bounds, viewport.turn)), MAX_SCALE)
  return placedAt({ ...viewport, scale }, toImage(viewport, at), at, bounds)
}

/** Moves the image by screen pixels. */
export const panBy = (viewport: Viewport, dx: number, dy: number, bounds: ViewportBounds): Viewport =>
  clampViewport({ ...viewport, x: viewport.x + dx, y: viewport.y + dy }, bounds)

/** The same image point in the middle, after the stage changed its size. */
export const resizeStage = (viewport: Viewport, from: Size, bounds: ViewportBounds): Viewport =>
  panBy(viewport, (bounds.stage.width - from.width) / 2, (bounds.stage.height - from.height) / 2, bounds)

/** Brings an image box into view: unchanged when it is visible already, else centred, zoomed out if it must be. */
export const revealBox = (viewport: Viewport, box: Box, bounds: ViewportBounds): Viewport => {
  const { stage } = bounds
  const { x, y, width, height } = boxToScreen(viewport, box)
  if (x >= 0 && y >= 0 && x + width <= stage.width && y + height <= stage.height) return viewport
  const seen = turnedSize(box, turnOf(viewport))
  const room = 0.8 * Math.min(stage.width / Math.max(1, seen.width), stage.height / Math.max(1, seen.height))
  const scale = Math.min(viewport.scale, room)
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  return placedAt({ ...viewport, scale }, middle, middleOf(stage), bounds)
}

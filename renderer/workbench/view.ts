/** The part of the image that the stage shows: zoom, pan and fit as changes of the store's state. Pure. */
import {
  fitViewport,
  nextTurn,
  panBy,
  resizeStage,
  turnedView,
  zoomAt,
  type Turn,
} from '../../common/geometry/viewport.ts'
import type { ImageItem } from '../../common/model.ts'
import type { ScreenPoint, Size } from '../../common/geometry/point.ts'
import { sizeOf } from '../tools/stage-view.ts'
import type { StageState } from './store.ts'
import type { WorkbenchState } from './types.ts'

type Seen = Pick<StageState, 'view' | 'stageSize' | 'fitted'> & Pick<WorkbenchState, 'image'>
type Change = Partial<Pick<StageState, 'view' | 'stageSize' | 'fitted'> & Pick<WorkbenchState, 'scale'>>

/**
 * Above and below a fitted image there is room for what floats over the stage: class and Done at its top, hint and
 * candidates at its foot, each 12 + 30 (42 with candidates) px in `styles/stage.css`. CSS pixels.
 */
const margin: Size = { width: 16, height: 58 }

const boundsOf = ({ image, stageSize }: Seen) => {
  const size = sizeOf(image)
  return size && stageSize.width > 0 && stageSize.height > 0
    ? { image: size, stage: stageSize, margin }
    : null
}

export const fitted = (seen: Seen): Change => {
  const bounds = boundsOf(seen)
  if (!bounds) return { fitted: true }
  const view = fitViewport(bounds, seen.view.turn)
  return { view, scale: view.scale, fitted: true }
}

/** Turned or mirrored further, as it is seen; null: upright again. A fitted image stays fitted. */
export const turned = (seen: Seen, by: Turn | null): Change => {
  const bounds = boundsOf(seen)
  if (!bounds) return {}
  const turn = nextTurn(seen.view, by)
  if (seen.fitted) return fitted({ ...seen, view: { ...seen.view, turn } })
  const view = turnedView(seen.view, turn, bounds)
  return { view, scale: view.scale }
}

/** The next image is shown at the zoom and place of this one: the user wishes it, and they are of one size. */
export const keepsView = (
  { look, fitted: isFitted, image }: Pick<WorkbenchState, 'look'> & Seen,
  next: Pick<ImageItem, 'width' | 'height'>,
): boolean =>
  look.keepZoom && !isFitted && image !== null && image.width === next.width && image.height === next.height

export const zoomed = (seen: Seen, at: ScreenPoint, factor: number): Change => {
  const bounds = boundsOf(seen)
  if (!bounds) return {}
  const view = zoomAt(seen.view, at, factor, bounds)
  return { view, scale: view.scale, fitted: false }
}

export const panned = (seen: Seen, dx: number, dy: number): Change => {
  const bounds = boundsOf(seen)
  if (!bounds) return {}
  return { view: panBy(seen.view, dx, dy, bounds), fitted: false }
}

export const resized = (seen: Seen, stageSize: Size): Change => {
  const next = { ...seen, stageSize }
  const bounds = boundsOf(next)
  if (!bounds || seen.fitted || seen.stageSize.width === 0) return { stageSize, ...fitted(next) }
  const view = resizeStage(seen.view, seen.stageSize, bounds)
  return { stageSize, view, scale: view.scale }
}

/** Around the middle of the stage, with the image's pixels on the screen's. @param scale pixels of the screen an image pixel */
export const zoomedTo = (seen: Seen, scale: number, deviceRatio: number): Change => {
  const change = zoomed(seen, middleOf(seen.stageSize), scale / deviceRatio / seen.view.scale)
  if (!change.view) return change
  const round = (value: number) => Math.round(value * deviceRatio) / deviceRatio
  return { ...change, view: { ...change.view, x: round(change.view.x), y: round(change.view.y) } }
}

export const middleOf = ({ width, height }: Size): ScreenPoint => ({ x: width / 2, y: height / 2 })

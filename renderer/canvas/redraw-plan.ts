/**
 * What of the shapes layer must be drawn again when the scene changes: what was drawn is moved along with a pan, and only
 * strips that come into sight and boxes of what changed are drawn. Pure.
 */
import type { Size } from '../../common/geometry/point.ts'
import { isSameTurn, type Viewport } from '../../common/geometry/viewport.ts'
import type { AnnotationId, Label, LabelId } from '../../common/model.ts'
import { LINE, meets, onPixels, uniteRegions, wholeStage, type Region } from '../paint/region.ts'
import type { StageLook } from '../tools/stage-look.ts'
import type { SceneItem } from './scene.ts'

/** What a layer of shapes is drawn from. */
export interface ShapesScene {
  /** Bottom first. */
  readonly items: readonly SceneItem[]
  readonly labels: ReadonlyMap<LabelId, Label>
  readonly view: Viewport
  readonly stage: Size
  readonly look: StageLook
}

export interface RedrawPlan {
  /** What is there is moved by so much first, whole device pixels. */
  readonly shift: { readonly x: number; readonly y: number }
  /** Cleared and drawn again, CSS pixels on whole device pixels. */
  readonly regions: readonly Region[]
}

/** Apart these are drawn as so many boxes, beyond as one. */
const MOST_BOXES = 4

const boxOf = ({ screen: { x, y, width, height } }: SceneItem, dx = 0, dy = 0): Region => ({
  x0: x + dx - LINE,
  y0: y + dy - LINE,
  x1: x + dx + width + LINE,
  y1: y + dy + height + LINE,
})

/** Those that reach into the region. */
export const itemsIn = (items: readonly SceneItem[], region: Region): SceneItem[] =>
  items.filter((item) => meets(boxOf(item), region))

const wholeOf = (value: number): number | null => {
  const whole = Math.round(value)
  return Math.abs(value - whole) < 1e-4 ? whole : null
}

/** How far the view was panned, device pixels; null when it was zoomed or turned, or panned by a part of a pixel. */
export const shiftOf = (before: Viewport, now: Viewport, deviceRatio: number): RedrawPlan['shift'] | null => {
  if (before.scale !== now.scale || !isSameTurn(before, now)) return null
  const x = wholeOf((now.x - before.x) * deviceRatio)
  const y = wholeOf((now.y - before.y) * deviceRatio)
  return x === null || y === null ? null : { x, y }
}

/** What comes into sight, CSS pixels. */
export const stripsOf = ({ width, height }: Size, dx: number, dy: number): Region[] => {
  const all = { x0: 0, y0: 0, x1: width, y1: height }
  return [
    ...(dx > 0 ? [{ ...all, x1: dx }] : dx < 0 ? [{ ...all, x0: width + dx }] : []),
    ...(dy > 0 ? [{ ...all, y1: dy }] : dy < 0 ? [{ ...all, y0: height + dy }] : []),
  ]
}

/** Boxes of what came, went or changed, in the new view; null when objects changed places in the order. */
const changedBoxes = (before: ShapesScene, now: ShapesScene, dx: number, dy: number): Region[] | null => {
  const old = new Map<AnnotationId, { readonly item: SceneItem; readonly rank: number }>()
  before.items.forEach((item, rank) => old.set(item.annotation.id, { item, rank }))
  const whole = wholeStage(now.stage)
  const boxes: Region[] = []
  let last = -1
  for (const item of now.items) {
    const known = old.get(item.annotation.id)
    old.delete(item.annotation.id)
    if (known && known.rank < last) return null
    if (known) last = known.rank
    if (known?.item.annotation === item.annotation) continue
    // What was out of sight comes with the strips.
    if (known || meets(boxOf(item, -dx, -dy), whole)) boxes.push(boxOf(item))
    if (known) boxes.push(boxOf(known.item, dx, dy))
  }
  for (const { item } of old.values()) boxes.push(boxOf(item, dx, dy))
  return boxes.filter((box) => meets(box, whole))
}

/** Null when all is to be drawn anew. */
export const planRedraw = (before: ShapesScene, now: ShapesScene, deviceRatio: number): RedrawPlan | null => {
  const { stage } = now
  if (before.stage.width !== stage.width || before.stage.height !== stage.height) return null
  if (before.look !== now.look || before.labels !== now.labels) return null
  const shift = shiftOf(before.view, now.view, deviceRatio)
  if (!shift) return null
  const [dx, dy] = [shift.x / deviceRatio, shift.y / deviceRatio]
  const boxes = changedBoxes(before, now, dx, dy)
  if (!boxes) return null
  const united = uniteRegions(boxes)
  const dirty = [...stripsOf(stage, dx, dy), ...(boxes.length > MOST_BOXES && united ? [united] : boxes)]
  const regions = dirty
    .map((region) => onPixels(region, stage, deviceRatio))
    .filter(({ x0, y0, x1, y1 }) => x0 < x1 && y0 < y1)
  return { shift, regions }
}

/**
 * How long drawing takes, in vertices that can be told apart on screen and some for each shape: 1,000 of them take 3 ms
 * without a GPU.
 */
export const workOf = (items: readonly SceneItem[]): number =>
  items.reduce((sum, { annotation: { shape }, detail, screen }) => {
    if (detail === 'dot') return sum + 2
    const most = 1.2 * (screen.width + screen.height)
    const vertices =
      shape.type === 'polygon'
        ? shape.parts.reduce((count, { outer }) => count + outer.length, 0)
        : shape.type === 'polyline'
          ? shape.points.length
          : 4
    return sum + 8 + Math.min(vertices, most)
  }, 0)

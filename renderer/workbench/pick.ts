/** Ctrl on the stage, in image pixels: a click adds an object to the selection or takes it out, a drag adds a box of them. Pure. */
import type { Box } from '../../common/geometry/measure.ts'
import type { ImagePoint } from '../../common/geometry/point.ts'
import type { Annotation } from '../../common/model.ts'
import { distance, DRAG_THRESHOLD } from '../tools/gesture.ts'
import { annotationsAt } from '../tools/metrics.ts'
import { joined, mostlyIn, toggled, type Selected } from './selection.ts'

/** How far from an outline a click still means the shape, screen pixels. */
const OUTLINE_REACH = 4

export interface Pick {
  readonly start: ImagePoint
  readonly end: ImagePoint
  /** What was selected when it began; Esc goes back to it. */
  readonly before: Selected
  /** The pointer has moved so far that it is a box, and no click. */
  readonly isBox: boolean
}

export type PickStep =
  { readonly type: 'down' | 'move' | 'up'; readonly point: ImagePoint } | { readonly type: 'abort' }

export interface PickView extends Selected {
  /** Those that can be seen. */
  readonly visible: readonly Annotation[]
  /** Screen pixels an image pixel. */
  readonly scale: number
}

export const boxOf = ({ start, end }: Pick): Box => ({
  x: Math.min(start.x, end.x),
  y: Math.min(start.y, end.y),
  width: Math.abs(end.x - start.x),
  height: Math.abs(end.y - start.y),
})

/** What lies at a point: the smallest first, of equal ones the topmost. */
export const pickedAt = ({ visible, scale }: PickView, point: ImagePoint): Annotation[] =>
  annotationsAt(visible, point, OUTLINE_REACH / scale)

/** The gesture after the step, and the selection that is shown with it. */
export const stepPick = (
  pick: Pick | null,
  step: PickStep,
  seen: PickView,
): { readonly pick: Pick | null; readonly selected: Selected } => {
  if (step.type === 'down')
    return { pick: { start: step.point, end: step.point, before: seen, isBox: false }, selected: seen }
  if (!pick) return { pick, selected: seen }
  if (step.type === 'abort') return { pick: null, selected: pick.before }
  const isBox = pick.isBox || distance(pick.start, step.point) * seen.scale > DRAG_THRESHOLD
  const now = { ...pick, end: step.point, isBox }
  if (isBox)
    return {
      pick: step.type === 'up' ? null : now,
      selected: joined(pick.before, mostlyIn(seen.visible, boxOf(now))),
    }
  if (step.type === 'move') return { pick: now, selected: pick.before }
  const [target] = pickedAt(seen, pick.start)
  return { pick: null, selected: target ? toggled(pick.before, target.id) : pick.before }
}

/**
 * Tells where the pointer rests. Owns the wait: one place at a time, each once, none while nothing is wanted there.
 */
import type { ImagePoint } from '../../common/geometry/point.ts'
import type { ImageId } from '../../common/model.ts'
import { toolOf } from '../tools/tool-states.ts'
import type { WorkbenchStore } from './workbench-store.ts'

/** How long the pointer has to stay, ms: passing over objects asks nothing. */
const REST = 60

export interface RestPorts {
  /** Where it would be of use now; null where it would not. */
  readonly wanted: () => ImagePoint | null
  /** The pointer has stayed there. */
  readonly onRest: (point: ImagePoint) => void
}

export interface Rest {
  /** What `wanted` says may be another place now. */
  update(): void
  /** The place that is waited for or was told last; null when none is wanted. */
  awaited(): ImagePoint | null
  close(): void
}

export const isSamePoint = (a: ImagePoint, b: ImagePoint): boolean => a.x === b.x && a.y === b.y

/** The image's embedding is there: a click is a decode away. */
export const isAtHand = ({ inference }: Pick<WorkbenchStore, 'inference'>, imageId: ImageId): boolean =>
  inference?.ready.includes(imageId) === true

/** Where a click would be answered at once: the tool in hand asks the model, and waits for nothing. */
export const clickPoint = (state: WorkbenchStore): ImagePoint | null => {
  const { image, tool, tools, pointer, loading } = state
  const isFree = toolOf(tool).asks?.isFree(tools[tool]) === true
  if (!isFree || loading) return null
  return image && isAtHand(state, image.id) ? pointer : null
}

export const createRest = ({ wanted, onRest }: RestPorts): Rest => {
  let timer: ReturnType<typeof setTimeout> | undefined
  let awaited: ImagePoint | null = null
  return {
    update() {
      const point = wanted()
      if (point && awaited && isSamePoint(point, awaited)) return
      clearTimeout(timer)
      awaited = point
      if (point) timer = setTimeout(() => onRest(point), REST)
    },
    awaited: () => awaited,
    close: () => clearTimeout(timer),
  }
}

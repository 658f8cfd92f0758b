/** Reports where the pointer rests. Owns the wait: one place at a time, each once, none while nothing is wanted there. */
import type { ImagePoint } from '../../common/geometry/point.ts'

/** How long the pointer has to stay, ms: passing over objects asks nothing. */
const REST_MS = 60

export interface RestPorts {
  /** Where it would be of use now; null where it would not. */
  readonly wanted: () => ImagePoint | null
  /** The pointer has stayed there. */
  readonly onRest: (point: ImagePoint) => void
}

export interface Rest {
  /** To be called when `wanted` may have changed. */
  update(): void
  /** The place that is waited for or was reported last; null when none is wanted. */
  awaited(): ImagePoint | null
  close(): void
}

export const isSamePoint = (a: ImagePoint, b: ImagePoint): boolean => a.x === b.x && a.y === b.y

export const createRest = ({ wanted, onRest }: RestPorts): Rest => {
  let timer: ReturnType<typeof setTimeout> | undefined
  let awaited: ImagePoint | null = null
  return {
    update() {
      const point = wanted()
      if (point && awaited && isSamePoint(point, awaited)) return
      clearTimeout(timer)
      awaited = point
      if (point) timer = setTimeout(() => onRest(point), REST_MS)
    },
    awaited: () => awaited,
    close: () => clearTimeout(timer),
  }
}

/** A shape that is clicked vertex by vertex, while it is in the making. A press that is dragged moves the vertex that it has just set. */
import type { ImagePoint } from '../../common/geometry/point.ts'
import { distance, DRAG_THRESHOLD } from './gesture.ts'
import type { Snap } from './snap.ts'

export interface Tracing {
  readonly vertices: readonly ImagePoint[]
  /** Where the rubber band ends; null while the pointer is elsewhere. */
  readonly pointer: ImagePoint | null
  /** What the pointer does with the newest vertex. */
  readonly held: 'free' | 'pressed' | 'dragged'
  /** Where the pointer snaps to another object, while Shift is held. */
  readonly snap: Snap | null
}

/** @param scale screen pixels an image pixel */
export const isOnNewest = ({ vertices }: Tracing, point: ImagePoint, scale: number): boolean => {
  const newest = vertices.at(-1)
  return newest !== undefined && distance(newest, point) * scale <= DRAG_THRESHOLD
}

/** The pointer moves: the newest vertex with it, once its press has become a drag. */
export const moved = <State extends Tracing>(
  state: State,
  pointer: ImagePoint,
  snap: Snap | null,
  scale: number,
): State => {
  const { vertices, held } = state
  if (held === 'free' || vertices.length === 0) return { ...state, pointer, snap }
  if (held === 'pressed' && isOnNewest(state, pointer, scale)) return { ...state, pointer }
  return {
    ...state,
    pointer,
    snap,
    vertices: [...vertices.slice(0, -1), snap?.point ?? pointer],
    held: 'dragged',
  }
}

/** Of a tool whose shapes are traced: what is kept of one in the making when its image is left, or can't be stored. */
export const keptTracing = {
  shelved: <State extends Tracing>(state: State): State => ({
    ...state,
    pointer: null,
    snap: null,
    held: 'free',
  }),
  regained: <State extends Tracing>(before: State, now: State): State => ({
    ...(now.vertices.length === 0 ? before : now),
    held: 'free',
  }),
}

/** The select tool's cursor: what a press there would move. Pure. */
import type { Handle } from '../../../common/geometry/hit.ts'
import { isLocked } from '../../../common/locks.ts'
import type { Shape } from '../../../common/model.ts'
import type { StageView } from '../stage-view.ts'
import { gripAt, type Grip } from './grips.ts'
import type { SelectState } from './state.ts'

const resizes: Record<Handle, string> = {
  n: 'ns-resize',
  s: 'ns-resize',
  e: 'ew-resize',
  w: 'ew-resize',
  nw: 'nwse-resize',
  se: 'nwse-resize',
  ne: 'nesw-resize',
  sw: 'nesw-resize',
}

/** Round the clock, so that a turned rectangle's handles point where they pull. */
const clockwise = ['n', 'ne', 'e', 'se', 's', 'sw', 'w', 'nw'] as const satisfies Handle[]

const turnedHandle = (handle: Handle, angle: number): Handle =>
  clockwise[(clockwise.indexOf(handle) + Math.round(angle / (Math.PI / 4))) % 8]!

const cursorAt = (grip: Grip, shape: Shape): string => {
  switch (grip.type) {
    case 'turn':
      return 'grab'
    case 'vertex':
      return 'grab'
    case 'midpoint':
      return 'copy'
    case 'handle':
      return resizes[
        shape.type === 'rotated-rectangle' ? turnedHandle(grip.handle, shape.angle) : grip.handle
      ]
    case 'body':
      return 'move'
  }
}

const pulled: readonly Grip['type'][] = ['vertex', 'midpoint', 'turn']

export const cursorOf = ({ several, drag, making }: SelectState, seen: StageView): string => {
  if (several?.by) return 'move'
  // A press beside everything may be a click.
  if (making && !(making.type === 'lasso' && !making.dragged)) return 'crosshair'
  if (drag) return pulled.includes(drag.grip.type) ? 'grabbing' : cursorAt(drag.grip, drag.shape)
  const selected = seen.annotations.find(({ id }) => id === seen.selected)
  const isHeld = selected && isLocked(selected, (id) => seen.lockedLabels.has(id))
  const grip = selected && !isHeld && seen.pointer ? gripAt(selected.shape, seen.pointer, seen.scale) : null
  if (grip && selected) return cursorAt(grip, selected.shape)
  return seen.hovered === null ? 'default' : 'pointer'
}

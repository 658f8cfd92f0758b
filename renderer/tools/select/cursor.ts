/** The select tool's cursor: what a press there would move. Pure. */
import type { Handle } from '../../../common/geometry/hit.ts'
import { isLocked } from '../../../common/locks.ts'
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

const cursorAt = (grip: Grip): string => {
  switch (grip.type) {
    case 'vertex':
      return 'grab'
    case 'midpoint':
      return 'copy'
    case 'handle':
      return resizes[grip.handle]
    case 'body':
      return 'move'
  }
}

export const cursorOf = ({ several, drag, making }: SelectState, seen: StageView): string => {
  if (several?.by) return 'move'
  if (making) return 'crosshair'
  if (drag)
    return drag.grip.type === 'vertex' || drag.grip.type === 'midpoint' ? 'grabbing' : cursorAt(drag.grip)
  const selected = seen.annotations.find(({ id }) => id === seen.selected)
  const isHeld = selected && isLocked(selected, (id) => seen.lockedLabels.has(id))
  const grip = selected && !isHeld && seen.pointer ? gripAt(selected.shape, seen.pointer, seen.scale) : null
  if (grip) return cursorAt(grip)
  return seen.hovered === null ? 'default' : 'pointer'
}

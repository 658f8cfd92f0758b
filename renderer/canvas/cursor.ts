/** The mouse cursor of the tool in hand at a place. Pure. */
import type { Handle } from '../../common/geometry/hit.ts'
import type { WorkbenchStore } from '../state/workbench-store.ts'
import { gripAt, type Grip } from '../tools/grips.ts'

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

const cursorOf = (grip: Grip): string => {
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

export const cursorFor = (state: WorkbenchStore): string => {
  if (!state.image) return 'default'
  if (state.tool === 'rectangle') return state.pointer ? 'none' : 'crosshair'
  if (state.tool !== 'select') return 'crosshair'
  const { drag } = state.tools.select
  if (drag)
    return drag.grip.type === 'vertex' || drag.grip.type === 'midpoint' ? 'grabbing' : cursorOf(drag.grip)
  const selected = state.annotations.find(({ id }) => id === state.selected)
  const grip = selected && state.pointer ? gripAt(selected.shape, state.pointer, state.scale) : null
  if (grip) return cursorOf(grip)
  return state.hovered === null ? 'default' : 'pointer'
}

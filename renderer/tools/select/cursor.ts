/** The select tool's cursor: what a press there would move. Pure. */
import type { Handle } from '../../../common/geometry/hit.ts'
import { stepToScreen, type Viewport } from '../../../common/geometry/viewport.ts'
import { isLocked } from '../../../common/locks.ts'
import type { Shape } from '../../../common/model.ts'
import type { StageView } from '../stage-view.ts'
import { gripAt, type Grip } from './grips.ts'
import { isUndecided } from './making.ts'
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

/** Round the clock, so that handles of turned rectangles, and in turned views, point where they pull. */
const clockwise = ['n', 'ne', 'e', 'se', 's', 'sw', 'w', 'nw'] as const satisfies Handle[]

const seenHandle = (handle: Handle, angle: number, view: Viewport): Handle => {
  const turned = (clockwise.indexOf(handle) * Math.PI) / 4 + angle
  const { x, y } = stepToScreen(view, { x: Math.sin(turned), y: -Math.cos(turned) })
  return clockwise[(Math.round(Math.atan2(x, -y) / (Math.PI / 4)) + 8) % 8]!
}

const cursorAt = (grip: Grip, shape: Shape, view: Viewport): string => {
  switch (grip.type) {
    case 'turn':
      return 'grab'
    case 'vertex':
      return 'grab'
    case 'midpoint':
      return 'copy'
    case 'handle':
      return resizes[seenHandle(grip.handle, shape.type === 'rotated-rectangle' ? shape.angle : 0, view)]
    case 'body':
      return 'move'
  }
}

const pulled: readonly Grip['type'][] = ['vertex', 'midpoint', 'turn']

export const cursorOf = ({ several, drag, making }: SelectState, seen: StageView): string => {
  if (several?.by) return 'move'
  if (making && !isUndecided(making)) return 'crosshair'
  if (drag) return pulled.includes(drag.grip.type) ? 'grabbing' : cursorAt(drag.grip, drag.shape, seen.view)
  const selected = seen.annotations.find(({ id }) => id === seen.selected)
  const isHeld = selected && isLocked(selected, (id) => seen.lockedLabels.has(id))
  const grip = selected && !isHeld && seen.pointer ? gripAt(selected.shape, seen.pointer, seen.scale) : null
  if (grip && selected) return cursorAt(grip, selected.shape, seen.view)
  return seen.hovered === null ? 'default' : 'pointer'
}

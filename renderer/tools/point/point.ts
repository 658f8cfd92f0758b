/** The point tool as one object. */
import { CircleDot } from 'lucide-react'
import { drawShape } from '../../paint/paint.ts'
import { bareHint, introHint } from '../hint.ts'
import { drawSnap } from '../snap.ts'
import type { Tool } from '../tool.ts'
import { initial, step, type PointState } from './step.ts'
import { msg } from '../../../common/said.ts'

const intro = introHint(msg('Click the place of a point:'), msg('Click the place of a point.'))
const afterOne = bareHint(msg('move it'))

export const pointTool: Tool<PointState> = {
  id: 'point',
  label: msg('Point'),
  key: 'Shift+K',
  icon: CircleDot,
  isLesser: true,
  gestures: [{ keys: msg('Shift+click'), text: msg('Point: it snaps to the objects around') }],
  initial,
  step,
  inGesture: ({ held }) => held !== null,
  cursor: () => 'crosshair',
  drawn: (state, { pointer }) => [state, pointer],
  draw(context, { held, snap }, seen, { color }) {
    if (snap && seen.pointer) drawSnap(context, snap, seen)
    if (!held) return
    const { x, y } = snap?.point ?? held
    drawShape(
      context,
      seen.view,
      { type: 'point', x, y },
      { color, fill: 1, line: 2, halo: true, ants: true },
    )
  },
  hint: (_, { selected }) => (selected === null ? intro : afterOne),
}

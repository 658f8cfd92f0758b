/** The line tool as one object. */
import { Waypoints } from 'lucide-react'
import { draftHint, introHint, type HintPart } from '../hint.ts'
import type { Draft, Tool } from '../tool.ts'
import { many } from '../words.ts'
import { drawPolyline } from './draw.ts'
import { initial, LEAST_POINTS, step, type PolylineState } from './step.ts'

const begun: Draft = { complete: false, replaces: null }
const endable: Draft = { complete: true, replaces: null }

const inTheMaking = draftHint('undo point')
const intro = introHint('Click along a line; Enter, or a double click, ends it.')
const afterOne: readonly HintPart[] = [
  { keys: '1-9', text: 'other class', forClasses: true },
  { keys: 'Del', text: 'delete' },
  { keys: 'V', text: 'edit it' },
]

export const polylineTool: Tool<PolylineState> = {
  id: 'polyline',
  label: 'Line',
  key: 'Shift+P',
  icon: Waypoints,
  isLesser: true,
  gestures: [{ keys: 'Shift+click', text: 'Line: a point that snaps to the objects around' }],
  initial,
  step,
  draft({ points }) {
    if (points.length === 0) return null
    return points.length < LEAST_POINTS ? begun : endable
  },
  shelved: (state) => ({ ...state, pointer: null, snap: null, held: 'free' }),
  regained: (before, now) => ({ ...(now.points.length === 0 ? before : now), held: 'free' }),
  cursor: () => 'crosshair',
  drawn: (state, { pointer }) => [state, pointer],
  draw: drawPolyline,
  hint({ points }, { selected }) {
    if (points.length > 0) return inTheMaking
    return selected === null ? intro : afterOne
  },
  status: ({ points }) => (points.length > 0 ? many(points.length, 'point', 'points') : ''),
}

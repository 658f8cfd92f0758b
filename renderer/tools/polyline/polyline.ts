/** The line tool as one object. */
import { Waypoints } from 'lucide-react'
import { begun, complete } from '../drafts.ts'
import { bareHint, draftHint, introHint } from '../hint.ts'
import type { Tool } from '../tool.ts'
import { keptTracing } from '../tracing.ts'
import { many } from '../words.ts'
import { drawPolyline } from './draw.ts'
import { initial, LEAST_POINTS, step, type LineState } from './step.ts'

const inTheMaking = draftHint('undo point')
const intro = introHint('Click along a line; Enter, or a double click, ends it.')
const afterOne = bareHint('edit it')

export const polylineTool: Tool<LineState> = {
  id: 'polyline',
  label: 'Line',
  key: 'Shift+P',
  icon: Waypoints,
  isLesser: true,
  gestures: [
    { keys: 'Click on the end of a line', text: 'Line: continues it; with Shift a new one begins there' },
    { keys: 'Shift+click', text: 'Line: a point that snaps to the objects around' },
  ],
  initial,
  step,
  draft({ vertices }) {
    if (vertices.length === 0) return null
    return vertices.length < LEAST_POINTS ? begun : complete
  },
  ...keptTracing,
  cursor: () => 'crosshair',
  drawn: (state, { pointer }) => [state, pointer],
  draw: drawPolyline,
  hint({ vertices }, { selected }) {
    if (vertices.length > 0) return inTheMaking
    return selected === null ? intro : afterOne
  },
  status: ({ vertices }) => (vertices.length > 0 ? many(vertices.length, 'point', 'points') : ''),
}

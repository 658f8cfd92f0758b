/** The line tool as one object. */
import { Waypoints } from 'lucide-react'
import { begun, complete } from '../drafts.ts'
import { bareHint, draftHint, introHint } from '../hint.ts'
import type { Tool } from '../tool.ts'
import { keptTracing } from '../tracing.ts'
import { drawPolyline } from './draw.ts'
import { initial, LEAST_POINTS, step, type LineState } from './step.ts'
import { t } from '../../texts/t.ts'
import { msg } from '../../../common/said.ts'

const inTheMaking = draftHint(msg('undo point'))
const intro = introHint(msg('Click along a line; Enter, or a double click, ends it.'))
const afterOne = bareHint(msg('edit it'))

export const polylineTool: Tool<LineState> = {
  id: 'polyline',
  label: msg('Line'),
  key: 'Shift+P',
  icon: Waypoints,
  isLesser: true,
  gestures: [
    {
      keys: msg('Click on the end of a line'),
      text: msg('Line: continues it; with Shift a new one begins there'),
    },
    { keys: msg('Shift+click'), text: msg('Line: a point that snaps to the objects around') },
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
  status: ({ vertices }) =>
    vertices.length > 0
      ? t('{count, plural, one {# point} other {# points}}', { count: vertices.length })
      : '',
}

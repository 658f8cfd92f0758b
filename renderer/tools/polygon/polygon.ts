/** The polygon tool as one object. */
import { Pentagon } from 'lucide-react'
import { begun, complete } from '../drafts.ts'
import { draftHint, drawnHint, introHint } from '../hint.ts'
import { draftOnto, ontoHint } from '../onto.ts'
import type { Tool } from '../tool.ts'
import { keptTracing } from '../tracing.ts'
import { drawPolygon } from './draw.ts'
import { initial, MIN_VERTICES, step, type PolygonState } from './step.ts'
import { t } from '../../texts/t.ts'
import { msg } from '../../../common/said.ts'

const inTheMaking = draftHint(msg('undo vertex'))
const intro = introHint(msg('Click the corners; click the first again, or Enter, to close.'))

export const polygonTool: Tool<PolygonState> = {
  id: 'polygon',
  label: msg('Polygon'),
  key: 'P',
  icon: Pentagon,
  gestures: [{ keys: msg('Shift+click'), text: msg('Polygon: a vertex that snaps to the objects around') }],
  initial,
  step,
  draft({ vertices, onto }) {
    if (vertices.length === 0) return null
    if (onto) return draftOnto(onto, vertices.length >= MIN_VERTICES)
    return vertices.length < MIN_VERTICES ? begun : complete
  },
  ...keptTracing,
  cursor: () => 'crosshair',
  drawn: (state, { pointer }) => [state, pointer],
  draw: drawPolygon,
  hint({ vertices, onto }, { selected }) {
    if (vertices.length > 0) return onto ? ontoHint(onto, msg('undo vertex')) : inTheMaking
    return selected === null ? intro : drawnHint
  },
  status: ({ vertices }) =>
    vertices.length > 0
      ? t('{count, plural, one {# vertex} other {# vertices}}', { count: vertices.length })
      : '',
}

/** The polygon tool as one object. */
import { Pentagon } from 'lucide-react'
import { many } from '../words.ts'
import { draftHint, drawnHint, introHint } from '../hint.ts'
import { draftOnto, ontoHint } from '../onto.ts'
import type { Draft, Tool } from '../tool.ts'
import { drawPolygon } from './draw.ts'
import { initial, MIN_VERTICES, step, type PolygonState } from './step.ts'

const begun: Draft = { complete: false, replaces: null }
const closable: Draft = { complete: true, replaces: null }

const inTheMaking = draftHint('undo vertex')
const intro = introHint('Click the corners; click the first again, or Enter, to close.')

export const polygonTool: Tool<PolygonState> = {
  id: 'polygon',
  label: 'Polygon',
  key: 'P',
  icon: Pentagon,
  gestures: [{ keys: 'Shift+click', text: 'Polygon: a vertex that snaps to the objects around' }],
  initial,
  step,
  draft({ vertices, onto }) {
    if (vertices.length === 0) return null
    if (onto) return draftOnto(onto, vertices.length >= MIN_VERTICES)
    return vertices.length < MIN_VERTICES ? begun : closable
  },
  shelved: (state) => ({ ...state, pointer: null, snap: null, held: 'free' }),
  regained: (before, now) => ({ ...(now.vertices.length === 0 ? before : now), held: 'free' }),
  cursor: () => 'crosshair',
  drawn: (state, { pointer }) => [state, pointer],
  draw: drawPolygon,
  hint({ vertices, onto }, { selected }) {
    if (vertices.length > 0) return onto ? ontoHint(onto, 'undo vertex') : inTheMaking
    return selected === null ? intro : drawnHint
  },
  status: ({ vertices }) => (vertices.length > 0 ? many(vertices.length, 'vertex', 'vertices') : ''),
}

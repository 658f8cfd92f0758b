/** The brush and eraser as one object. */
import { Brush } from 'lucide-react'
import type { HintPart } from '../hint.ts'
import { introHint } from '../hint.ts'
import { releaseHint } from '../onto.ts'
import type { Tool } from '../tool.ts'
import { brushRegion, drawBrushTool } from './draw.ts'
import { initial, step, type BrushState } from './step.ts'
import { msg } from '../../../common/said.ts'
import { t } from '../../texts/t.ts'

const size: HintPart = { keys: msg('[ ]'), text: msg('size') }
const intro: readonly HintPart[] = [...introHint(msg('Paint an object:'), msg('Paint an object.')), size]
const onSelected: readonly HintPart[] = [
  msg('Paint to add'),
  { keys: 'Alt', text: msg('erase') },
  size,
  { action: 'cancel', text: msg('a new object') },
]

export const brushTool: Tool<BrushState> = {
  id: 'brush',
  label: msg('Brush and eraser'),
  key: 'B',
  icon: Brush,
  gestures: [
    { keys: msg('Drag'), text: msg('Brush: paint onto the selected object, or a new one') },
    { keys: msg('Alt+drag, right drag'), text: msg('Brush: erase from the selected object') },
    { keys: msg('Alt+wheel'), text: msg('Brush: its size') },
  ],
  paintsSelection: true,
  hasSize: true,
  usesRightButton: true,
  initial,
  step,
  inGesture: ({ stroke }) => stroke !== null,
  // The brush that is drawn around the pointer takes the cursor's place.
  cursor: (_, { pointer }) => (pointer ? 'none' : 'crosshair'),
  drawn: (state, { pointer, brushSize }) => [state, pointer, brushSize],
  draw: drawBrushTool,
  region: brushRegion,
  hint({ stroke }, { selected }) {
    if (stroke?.onto) return releaseHint(stroke.onto)
    return selected === null ? intro : onSelected
  },
  status: (_, { brushSize }) => t('Brush of {brushSize} pixels', { brushSize }),
}

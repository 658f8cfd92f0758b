/** The brush and eraser as one object. */
import { Brush } from 'lucide-react'
import type { HintPart } from '../hint.ts'
import { introHint } from '../hint.ts'
import { releaseHint } from '../onto.ts'
import type { Tool } from '../tool.ts'
import { brushRegion, drawBrushTool } from './draw.ts'
import { initial, step, type BrushState } from './step.ts'

const size: HintPart = { keys: '[ ]', text: 'size' }
const intro: readonly HintPart[] = [...introHint('Paint an object:', 'Paint an object.'), size]
const onSelected: readonly HintPart[] = [
  'Paint to add',
  { keys: 'Alt', text: 'erase' },
  size,
  { action: 'cancel', text: 'a new object' },
]

export const brushTool: Tool<BrushState> = {
  id: 'brush',
  label: 'Brush and eraser',
  key: 'B',
  icon: Brush,
  gestures: [
    { keys: 'Drag', text: 'Brush: paint onto the selected object, or a new one' },
    { keys: 'Alt+drag, right drag', text: 'Brush: erase from the selected object' },
    { keys: 'Alt+wheel', text: 'Brush: its size' },
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
  status: (_, { brushSize }) => `Brush of ${brushSize} pixels`,
}

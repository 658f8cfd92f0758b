/** The rectangle tool as one object. */
import { Square } from 'lucide-react'
import { drawnHint, introHint } from '../hint.ts'
import { releaseHint } from '../onto.ts'
import type { Tool } from '../tool.ts'
import { initial, type BoxDragState } from '../box-drag.ts'
import { drawBoxDrag } from '../box-drag-draw.ts'
import { asDrawn, step } from './step.ts'
import { msg } from '../../../common/said.ts'

const intro = introHint(msg('Drag a rectangle:'), msg('Drag a rectangle.'))

export const rectangleTool: Tool<BoxDragState> = {
  id: 'rectangle',
  label: msg('Rectangle'),
  key: 'R',
  icon: Square,
  gestures: [{ keys: msg('Shift+drag'), text: msg('Rectangle: a square, while nothing is selected') }],
  initial,
  step,
  inGesture: ({ drag }) => drag !== null,
  // The crosshair that is drawn through the pointer takes the cursor's place.
  cursor: (_, { pointer }) => (pointer ? 'none' : 'crosshair'),
  drawn: (state, { pointer }) => [state, pointer],
  draw: (context, state, seen, look) => drawBoxDrag(context, state, seen, look, asDrawn),
  hint({ drag }, { selected }) {
    if (drag?.onto) return releaseHint(drag.onto)
    return selected === null ? intro : drawnHint
  },
}

/** The ellipse tool as one object. */
import { Ellipse } from 'lucide-react'
import { ellipseIn } from '../../../common/geometry/ellipse.ts'
import { initial, type BoxDragState } from '../box-drag.ts'
import { drawBoxDrag } from '../box-drag-draw.ts'
import { drawnHint, introHint } from '../hint.ts'
import { releaseHint } from '../onto.ts'
import type { Tool } from '../tool.ts'
import { step } from './step.ts'
import { msg } from '../../../common/said.ts'

const intro = introHint(
  msg('Drag the box around an ellipse, with Shift a circle:'),
  msg('Drag the box around an ellipse, with Shift a circle.'),
)

export const ellipseTool: Tool<BoxDragState> = {
  id: 'ellipse',
  label: msg('Ellipse and circle'),
  key: 'Alt+O',
  icon: Ellipse,
  isLesser: true,
  gestures: [{ keys: msg('Shift+drag'), text: msg('Ellipse: a circle, while nothing is selected') }],
  initial,
  step,
  inGesture: ({ drag }) => drag !== null,
  // The crosshair that is drawn through the pointer takes the cursor's place.
  cursor: (_, { pointer }) => (pointer ? 'none' : 'crosshair'),
  drawn: (state, { pointer }) => [state, pointer],
  draw: (context, state, seen, look) => drawBoxDrag(context, state, seen, look, ellipseIn),
  hint({ drag }, { selected }) {
    if (drag?.onto) return releaseHint(drag.onto)
    return selected === null ? intro : drawnHint
  },
}

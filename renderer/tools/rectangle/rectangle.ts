/** The rectangle tool as one object. */
import { Square } from 'lucide-react'
import { drawnHint, introHint } from '../hint.ts'
import { releaseHint } from '../onto.ts'
import type { Tool } from '../tool.ts'
import { drawRectangle } from './draw.ts'
import { initial, step, type RectangleState } from './step.ts'

const intro = introHint('Drag a rectangle:', 'Drag a rectangle.')

export const rectangleTool: Tool<RectangleState> = {
  id: 'rectangle',
  label: 'Rectangle',
  key: 'R',
  icon: Square,
  gestures: [{ keys: 'Shift+drag', text: 'Rectangle: a square, while nothing is selected' }],
  initial,
  step,
  inGesture: ({ drag }) => drag !== null,
  // The crosshair that is drawn through the pointer takes the cursor's place.
  cursor: (_, { pointer }) => (pointer ? 'none' : 'crosshair'),
  drawn: (state, { pointer }) => [state, pointer],
  draw: drawRectangle,
  hint({ drag }, { selected }) {
    if (drag?.onto) return releaseHint(drag.onto)
    return selected === null ? intro : drawnHint
  },
}

/** The rotated rectangle tool as one object. */
import { Diamond } from 'lucide-react'
import { begun, complete } from '../drafts.ts'
import { drawnHint, introHint, type HintPart } from '../hint.ts'
import { draftOnto } from '../onto.ts'
import type { Tool } from '../tool.ts'
import { drawRotated } from './draw.ts'
import { initial, step, type RotatedState } from './step.ts'

const intro = introHint(
  'Click both ends of one side, then the opposite side:',
  'Click both ends of one side, then the opposite side.',
)
const forEnd: readonly HintPart[] = [
  'Click the other end of the side',
  { keys: 'Shift', text: 'by 15 degrees' },
  { action: 'cancel', text: 'drop' },
]
const forSide: readonly HintPart[] = [
  'Click where the opposite side lies',
  { action: 'back', text: 'undo click' },
  { action: 'cancel', text: 'drop' },
]

export const rotatedTool: Tool<RotatedState> = {
  id: 'rotated',
  label: 'Rotated rectangle',
  key: 'Shift+O',
  icon: Diamond,
  isLesser: true,
  gestures: [
    { keys: 'Click, click, click', text: 'Rotated rectangle: both ends of a side, then the opposite side' },
  ],
  initial,
  step,
  draft({ ends, onto }) {
    if (ends.length === 0) return null
    if (onto) return draftOnto(onto, ends.length === 2)
    return ends.length === 2 ? complete : begun
  },
  shelved: (state) => ({ ...state, pointer: null, isHeld: false }),
  regained: (before, now) => ({ ...(now.ends.length === 0 ? before : now), isHeld: false }),
  cursor: () => 'crosshair',
  drawn: (state, { pointer }) => [state, pointer],
  draw: drawRotated,
  hint({ ends }, { selected }) {
    if (ends.length > 0) return ends.length === 1 ? forEnd : forSide
    return selected === null ? intro : drawnHint
  },
}

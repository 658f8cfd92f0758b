/** The rotated rectangle tool as one object. */
import { Diamond } from 'lucide-react'
import { begun, complete } from '../drafts.ts'
import { drawnHint, introHint, type HintPart } from '../hint.ts'
import { draftOnto } from '../onto.ts'
import type { Tool } from '../tool.ts'
import { drawRotated } from './draw.ts'
import { initial, step, type RotatedState } from './step.ts'
import { msg } from '../../../common/said.ts'

const intro = introHint(
  msg('Click both ends of one side, then the opposite side:'),
  msg('Click both ends of one side, then the opposite side.'),
)
const forEnd: readonly HintPart[] = [
  msg('Click the other end of the side'),
  { keys: 'Shift', text: msg('by 15 degrees') },
  { action: 'cancel', text: msg('drop') },
]
const forSide: readonly HintPart[] = [
  msg('Click where the opposite side lies'),
  { action: 'back', text: msg('undo click') },
  { action: 'cancel', text: msg('drop') },
]

export const rotatedTool: Tool<RotatedState> = {
  id: 'rotated',
  label: msg('Rotated rectangle'),
  key: 'Shift+O',
  icon: Diamond,
  isLesser: true,
  gestures: [
    {
      keys: msg('Click, click, click'),
      text: msg('Rotated rectangle: both ends of a side, then the opposite side'),
    },
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

/** A tool as a newcomer would add it: each press is a mark, Enter makes a rectangle from the first mark to the last. */
import { Stamp } from 'lucide-react'
import type { ImagePoint } from '../../../common/geometry/point.ts'
import { toScreen } from '../../../common/geometry/viewport.ts'
import type { ToolContext, ToolEvent } from '../../../renderer/tools/events.ts'
import { handMade } from '../../../renderer/tools/hand-made.ts'
import { draftHint, introHint } from '../../../renderer/tools/hint.ts'
import { stay, type Step, type Tool } from '../../../renderer/tools/tool.ts'

interface StampState {
  readonly marks: readonly ImagePoint[]
}

const initial: StampState = { marks: [] }

const step = ({ marks }: StampState, event: ToolEvent, context: ToolContext): Step<StampState> => {
  switch (event.type) {
    case 'down':
      return stay({ marks: [...marks, event.point] })
    case 'back':
      return stay({ marks: marks.slice(0, -1) })
    case 'cancel':
      return stay(initial)
    case 'confirm': {
      const [first, last] = [marks[0], marks.at(-1)]
      if (!first || !last) return stay({ marks })
      const size = { width: last.x - first.x, height: last.y - first.y }
      const object = handMade({ type: 'rectangle', ...first, ...size }, event.labelId)
      return stay(initial, { type: 'add', object })
    }
    case 'answered':
      throw new Error(`The toy asked nothing of the model about image ${context.imageId}.`)
    default:
      return stay({ marks })
  }
}

const drafts = [1, 2].map((marks) => ({ complete: marks > 1, replaces: null }))
const intro = introHint('Stamp two corners.')
const inTheMaking = draftHint('undo mark')

export const toyTool: Tool<StampState> = {
  id: 'toy',
  label: 'Stamp corners',
  key: 'T',
  icon: Stamp,
  gestures: [{ keys: 'Press', text: 'Stamp: a corner' }],
  initial,
  step,
  draft: ({ marks }) => drafts[Math.min(2, marks.length) - 1] ?? null,
  shelved: (state) => state,
  regained: (before, now) => (now.marks.length === 0 ? before : now),
  cursor: ({ marks }) => (marks.length > 0 ? 'copy' : 'cell'),
  drawn: ({ marks }) => [marks],
  draw(context, { marks }, { view }, { color }) {
    context.fillStyle = color
    for (const mark of marks) {
      const { x, y } = toScreen(view, mark)
      context.fillRect(x - 1, y - 1, 2, 2)
    }
  },
  region: ({ marks }) => (marks.length > 0 ? { x0: 0, y0: 0, x1: 50, y1: 50 } : null),
  hint: ({ marks }) => (marks.length > 0 ? inTheMaking : intro),
  status: ({ marks }) => `${marks.length} marks`,
}

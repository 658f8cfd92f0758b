/** The select tool as one object. */
import { MousePointer2 } from 'lucide-react'
import type { Annotation } from '../../../common/model.ts'
import { introHint, type HintPart } from '../hint.ts'
import type { StageView } from '../stage-view.ts'
import type { Tool } from '../tool.ts'
import { cursorOf } from './cursor.ts'
import { drawName } from './draw.ts'
import { initial, selectedVertex, step, takesArrows, type SelectState } from './step.ts'

const refine: readonly HintPart[] = [
  { keys: 'E', text: 'refine with the model' },
  { keys: 'Z', text: 'look closer' },
]
const nudge: HintPart = { keys: 'Arrows', text: 'move by 1 px' }
const forSelected: readonly HintPart[] = [
  ...refine,
  { keys: 'Del', text: 'delete object' },
  { text: 'drag to move' },
]
const forGrabbed: readonly HintPart[] = [nudge, ...refine, { keys: 'Del', text: 'delete object' }]
const forVertex: readonly HintPart[] = [nudge, ...refine, { keys: 'Del', text: 'delete vertex' }]
const intro = introHint('Click an object to edit it.')

const selectedOf = ({ annotations, selected }: StageView): Annotation | null =>
  annotations.find(({ id }) => id === selected) ?? null

/** The annotation that is edited: the one that is dragged, or else the selected one. */
const edited = (state: SelectState, { annotations, selected, hiddenLabels }: StageView) => {
  const id = state.drag?.from.id ?? selected
  const annotation = annotations.find((other) => other.id === id)
  return annotation && !hiddenLabels.has(annotation.labelId) ? annotation : null
}

export const selectTool: Tool<SelectState> = {
  id: 'select',
  label: 'Select and edit',
  key: 'V',
  icon: MousePointer2,
  gestures: [{ keys: 'Click on a vertex, an edge’s middle', text: 'Select: move it, add a vertex' }],
  editsSelection: true,
  initial,
  step,
  inGesture: ({ drag }) => drag !== null,
  takesArrows,
  cursor: cursorOf,
  handles: {
    on: edited,
    shown: ({ drag, vertex }, annotation) => ({
      shape: drag?.shape ?? annotation.shape,
      // In a drag the vertex may be one that only the dragged shape has.
      vertex: drag ? (vertex?.ref ?? null) : selectedVertex({ vertex }, annotation),
    }),
  },
  drawn: (state, { selected, annotations, hiddenLabels }) => [state, selected, annotations, hiddenLabels],
  draw(context, state, seen, look) {
    const annotation = edited(state, seen)
    if (annotation) drawName(context, state.drag?.shape ?? annotation.shape, annotation.labelId, seen, look)
  },
  hint(state, seen) {
    if (seen.selected === null) return intro
    if (selectedVertex(state, selectedOf(seen))) return forVertex
    return takesArrows(state) ? forGrabbed : forSelected
  },
  status: (_, { selected }) => (selected === null ? 'Nothing is selected' : 'One object is selected'),
}

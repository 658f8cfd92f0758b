/** The select tool as one object. */
import { MousePointer2 } from 'lucide-react'
import { isLocked } from '../../../common/locks.ts'
import type { Annotation } from '../../../common/model.ts'
import { introHint, type HintPart } from '../hint.ts'
import { isHidden, type StageView } from '../stage-view.ts'
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
const forLocked: readonly HintPart[] = [{ text: 'Locked:' }, { keys: 'L', text: 'unlock' }]
const intro = introHint('Click an object to edit it.')

const selectedOf = ({ annotations, selected }: StageView): Annotation | null =>
  annotations.find(({ id }) => id === selected) ?? null

const isHeld = (annotation: Annotation, { lockedLabels }: StageView) =>
  isLocked(annotation, (id) => lockedLabels.has(id))

/** The annotation that is edited, and not locked: the one that is dragged, or else the selected one. */
const edited = (state: SelectState, seen: StageView) => {
  const { annotations, selected } = seen
  const id = state.drag?.from.id ?? selected
  const annotation = annotations.find((other) => other.id === id)
  return annotation && !isHidden(seen, annotation) && !isHeld(annotation, seen) ? annotation : null
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
  drawn: (state, { selected, annotations, hiddenLabels, hiddenObjects, lockedLabels }) => [
    state,
    selected,
    annotations,
    hiddenLabels,
    hiddenObjects,
    lockedLabels,
  ],
  draw(context, state, seen, look) {
    const annotation = edited(state, seen)
    if (annotation) drawName(context, state.drag?.shape ?? annotation.shape, annotation.labelId, seen, look)
  },
  hint(state, seen) {
    if (seen.selected === null) return intro
    const annotation = selectedOf(seen)
    if (annotation && isHeld(annotation, seen)) return forLocked
    if (selectedVertex(state, annotation)) return forVertex
    return takesArrows(state) ? forGrabbed : forSelected
  },
  status: (_, { selected }) => (selected === null ? 'Nothing is selected' : 'One object is selected'),
}

/** The select tool as one object. */
import { MousePointer2 } from 'lucide-react'
import { hasArea } from '../../../common/geometry/measure.ts'
import { isLocked } from '../../../common/locks.ts'
import type { Annotation } from '../../../common/model.ts'
import { introHint, type HintPart } from '../hint.ts'
import { drawSnap } from '../snap.ts'
import { isHidden, type StageView } from '../stage-view.ts'
import type { Draft, Tool } from '../tool.ts'
import { cursorOf } from './cursor.ts'
import { drawMaking, selectRegion } from './draw.ts'
import type { Making } from './making.ts'
import { drawSeveral } from './several.ts'
import { drawShared } from './shared.ts'
import { initial, selectedRing, selectedVertices, type SelectState } from './state.ts'
import { step, takesArrows } from './step.ts'

const refine: readonly HintPart[] = [
  { action: 'refine', text: 'refine with the model' },
  { action: 'zoom-refine', text: 'look closer' },
]
const nudge: HintPart = { keys: 'Arrows', text: 'move by 1 px' }
const forSelected: readonly HintPart[] = [
  ...refine,
  { keys: 'Shift', text: 'redraw, cut' },
  { keys: 'Alt+Shift', text: 'choose vertices' },
  { action: 'delete', text: 'delete object' },
]
/** Of points and lines: nothing that asks for an inside. */
const forBare: readonly HintPart[] = [
  { keys: 'Drag', text: 'move it' },
  { action: 'delete', text: 'delete object' },
]
const forBareGrabbed: readonly HintPart[] = [nudge, { action: 'delete', text: 'delete object' }]
const forBareVertex: readonly HintPart[] = [nudge, { action: 'delete', text: 'delete vertex' }]
const forTurned: readonly HintPart[] = [
  'Drag the round handle to turn it',
  { keys: 'Shift', text: 'by 15 degrees' },
  { action: 'delete', text: 'delete object' },
]
const forGrabbed: readonly HintPart[] = [nudge, ...refine, { action: 'delete', text: 'delete object' }]
const forVertex: readonly HintPart[] = [nudge, ...refine, { action: 'delete', text: 'delete vertex' }]
const forVertices: readonly HintPart[] = [
  nudge,
  { keys: 'Drag', text: 'move them all' },
  { action: 'delete', text: 'delete them' },
  { action: 'cancel', text: 'leave them' },
]
const forDraggedVertex: readonly HintPart[] = [
  { keys: 'Shift', text: 'snap to the objects around' },
  { action: 'cancel', text: 'drop' },
]
const forLocked: readonly HintPart[] = [{ text: 'Locked:' }, { action: 'lock', text: 'unlock' }]
const forPart: readonly HintPart[] = [
  { action: 'delete', text: 'delete this part' },
  { action: 'cancel', text: 'leave it' },
]
const forHole: readonly HintPart[] = [
  { action: 'delete', text: 'delete this hole' },
  { action: 'cancel', text: 'leave it' },
]
const hintsOfMaking: Readonly<Record<Making['type'], readonly HintPart[]>> = {
  redraw: [
    'Draw or click to another point of the outline: the shorter side is replaced',
    { action: 'back', text: 'undo point' },
    { action: 'cancel', text: 'drop' },
  ],
  cut: ['Across the object: release to cut it in two', { action: 'cancel', text: 'drop' }],
  lasso: ['Around vertices: release to choose them', { action: 'cancel', text: 'drop' }],
  erase: ['Release: these vertices are deleted', { action: 'cancel', text: 'drop' }],
}
/** Neither Enter nor a digit ends it: the outline does. */
const redrawing: Draft = { complete: false, replaces: null }
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
  gestures: [
    { keys: 'Click on a vertex, an edge’s middle', text: 'Select: move it, add a vertex' },
    { keys: 'Shift, while a vertex is dragged', text: 'Select: it snaps to the objects around' },
    { keys: 'Drag one of several selected', text: 'Select: move them all' },
    { keys: 'Double click on an edge', text: 'Select: add a vertex there' },
    { keys: 'Alt+click, Alt+drag on vertices', text: 'Select: delete them' },
    {
      keys: 'Drag beside it, Alt+Shift+drag',
      text: 'Select: choose the vertices it goes round; Alt+Shift+click: one more',
    },
    { keys: 'Drag the round handle', text: 'Select: turn a rotated rectangle; Shift: by 15 degrees' },
    {
      keys: 'Shift+drag from the outline',
      text: 'Select: redraw it up to where the drag ends; Shift+click: by clicks',
    },
    { keys: 'Shift+drag beside it', text: 'Select: cut the object in two by a line' },
    { keys: 'Click on a hole, a part', text: 'Select: choose it, to delete it alone' },
  ],
  editsSelection: true,
  initial,
  step,
  draft: ({ making }) => (making?.type === 'redraw' ? redrawing : null),
  inGesture: ({ drag, making, several }) => drag !== null || making !== null || several !== null,
  takesArrows,
  cursor: cursorOf,
  handles: {
    on: edited,
    shown: ({ drag, vertices, ring, making }, annotation) => ({
      shape: drag?.shape ?? (making?.type === 'erase' ? making.shape : annotation.shape),
      ring: selectedRing({ ring }, annotation),
      // In a drag the vertex may be one that only the dragged shape has.
      vertices: drag ? (vertices?.refs ?? []) : selectedVertices({ vertices }, annotation),
    }),
  },
  drawn: ({ making, several, drag }, { selection, annotations, lockedLabels }) => [
    making,
    drag?.snap,
    drag?.also,
    ...(several ? [several, selection, annotations, lockedLabels] : []),
  ],
  region: selectRegion,
  draw(context, state, seen, look) {
    drawMaking(context, state, seen)
    if (state.several) drawSeveral(context, state.several, seen, look)
    if (state.drag) drawShared(context, state.drag.also, seen, look)
    if (state.drag?.snap) drawSnap(context, state.drag.snap, seen)
  },
  hint(state, seen) {
    if (seen.selected === null) return intro
    const annotation = selectedOf(seen)
    if (annotation && isHeld(annotation, seen)) return forLocked
    if (state.making) return hintsOfMaking[state.making.type]
    if (state.drag?.moved && (state.drag.grip.type === 'vertex' || state.drag.grip.type === 'midpoint'))
      return forDraggedVertex
    const ring = selectedRing(state, annotation)
    if (ring) return ring.ring === 0 ? forPart : forHole
    const chosen = selectedVertices(state, annotation).length
    const isBare = annotation !== null && !hasArea(annotation.shape)
    if (chosen > 1) return forVertices
    if (chosen === 1) return isBare ? forBareVertex : forVertex
    if (isBare) return takesArrows(state) ? forBareGrabbed : forBare
    if (annotation?.shape.type === 'rotated-rectangle') return forTurned
    return takesArrows(state) ? forGrabbed : forSelected
  },
  status: (_, { selected }) => (selected === null ? 'Nothing is selected' : 'One object is selected'),
}

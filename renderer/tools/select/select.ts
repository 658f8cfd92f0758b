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
import { isUndecided, type Making } from './making.ts'
import { drawSeveral } from './several.ts'
import { drawShared } from './shared.ts'
import { initial, selectedRing, selectedVertices, type SelectState } from './state.ts'
import { step, takesArrows } from './step.ts'
import { msg } from '../../../common/said.ts'
import { t } from '../../texts/t.ts'

const refine: readonly HintPart[] = [
  { action: 'refine', text: msg('refine with the model') },
  { action: 'zoom-refine', text: msg('look closer') },
]
const nudge: HintPart = { keys: msg('Arrows'), text: msg('move by 1 px') }
const forSelected: readonly HintPart[] = [
  ...refine,
  { keys: 'Shift', text: msg('redraw, cut') },
  { keys: msg('Alt+Shift'), text: msg('choose vertices') },
  { action: 'delete', text: msg('delete object') },
]
/** It has handles and no vertices to choose. */
const forRectangle: readonly HintPart[] = [
  ...refine,
  { keys: 'Shift', text: msg('redraw, cut') },
  { action: 'delete', text: msg('delete object') },
]
/** Of points and lines: nothing that asks for an inside. */
const forBare: readonly HintPart[] = [
  { keys: msg('Drag'), text: msg('move it') },
  { action: 'delete', text: msg('delete object') },
]
const forBareGrabbed: readonly HintPart[] = [nudge, { action: 'delete', text: msg('delete object') }]
const forBareVertex: readonly HintPart[] = [nudge, { action: 'delete', text: msg('delete vertex') }]
const forTurned: readonly HintPart[] = [
  msg('Drag the round handle to turn it'),
  { keys: 'Shift', text: msg('by 15 degrees') },
  { action: 'delete', text: msg('delete object') },
]
const forGrabbed: readonly HintPart[] = [nudge, ...refine, { action: 'delete', text: msg('delete object') }]
const forVertex: readonly HintPart[] = [nudge, ...refine, { action: 'delete', text: msg('delete vertex') }]
const forVertices: readonly HintPart[] = [
  nudge,
  { keys: msg('Drag'), text: msg('move them all') },
  { action: 'delete', text: msg('delete them') },
  { action: 'cancel', text: msg('leave them') },
]
const forDraggedVertex: readonly HintPart[] = [
  { keys: 'Shift', text: msg('snap to the objects around') },
  { action: 'cancel', text: msg('drop') },
]
const forLocked: readonly HintPart[] = [{ text: msg('Locked:') }, { action: 'lock', text: msg('unlock') }]
/** Its own key would not free it. */
const forLockedClass: readonly HintPart[] = [{ text: msg('Locked with its class') }]
const forPart: readonly HintPart[] = [
  { action: 'delete', text: msg('delete this part') },
  { action: 'cancel', text: msg('leave it') },
]
const forHole: readonly HintPart[] = [
  { action: 'delete', text: msg('delete this hole') },
  { action: 'cancel', text: msg('leave it') },
]
const hintsOfMaking: Readonly<Record<Making['type'], readonly HintPart[]>> = {
  redraw: [
    msg('Draw or click to another point of the outline: the shorter side is replaced'),
    { action: 'back', text: msg('undo point') },
    { action: 'cancel', text: msg('drop') },
  ],
  cut: [msg('Across the object: release to cut it in two'), { action: 'cancel', text: msg('drop') }],
  lasso: [msg('Around vertices: release to choose them'), { action: 'cancel', text: msg('drop') }],
  erase: [msg('Release: these vertices are deleted'), { action: 'cancel', text: msg('drop') }],
}
/** Neither Enter nor a digit ends it: the outline does. */
const redrawing: Draft = { complete: false, replaces: null }
const intro = introHint(msg('Click an object to edit it.'))

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
  label: msg('Select and edit'),
  key: 'V',
  icon: MousePointer2,
  gestures: [
    { keys: msg('Click on a vertex, an edge’s middle'), text: msg('Select: move it, add a vertex') },
    { keys: msg('Shift, while a vertex is dragged'), text: msg('Select: it snaps to the objects around') },
    { keys: msg('Drag one of several selected'), text: msg('Select: move them all') },
    { keys: msg('Double click on an edge'), text: msg('Select: add a vertex there') },
    { keys: msg('Alt+click, Alt+drag on vertices'), text: msg('Select: delete them') },
    {
      keys: msg('Drag beside it, Alt+Shift+drag'),
      text: msg('Select: choose the vertices it goes round; Alt+Shift+click: one more'),
    },
    {
      keys: msg('Drag the round handle'),
      text: msg('Select: turn a rotated rectangle; Shift: by 15 degrees'),
    },
    {
      keys: msg('Shift+drag from the outline'),
      text: msg('Select: redraw it up to where the drag ends; Shift+click: by clicks'),
    },
    { keys: msg('Shift+drag beside it'), text: msg('Select: cut the object in two by a line') },
    { keys: msg('Click on a hole, a part'), text: msg('Select: choose it, to delete it alone') },
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
    if (annotation && isHeld(annotation, seen)) return annotation.locked ? forLocked : forLockedClass
    if (state.making && !isUndecided(state.making)) return hintsOfMaking[state.making.type]
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
    if (takesArrows(state)) return forGrabbed
    return annotation?.shape.type === 'rectangle' ? forRectangle : forSelected
  },
  status: (_, { selected }) => (selected === null ? t('Nothing is selected') : t('One object is selected')),
}

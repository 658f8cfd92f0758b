/** The select tool's state, and what of it still is of the selected object. Pure. */
import type { VertexRef } from '../../../common/geometry/hit.ts'
import type { ImagePoint } from '../../../common/geometry/point.ts'
import type { Annotation, AnnotationId, Shape } from '../../../common/model.ts'
import type { ChangedShape, ToolContext } from '../events.ts'
import type { Snap } from '../snap.ts'
import { vertexAt, type Grip } from './grips.ts'
import type { Making } from './making.ts'
import type { Several } from './several.ts'
import { hasRing, type RingRef } from './rings.ts'

export interface SelectState {
  /** Delete and the arrow keys are for these; one at least. */
  readonly vertices: { readonly id: AnnotationId; readonly refs: readonly VertexRef[] } | null
  /** A part or hole of it that was clicked: Delete is for that alone. */
  readonly ring: { readonly id: AnnotationId; readonly ref: RingRef } | null
  readonly making: Making | null
  /** Several selected objects that are pressed or dragged. */
  readonly several: Several | null
  /** The selected shape once it, or a part of it, was pressed: the arrow keys are for it then. */
  readonly grabbed: AnnotationId | null
  readonly drag: {
    readonly from: Annotation
    readonly grip: Grip
    readonly start: ImagePoint
    /** As it is drawn; `from.shape` until the pointer has moved far enough to mean it. */
    readonly shape: Shape
    readonly moved: boolean
    /** Other objects that share what is dragged, as they are drawn. */
    readonly also: readonly ChangedShape[]
    /** Where its vertex has snapped to another object. */
    readonly snap: Snap | null
    /** A release without a move selects the next one that lies here. */
    readonly cycles: boolean
  } | null
}

export const initial: SelectState = {
  vertices: null,
  ring: null,
  making: null,
  several: null,
  grabbed: null,
  drag: null,
}
export const selectedOf = ({ annotations, selected }: ToolContext): Annotation | null =>
  annotations.find(({ id }) => id === selected) ?? null

const none: readonly VertexRef[] = []

/** The chosen vertices when they are all of the selected shape. */
export const selectedVertices = (
  { vertices }: Pick<SelectState, 'vertices'>,
  selected: Annotation | null,
): readonly VertexRef[] =>
  vertices && selected?.id === vertices.id && vertices.refs.every((ref) => vertexAt(selected.shape, ref))
    ? vertices.refs
    : none

/** The selected ring when it is one of the selected shape. */
export const selectedRing = (
  state: Pick<SelectState, 'ring'>,
  selected: Annotation | null,
): RingRef | null =>
  state.ring && selected?.id === state.ring.id && hasRing(selected.shape, state.ring.ref)
    ? state.ring.ref
    : null

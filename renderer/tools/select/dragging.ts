/** Vertices in a drag: which go with the one that is held, where they go, and what of other objects goes with them. Pure. */
import { moveVertex, type VertexShape } from '../../../common/geometry/edit.ts'
import type { VertexRef } from '../../../common/geometry/hit.ts'
import type { ImagePoint } from '../../../common/geometry/point.ts'
import type { Annotation, Shape } from '../../../common/model.ts'
import type { ChangedShape, ToolContext } from '../events.ts'
import { vertexAt } from './grips.ts'
import { insertedWith, movedWith } from './shared.ts'
import { selectedVertices, type SelectState } from './state.ts'
import { isSameVertex, movedVertices } from './vertices.ts'

/** What of other objects goes with the drag. */
export const alsoDragged = (
  { from, grip }: NonNullable<SelectState['drag']>,
  shape: Shape,
  refs: readonly VertexRef[],
  context: ToolContext,
): readonly ChangedShape[] => {
  if (grip.type === 'vertex') return movedWith(from, shape, refs, context)
  const at = grip.type === 'midpoint' && refs[0] ? vertexAt(shape, refs[0]) : null
  return at && grip.type === 'midpoint' ? insertedWith(from, grip.edge, at, context) : []
}

/** The vertices that go with the one that is dragged: all that are chosen when it is among them. */
export const heldVertices = (
  state: SelectState,
  from: Annotation,
  vertex: VertexRef | null,
): readonly VertexRef[] => {
  if (!vertex) return []
  const chosen = state.drag?.grip.type === 'vertex' ? selectedVertices(state, from) : []
  return chosen.some((ref) => isSameVertex(ref, vertex)) ? chosen : [vertex]
}

/** @param free as the one vertex alone would have it @param snapped where that one goes */
export const draggedVertices = (
  from: VertexShape,
  free: VertexShape,
  refs: readonly VertexRef[],
  vertex: VertexRef,
  snapped: ImagePoint | null,
  { size }: ToolContext,
): VertexShape => {
  if (refs.length === 1) return snapped ? moveVertex(free, vertex, snapped) : free
  const [was, is] = [vertexAt(from, vertex), snapped ?? vertexAt(free, vertex)]
  return was && is ? movedVertices(from, refs, is.x - was.x, is.y - was.y, size) : free
}

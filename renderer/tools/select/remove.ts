/** Delete with the select tool: the selected ring, vertex, or the whole object. Pure. */
import { hasVertices, removeRing, ringAt, type VertexShape } from '../../../common/geometry/edit.ts'
import type { VertexRef } from '../../../common/geometry/hit.ts'
import { linesOf } from '../../../common/geometry/measure.ts'
import type { ToolContext, ToolEffect } from '../events.ts'
import { lockedNotice } from '../onto.ts'
import { stay, type Step } from '../tool.ts'
import { initial, selectedOf, selectedRing, selectedVertices, type SelectState } from './state.ts'
import { changeOf, removedWith, saidOfShared } from './shared.ts'
import { withoutVertices } from './vertices.ts'
import { msg } from '../../../common/said.ts'

/**
 * The vertex that is selected when one was deleted: the one before it, so that Delete can be pressed again. Null when its
 * ring went with it: the next Delete would be about a ring that may not even be on screen.
 */
const neighbourOf = (
  { part, ring, vertex }: VertexRef,
  from: VertexShape,
  left: VertexShape,
): VertexRef | null => {
  const rest = ringAt(left, { part, ring })
  if (!rest || linesOf(left).length < linesOf(from).length) return null
  return { part, ring, vertex: vertex > 0 ? vertex - 1 : rest.length - 1 }
}

const ringIsGone: ToolEffect = {
  type: 'notice',
  level: 'info',
  message: msg('The last vertices of that outline are deleted. Undo brings them back.'),
}

export const remove = (state: SelectState, context: ToolContext): Step<SelectState> => {
  const selected = selectedOf(context)
  if (!selected || state.drag) return stay(state)
  if (context.isLocked(selected)) return stay(state, lockedNotice)
  const ring = selectedRing(state, selected)
  const { shape } = selected
  const rest = ring && shape.type === 'polygon' ? removeRing(shape, ring.part, ring.ring) : null
  if (rest) return stay({ ...initial, grabbed: selected.id }, { type: 'change', from: selected, shape: rest })
  const refs = selectedVertices(state, selected)
  const [ref] = refs
  const left = ref && hasVertices(shape) ? withoutVertices(shape, refs) : null
  if (!ref || !left || !hasVertices(shape))
    return stay(initial, { type: 'remove', annotation: selected }, { type: 'select', id: null })
  const also = removedWith(selected, refs, context)
  const change = changeOf(selected, left, also)
  const said = saidOfShared(selected, refs, context)
  if (refs.length > 1) return stay({ ...initial, grabbed: selected.id }, change, ...said)
  const next = neighbourOf(ref, shape, left)
  if (!next) return stay(initial, change, { type: 'select', id: null }, ringIsGone)
  return stay({ ...state, vertices: { id: selected.id, refs: [next] } }, change, ...said)
}

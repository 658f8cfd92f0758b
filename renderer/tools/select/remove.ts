/** Delete with the select tool: the selected ring, vertex, or the whole object. Pure. */
import { removeRing, removeVertex } from '../../../common/geometry/edit.ts'
import type { VertexRef } from '../../../common/geometry/hit.ts'
import type { Polygon } from '../../../common/model.ts'
import type { ToolContext, ToolEffect } from '../events.ts'
import { lockedNotice } from '../onto.ts'
import { stay, type Step } from '../tool.ts'
import { ringCount } from './rings.ts'
import { initial, selectedOf, selectedRing, selectedVertex, type SelectState } from './state.ts'

/**
 * The vertex that is selected when one was deleted: the one before it, so that Delete can be pressed again. Null when its
 * ring went with it: the next Delete would be about a ring that may not even be on screen.
 */
const neighbourOf = ({ part, ring, vertex }: VertexRef, from: Polygon, left: Polygon): VertexRef | null => {
  const rest = ring === 0 ? left.parts[part]?.outer : left.parts[part]?.holes[ring - 1]
  if (!rest || ringCount(left) < ringCount(from)) return null
  return { part, ring, vertex: vertex > 0 ? vertex - 1 : rest.length - 1 }
}

const ringIsGone: ToolEffect = {
  type: 'notice',
  level: 'info',
  message: 'The last vertices of that outline are deleted. Undo brings them back.',
}

export const remove = (state: SelectState, context: ToolContext): Step<SelectState> => {
  const selected = selectedOf(context)
  if (!selected || state.drag) return stay(state)
  if (context.isLocked(selected)) return stay(state, lockedNotice)
  const ring = selectedRing(state, selected)
  const { shape } = selected
  const rest = ring && shape.type === 'polygon' ? removeRing(shape, ring.part, ring.ring) : null
  if (rest) return stay({ ...initial, grabbed: selected.id }, { type: 'change', from: selected, shape: rest })
  const ref = selectedVertex(state, selected)
  const left = ref && shape.type === 'polygon' ? removeVertex(shape, ref) : null
  if (!ref || !left || shape.type !== 'polygon')
    return stay(initial, { type: 'remove', annotation: selected }, { type: 'select', id: null })
  const next = neighbourOf(ref, shape, left)
  const change: ToolEffect = { type: 'change', from: selected, shape: left }
  if (!next) return stay(initial, change, { type: 'select', id: null }, ringIsGone)
  return stay({ ...state, vertex: { id: selected.id, ref: next } }, change)
}

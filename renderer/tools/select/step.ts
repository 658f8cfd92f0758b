/**
 * The select tool: a click selects, again cycles through what lies there; drags move the shape, a vertex, a rectangle's
 * handle, or a new vertex out of an edge's middle, of what was selected before the press. What keys make of the outline
 * is in `making.ts`. The shape that is dragged is a draft until the pointer is released.
 */
import { hasVertices } from '../../../common/geometry/edit.ts'
import { distanceToEdge } from '../../../common/geometry/hit.ts'
import type { ImagePoint } from '../../../common/geometry/point.ts'
import type { Annotation, AnnotationId } from '../../../common/model.ts'
import { dragGrip, gripAt, moveWithin, vertexAt } from './grips.ts'
import type { PointerInput, ToolContext, ToolEffect, ToolEvent } from '../events.ts'
import { distance, DRAG_THRESHOLD } from '../gesture.ts'
import { annotationsAt } from '../metrics.ts'
import { lockedNotice } from '../onto.ts'
import { snapAt } from '../snap.ts'
import { stay, type Step } from '../tool.ts'
import { alsoDragged, draggedVertices, heldVertices } from './dragging.ts'
import { remove } from './remove.ts'
import { initial, selectedOf, selectedRing, selectedVertices, type SelectState } from './state.ts'
import { backFrom, begunAt, lassoAt, movedTo, pressedAt, releasedAt, type Made } from './making.ts'
import { releasedSeveral, severalAt, severalTo } from './several.ts'
import { holeAt, insertedAt, ringAt } from './rings.ts'
import { changeOf, insertedWith, movedWith, saidOfShared } from './shared.ts'
import { movedVertices, toggledVertex } from './vertices.ts'

/** How far from an outline a click still means the shape, screen pixels. */
const OUTLINE_REACH = 4

/** What lies at the point, in the order in which clicks go through it. */
const stackAt = (point: ImagePoint, context: ToolContext) =>
  annotationsAt(context.annotations, point, OUTLINE_REACH / context.scale)

const nextInStack = (stack: readonly Annotation[], selected: AnnotationId | null): Annotation | null =>
  stack[(stack.findIndex(({ id }) => id === selected) + 1) % stack.length] ?? null

/** What is drawn with a key held, or drawn on with a click; null when the press is an ordinary one. */
const pressWithKey = (
  state: SelectState,
  input: PointerInput & { readonly clicks: number },
  context: ToolContext,
): Step<SelectState> | null => {
  if (state.making?.type === 'redraw') return made(state, pressedAt(state.making, input.point, context))
  const selected = context.selection.size === 1 ? selectedOf(context) : null
  if (!selected) return null
  const begun = begunAt(input, selected, context)
  if (begun && context.isLocked(selected)) return stay(state, lockedNotice)
  // What is chosen stays until the lasso ends.
  if (begun) return stay({ ...initial, vertices: state.vertices, making: begun })
  if (input.clicks < 2 || input.alt || context.isLocked(selected)) return null
  const inserted = insertedAt(selected.shape, input.point, OUTLINE_REACH / context.scale)
  if (!inserted) return null
  const vertices = { id: selected.id, refs: [inserted.ref] }
  return stay(
    { ...initial, grabbed: selected.id, vertices },
    changeOf(selected, inserted.shape, insertedWith(selected, inserted.edge, inserted.at, context)),
  )
}

const made = (state: SelectState, { making, effects, chosen, toggled }: Made): Step<SelectState> => {
  const id = state.making?.from.id
  if (id === undefined || (!chosen && !toggled)) return stay({ ...state, making }, ...effects)
  const before = state.vertices?.id === id ? state.vertices.refs : []
  const refs = chosen ?? toggledVertex(before, toggled!)
  return stay({ ...initial, grabbed: id, vertices: refs.length > 0 ? { id, refs } : null }, ...effects)
}

const press = (
  state: SelectState,
  input: PointerInput & { readonly clicks: number },
  context: ToolContext,
): Step<SelectState> => {
  const special = pressWithKey(state, input, context)
  if (special) return special
  const { point, alt } = input
  const selected = selectedOf(context)
  const found = selected && gripAt(selected.shape, point, context.scale)
  // Of a locked shape there is nothing to take hold of; a click still goes through what lies there.
  const grip = found && context.isLocked(selected) ? ({ type: 'body' } as const) : found
  const stack = stackAt(point, context)
  if (context.selection.size > 1) {
    const several = alt || (grip && grip.type !== 'body') ? null : severalAt(point, stack, context)
    if (several) return stay({ ...initial, several })
  }
  // A handle of one of several is taken hold of: it is that one which is meant.
  const alone: ToolEffect[] =
    context.selection.size > 1 && selected ? [{ type: 'select', id: selected.id }] : []
  if (selected && grip && !(alt && grip.type === 'body')) {
    const cycles = grip.type === 'body'
    const held = {
      from: selected,
      grip,
      start: point,
      shape: selected.shape,
      moved: false,
      also: [],
      snap: null,
      cycles,
    }
    return stay({ ...state, grabbed: context.isLocked(selected) ? null : selected.id, drag: held }, ...alone)
  }
  if (selected && stack.length === 0 && !alt && !context.isLocked(selected)) {
    const ref = holeAt(selected.shape, point)
    if (ref) return stay({ ...initial, ring: { id: selected.id, ref } })
  }
  // Beside all objects a drag goes round vertices; a click there selects nothing.
  const lasso =
    selected && stack.length === 0 && !alt && context.selection.size === 1 && !context.isLocked(selected)
      ? lassoAt(point, selected, true)
      : null
  if (lasso) return stay({ ...initial, vertices: state.vertices, grabbed: state.grabbed, making: lasso })
  const target = alt ? nextInStack(stack, context.selected) : (stack[0] ?? null)
  // A slip of the hand moves nothing: what this press selects is moved by the next one.
  return stay(initial, { type: 'select', id: target?.id ?? null })
}

const drag = (
  state: SelectState,
  { point, shift }: Pick<PointerInput, 'point' | 'shift'>,
  context: ToolContext,
): Step<SelectState> => {
  if (state.making) {
    const making = movedTo(state.making, point, context)
    return stay(making === state.making ? state : { ...state, making })
  }
  if (state.several) {
    const several = severalTo(state.several, point, context)
    return stay(several === state.several ? state : { ...state, several })
  }
  if (!state.drag) return stay(state, { type: 'hover', id: stackAt(point, context)[0]?.id ?? null })
  const { from, grip, start } = state.drag
  const moved = state.drag.moved || distance(start, point) * context.scale > DRAG_THRESHOLD
  if (!moved) return stay(state)
  if (context.isLocked(from)) return stay(initial, lockedNotice)
  const free = dragGrip(from.shape, grip, start, point, context.size, shift)
  const { vertex } = free
  const at = shift && vertex ? vertexAt(free.shape, vertex) : null
  const snap = at && snapAt(at, context, from.id)
  const refs = heldVertices(state, from, vertex)
  const shape =
    vertex && hasVertices(free.shape) && hasVertices(from.shape)
      ? draggedVertices(from.shape, free.shape, refs, vertex, snap?.point ?? null, context)
      : free.shape
  return stay({
    ...state,
    vertices: refs.length > 0 ? { id: from.id, refs } : null,
    drag: { ...state.drag, shape, moved, snap, also: alsoDragged(state.drag, shape, refs, context) },
  })
}

const click = (held: NonNullable<SelectState['drag']>, context: ToolContext) => {
  const { from, grip, start, cycles } = held
  const isHeld = context.isLocked(from)
  const grabbed = { ...initial, grabbed: isHeld ? null : from.id }
  if (grip.type === 'vertex')
    return stay<SelectState>({ ...grabbed, vertices: { id: from.id, refs: [grip.ref] } })
  if (grip.type === 'midpoint') {
    const { shape, vertex } = dragGrip(from.shape, grip, start, start, context.size)
    return stay<SelectState>(
      { ...grabbed, vertices: vertex && { id: from.id, refs: [vertex] } },
      changeOf(from, shape, insertedWith(from, grip.edge, grip.at, context)),
    )
  }
  const limit = OUTLINE_REACH / context.scale
  const isOnLine = distanceToEdge(from.shape, start) <= limit
  // A click on the selected outline is about that: a second one may add a vertex there.
  const next = cycles && !isOnLine ? nextInStack(stackAt(start, context), from.id) : null
  const ref = isHeld ? null : ringAt(from.shape, start, limit)
  if (!next || next.id === from.id)
    return stay<SelectState>({ ...grabbed, ring: ref && { id: from.id, ref } })
  return stay(initial, { type: 'select', id: next.id })
}

const release = (before: SelectState, input: PointerInput, context: ToolContext): Step<SelectState> => {
  const { point } = input
  if (before.making) return made(before, releasedAt(before.making, point, context))
  if (before.several)
    return stay(initial, releasedSeveral(severalTo(before.several, point, context), context))
  const { state } = before.drag ? drag(before, input, context) : stay(before)
  if (!state.drag) return stay(state)
  if (!state.drag.moved) return click(state.drag, context)
  const { from, shape, also } = state.drag
  const refs = state.vertices?.id === from.id ? state.vertices.refs : []
  return stay({ ...state, drag: null }, changeOf(from, shape, also), ...saidOfShared(from, refs, context))
}

/** The arrow keys move what was grabbed; what is only selected leaves them to the images. */
export const takesArrows = ({ grabbed }: SelectState): boolean => grabbed !== null

const nudge = (state: SelectState, dx: number, dy: number, context: ToolContext): Step<SelectState> => {
  const selected = selectedOf(context)
  if (!selected || state.drag || !takesArrows(state)) return stay(state)
  const refs = selectedVertices(state, selected)
  const shape =
    refs.length > 0 && hasVertices(selected.shape)
      ? movedVertices(selected.shape, refs, dx, dy, context.size)
      : moveWithin(selected.shape, dx, dy, context.size)
  const also = movedWith(selected, shape, refs, context)
  return stay(state, changeOf(selected, shape, also))
}

const cancel = (state: SelectState): Step<SelectState> => {
  if (state.drag || state.making || state.several) return stay(initial)
  if (state.ring) return stay({ ...state, ring: null })
  return state.vertices ? stay({ ...state, vertices: null }) : stay(initial, { type: 'select', id: null })
}

/** The document changed under the tool: a drag of what is gone or was changed is dropped. */
const follow = (state: SelectState, context: ToolContext): Step<SelectState> => {
  if (state.several) return stay(context.selection.has(state.several.pressed) ? state : initial)
  const begun = (state.drag ?? state.making)?.from
  const now = begun && context.annotations.find(({ id }) => id === begun.id)
  const same = begun === undefined || now?.updatedAt === begun.updatedAt
  if (!same) return stay(initial)
  // In a drag the vertex may be one that only the draft has.
  if (begun) return stay(state)
  // Of several objects none is taken hold of.
  const one = context.selection.size > 1 ? null : selectedOf(context)
  const vertices = selectedVertices(state, one).length > 0 ? state.vertices : null
  const grabbed = one?.id === state.grabbed ? state.grabbed : null
  const ring = selectedRing(state, one) ? state.ring : null
  const isSame = vertices === state.vertices && grabbed === state.grabbed && ring === state.ring
  return stay(isSame ? state : { ...state, vertices, grabbed, ring })
}

export const step = (state: SelectState, event: ToolEvent, context: ToolContext): Step<SelectState> => {
  switch (event.type) {
    case 'down':
      return event.button === 'primary' ? press(state, event, context) : stay(state)
    case 'move':
      return drag(state, event, context)
    case 'up':
      return release(state, event, context)
    case 'abort':
      return stay(initial)
    case 'leave':
      return stay(state, { type: 'hover', id: null })
    case 'back':
      return state.making?.type === 'redraw' ? made(state, backFrom(state.making)) : stay(state)
    case 'cancel':
      return cancel(state)
    case 'delete':
      return remove(state, context)
    case 'nudge':
      return nudge(state, event.dx, event.dy, context)
    case 'changed':
      return follow(state, context)
    default:
      return stay(state)
  }
}

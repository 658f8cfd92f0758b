/**
 * The select tool: a click selects, again cycles through what lies there; drags move the shape, a vertex, a rectangle's
 * handle, or a new vertex out of an edge's middle, of what was selected before the press. The shape that is dragged is a draft until the pointer is released.
 */
import type { VertexRef } from '../../../common/geometry/hit.ts'
import { removeVertex } from '../../../common/geometry/edit.ts'
import type { ImagePoint } from '../../../common/geometry/point.ts'
import type { Annotation, AnnotationId, Polygon, Shape } from '../../../common/model.ts'
import { dragGrip, gripAt, moveWithin, vertexAt, type Grip } from './grips.ts'
import type { PointerInput, ToolContext, ToolEffect, ToolEvent } from '../events.ts'
import { distance, DRAG_THRESHOLD } from '../gesture.ts'
import { annotationsAt } from '../metrics.ts'
import { lockedNotice } from '../onto.ts'
import { stay, type Step } from '../tool.ts'

export interface SelectState {
  readonly vertex: { readonly id: AnnotationId; readonly ref: VertexRef } | null
  /** The selected shape once it, or a part of it, was pressed: the arrow keys are for it then. */
  readonly grabbed: AnnotationId | null
  readonly drag: {
    readonly from: Annotation
    readonly grip: Grip
    readonly start: ImagePoint
    /** As it is drawn; `from.shape` until the pointer has moved far enough to mean it. */
    readonly shape: Shape
    readonly moved: boolean
    /** A release without a move selects the next one that lies here. */
    readonly cycles: boolean
  } | null
}

export const initial: SelectState = { vertex: null, grabbed: null, drag: null }
/** How far from an outline a click still means the shape, screen pixels. */
const OUTLINE_REACH = 4

const selectedOf = ({ annotations, selected }: ToolContext): Annotation | null =>
  annotations.find(({ id }) => id === selected) ?? null

/** What lies at the point, in the order in which clicks go through it. */
const stackAt = (point: ImagePoint, context: ToolContext) =>
  annotationsAt(context.annotations, point, OUTLINE_REACH / context.scale)

const nextInStack = (stack: readonly Annotation[], selected: AnnotationId | null): Annotation | null =>
  stack[(stack.findIndex(({ id }) => id === selected) + 1) % stack.length] ?? null

const press = (state: SelectState, { point, alt }: PointerInput, context: ToolContext): Step<SelectState> => {
  const selected = selectedOf(context)
  const found = selected && gripAt(selected.shape, point, context.scale)
  // Of a locked shape there is nothing to take hold of; a click still goes through what lies there.
  const grip = found && context.isLocked(selected) ? ({ type: 'body' } as const) : found
  if (selected && grip && !(alt && grip.type === 'body')) {
    const cycles = grip.type === 'body'
    const held = { from: selected, grip, start: point, shape: selected.shape, moved: false, cycles }
    return stay({ ...state, grabbed: context.isLocked(selected) ? null : selected.id, drag: held })
  }
  const stack = stackAt(point, context)
  const target = alt ? nextInStack(stack, context.selected) : (stack[0] ?? null)
  // A slip of the hand moves nothing: what this press selects is moved by the next one.
  return stay(initial, { type: 'select', id: target?.id ?? null })
}

const drag = (state: SelectState, point: ImagePoint, context: ToolContext): Step<SelectState> => {
  if (!state.drag) return stay(state, { type: 'hover', id: stackAt(point, context)[0]?.id ?? null })
  const { from, grip, start } = state.drag
  const moved = state.drag.moved || distance(start, point) * context.scale > DRAG_THRESHOLD
  if (!moved) return stay(state)
  if (context.isLocked(from)) return stay(initial, lockedNotice)
  const { shape, vertex } = dragGrip(from.shape, grip, start, point, context.size)
  return stay({
    ...state,
    vertex: vertex && { id: from.id, ref: vertex },
    drag: { ...state.drag, shape, moved },
  })
}

const click = (held: NonNullable<SelectState['drag']>, context: ToolContext) => {
  const { from, grip, start, cycles } = held
  const grabbed = { vertex: null, grabbed: context.isLocked(from) ? null : from.id, drag: null }
  if (grip.type === 'vertex') return stay<SelectState>({ ...grabbed, vertex: { id: from.id, ref: grip.ref } })
  if (grip.type === 'midpoint') {
    const { shape, vertex } = dragGrip(from.shape, grip, start, start, context.size)
    return stay<SelectState>(
      { ...grabbed, vertex: vertex && { id: from.id, ref: vertex } },
      { type: 'change', from, shape },
    )
  }
  const next = cycles ? nextInStack(stackAt(start, context), from.id) : null
  if (!next || next.id === from.id) return stay<SelectState>(grabbed)
  return stay(initial, { type: 'select', id: next.id })
}

const release = (before: SelectState, point: ImagePoint, context: ToolContext): Step<SelectState> => {
  const { state } = before.drag ? drag(before, point, context) : stay(before)
  if (!state.drag) return stay(state)
  if (!state.drag.moved) return click(state.drag, context)
  const { from, shape } = state.drag
  return stay({ ...state, drag: null }, { type: 'change', from, shape })
}

/** The selected vertex when it is one of the selected shape. */
export const selectedVertex = (
  state: Pick<SelectState, 'vertex'>,
  selected: Annotation | null,
): VertexRef | null =>
  state.vertex && selected?.id === state.vertex.id && vertexAt(selected.shape, state.vertex.ref)
    ? state.vertex.ref
    : null

const rings = ({ parts }: Polygon): number => parts.reduce((sum, { holes }) => sum + 1 + holes.length, 0)

/**
 * The vertex that is selected when one was deleted: the one before it, so that Delete can be pressed again. Null when its
 * ring went with it: the next Delete would be about a ring that may not even be on screen.
 */
const neighbourOf = ({ part, ring, vertex }: VertexRef, from: Polygon, left: Polygon): VertexRef | null => {
  const rest = ring === 0 ? left.parts[part]?.outer : left.parts[part]?.holes[ring - 1]
  if (!rest || rings(left) < rings(from)) return null
  return { part, ring, vertex: vertex > 0 ? vertex - 1 : rest.length - 1 }
}

const ringIsGone: ToolEffect = {
  type: 'notice',
  level: 'info',
  message: 'The last vertices of that outline are deleted. Undo brings them back.',
}

const remove = (state: SelectState, context: ToolContext): Step<SelectState> => {
  const selected = selectedOf(context)
  if (!selected || state.drag) return stay(state)
  if (context.isLocked(selected)) return stay(state, lockedNotice)
  const ref = selectedVertex(state, selected)
  const { shape } = selected
  const left = ref && shape.type === 'polygon' ? removeVertex(shape, ref) : null
  if (!ref || !left || shape.type !== 'polygon')
    return stay(initial, { type: 'remove', annotation: selected }, { type: 'select', id: null })
  const next = neighbourOf(ref, shape, left)
  const change: ToolEffect = { type: 'change', from: selected, shape: left }
  if (!next) return stay(initial, change, { type: 'select', id: null }, ringIsGone)
  return stay({ ...state, vertex: { id: selected.id, ref: next } }, change)
}

/** The arrow keys move what was grabbed; what is only selected leaves them to the images. */
export const takesArrows = ({ grabbed }: SelectState): boolean => grabbed !== null

const nudge = (state: SelectState, dx: number, dy: number, context: ToolContext): Step<SelectState> => {
  const selected = selectedOf(context)
  if (!selected || state.drag || !takesArrows(state)) return stay(state)
  const ref = selectedVertex(state, selected)
  const zero = { x: 0, y: 0 }
  const shape = ref
    ? dragGrip(selected.shape, { type: 'vertex', ref }, zero, { x: dx, y: dy }, context.size).shape
    : moveWithin(selected.shape, dx, dy, context.size)
  return stay(state, { type: 'change', from: selected, shape })
}

const cancel = (state: SelectState): Step<SelectState> => {
  if (state.drag) return stay(initial)
  return state.vertex ? stay({ ...state, vertex: null }) : stay(initial, { type: 'select', id: null })
}

/** The document changed under the tool: a drag of what is gone or was changed is dropped. */
const follow = (state: SelectState, context: ToolContext): Step<SelectState> => {
  const now = state.drag && context.annotations.find(({ id }) => id === state.drag?.from.id)
  const same = state.drag === null || now?.updatedAt === state.drag.from.updatedAt
  if (!same) return stay(initial)
  // In a drag the vertex may be one that only the draft has.
  if (state.drag) return stay(state)
  // Of several objects none is taken hold of.
  const one = context.selection.size > 1 ? null : selectedOf(context)
  const vertex = selectedVertex(state, one) ? state.vertex : null
  const grabbed = one?.id === state.grabbed ? state.grabbed : null
  return stay(vertex === state.vertex && grabbed === state.grabbed ? state : { ...state, vertex, grabbed })
}

export const step = (state: SelectState, event: ToolEvent, context: ToolContext): Step<SelectState> => {
  switch (event.type) {
    case 'down':
      return event.button === 'primary' ? press(state, event, context) : stay(state)
    case 'move':
      return drag(state, event.point, context)
    case 'up':
      return release(state, event.point, context)
    case 'abort':
      return stay(initial)
    case 'leave':
      return stay(state, { type: 'hover', id: null })
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

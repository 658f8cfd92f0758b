/**
 * The brush: a drag paints onto the selected object, or a new one; with Alt or the right button it erases. The stroke is
 * a path until it ends; then it is painted in pixels of the image, outlined, and combined.
 */
import { shapeOfStroke } from '../../../common/geometry/stroke.ts'
import { hasArea } from '../../../common/geometry/measure.ts'
import type { ImagePoint } from '../../../common/geometry/point.ts'
import type { PointerInput, ToolContext, ToolEffect, ToolEvent } from '../events.ts'
import { distance } from '../gesture.ts'
import { handMade, noLabel } from '../hand-made.ts'
import { lockedNotice, type Onto } from '../onto.ts'
import { stay, type Step } from '../tool.ts'
import { msg } from '../../../common/said.ts'

export interface BrushState {
  readonly stroke: {
    /** Not clamped: half of the brush may be over the image where its middle is not. */
    readonly path: readonly ImagePoint[]
    /** Null for a new object. */
    readonly onto: Onto | null
  } | null
  /** Alt is held: the next press erases. */
  readonly erases: boolean
}

export const initial: BrushState = { stroke: null, erases: false }

/** Points nearer than this to the one before say nothing, screen pixels. */
const LEAST_STEP = 2

const eraseWhat: ToolEffect = {
  type: 'notice',
  level: 'info',
  message: msg('Select the object to erase from: click it with {tool-select}, then take the brush.'),
}

const press = (
  state: BrushState,
  { point, alt }: PointerInput,
  isSecondary: boolean,
  context: ToolContext,
): Step<BrushState> => {
  const erases = alt || isSecondary
  const one = context.selection.size === 1 ? context.selected : null
  // A point and a line have no inside to be painted onto.
  const from = context.annotations.find(({ id, shape }) => id === one && hasArea(shape))
  if (!from && erases) return stay(state, eraseWhat)
  if (from && context.isLocked(from)) return stay(state, lockedNotice)
  if (!from && context.labelId === null) return stay(state, noLabel)
  const onto: Onto | null = from ? { from, how: erases ? 'take' : 'add' } : null
  return stay({ ...state, stroke: { path: [point], onto } })
}

const finish = (state: BrushState, context: ToolContext): Step<BrushState> => {
  const { stroke } = state
  const idle = { ...state, stroke: null }
  const shape = stroke && shapeOfStroke(stroke.path, context.brushSize, context.size)
  const labelId = stroke?.onto?.from.labelId ?? context.labelId
  if (!stroke || !shape || labelId === null) return stay(idle)
  const object = handMade(shape, labelId)
  return stay(idle, stroke.onto ? { type: 'combine', onto: stroke.onto, object } : { type: 'add', object })
}

const move = (state: BrushState, { point, alt }: PointerInput, { scale }: ToolContext): Step<BrushState> => {
  const { stroke } = state
  if (!stroke) return stay(state.erases === alt ? state : { ...state, erases: alt })
  const last = stroke.path.at(-1)
  if (last && distance(last, point) * scale < LEAST_STEP) return stay(state)
  return stay({ ...state, stroke: { ...stroke, path: [...stroke.path, point] } })
}

export const step = (state: BrushState, event: ToolEvent, context: ToolContext): Step<BrushState> => {
  switch (event.type) {
    case 'down':
      return press(state, event, event.button === 'secondary', context)
    case 'move':
      return move(state, event, context)
    case 'up':
      return finish(move(state, event, context).state, context)
    case 'abort':
    case 'cancel':
      return stay({ ...state, stroke: null })
    default:
      return stay(state)
  }
}

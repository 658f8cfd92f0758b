/**
 * Drawing onto the selected object: Shift at the first press adds to it, Alt takes away from it. The one rule of all
 * tools that draw. Pure.
 */
import { joinShapes, subtractShape } from '../../common/geometry/boolean.ts'
import { hasArea } from '../../common/geometry/measure.ts'
import type { Annotation, Shape } from '../../common/model.ts'
import type { PointerInput, ToolContext, ToolEffect } from './events.ts'
import { draftHint, type HintPart } from './hint.ts'
import type { Draft } from './tool.ts'
import { msg } from '../../common/said.ts'

/** What a draft is combined with when it is kept. */
export interface Onto {
  readonly from: Annotation
  readonly how: 'add' | 'take'
}

/** What a press that begins a draft is about; null for a new object. Of several selected objects none is meant. */
export const ontoOf = (
  { shift, alt }: Pick<PointerInput, 'shift' | 'alt'>,
  { annotations, selected, selection }: Pick<ToolContext, 'annotations' | 'selected' | 'selection'>,
): Onto | null => {
  if (shift === alt || selection.size !== 1) return null
  const from = annotations.find(({ id }) => id === selected)
  // A point and a line have no inside to be added to.
  return from && hasArea(from.shape) ? { from, how: shift ? 'add' : 'take' } : null
}

/** The object's shape with what was drawn, or without it: the same one when that changes nothing, null when nothing is left. */
export const combinedShape = (shape: Shape, drawn: Shape, how: Onto['how']): Shape | null => {
  if (!hasArea(shape) || !hasArea(drawn)) return shape
  return how === 'add' ? joinShapes([shape, drawn]) : subtractShape(shape, [drawn])
}

export const lockedNotice = {
  type: 'notice',
  level: 'info',
  message: msg('This object is locked. Unlock it to change it.'),
} as const satisfies ToolEffect

const drafts = new WeakMap<Onto, { readonly begun: Draft; readonly complete: Draft }>()

/** The same object for the same draft. */
export const draftOnto = (onto: Onto, isComplete: boolean): Draft => {
  const known = drafts.get(onto) ?? {
    begun: { complete: false, replaces: null, onto },
    complete: { complete: true, replaces: null, onto },
  }
  drafts.set(onto, known)
  return isComplete ? known.complete : known.begun
}

const hints = new Map<string, readonly HintPart[]>()

/** Of a draft that will be combined. `back`: what Backspace does. */
export const ontoHint = (
  { how }: Onto,
  back: string,
  more: readonly HintPart[] = [],
): readonly HintPart[] => {
  const key = `${how} ${back}`
  const text = how === 'add' ? msg('add to the object') : msg('take away from the object')
  const hint = hints.get(key) ?? [...draftHint(back, { enter: { action: 'confirm', text } }), ...more]
  hints.set(key, hint)
  return hint
}

const released = {
  add: [msg('Release: it is added to the object')],
  take: [msg('Release: it is taken away from the object')],
} as const

/** Of a drag that is combined when it ends. */
export const releaseHint = ({ how }: Onto): readonly HintPart[] => released[how]

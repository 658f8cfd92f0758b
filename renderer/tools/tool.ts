/**
 * What a tool is: one object with its name and key, a pure step (state, event, context) -> state and effects, and what
 * it shows. A tool never touches the document, the store or the screen: it asks for that with effects, and
 * `workbench/desk.ts` runs them. `all-tools.ts` lists the tools; nothing outside this folder names one.
 */
import type { LucideIcon } from 'lucide-react'
import type { VertexRef } from '../../common/geometry/hit.ts'
import type { Annotation, Shape } from '../../common/model.ts'
import type { Context } from '../paint/paint.ts'
import type { Region } from '../paint/region.ts'
import type { ToolContext, ToolEffect, ToolEvent } from './events.ts'
import type { HintPart } from './hint.ts'
import type { MaskDraft } from './mask-draft.ts'
import type { Onto } from './onto.ts'
import type { Look, StageView } from './stage-view.ts'

/** The `id` of a tool of `all-tools.ts`. */
export type ToolId = string

export interface Step<State> {
  readonly state: State
  readonly effects: readonly ToolEffect[]
}

/** A step that changes the state at most. */
export const stay = <State>(state: State, ...effects: readonly ToolEffect[]): Step<State> => ({
  state,
  effects,
})

/**
 * An unfinished object. It lives in its tool's state, never in the document, and is kept while the user looks at
 * another image. Enter commits it, Backspace and undo remove its last step, Esc drops it: only while its tool is in hand.
 */
export interface Draft {
  /** A digit commits it with that class. */
  readonly complete: boolean
  /** The stored object that it will replace; null for a new one. */
  readonly replaces: Annotation | null
  /** The stored object that it will be added to, or taken away from. */
  readonly onto?: Onto
}

/** The part of a tool that asks the model for masks. */
interface Asking<State> {
  /** The revision of the question that it waits for; null when none is open. */
  open(state: State): number | null
  /** How many objects the user has committed before their mask was there. */
  committing(state: State): number
  /** True when a click now would ask at once: the pointer at rest is worth a `rest` event, or a preview. */
  isFree(state: State): boolean
  /** What panels and canvas see of its draft. */
  masks(state: State, seen: Pick<StageView, 'image' | 'inference'>): MaskDraft
}

/** The handles that a tool has on a stored object; the active layer draws it then, and the shapes layer leaves it out. */
interface Handles<State> {
  on(state: State, seen: StageView): Annotation | null
  /** As it is drawn now, and the vertices and the ring that are chosen. */
  shown(
    state: State,
    annotation: Annotation,
  ): {
    readonly shape: Shape
    readonly vertices: readonly VertexRef[]
    readonly ring?: Pick<VertexRef, 'part' | 'ring'> | null
  }
}

/** All its methods are pure, but for `draw`. An optional one is left out where the tool has nothing of that kind. */
export interface Tool<State> {
  readonly id: ToolId
  /** As the toolbar, the palette and the shortcut sheet call it. */
  readonly label: string
  /** A shortcut as `actions/shortcut.ts` writes it. */
  readonly key: string
  readonly icon: LucideIcon
  /** True for one that few need: it stands in the menu beside the others. */
  readonly isLesser?: boolean
  /** What the pointer does with it, for the shortcut sheet. */
  readonly gestures: readonly { readonly keys: string; readonly text: string }[]
  /**
   * True when it works on the selected object: it decides what a press, Esc, Delete and the arrow keys do to it. Else it
   * draws: a press selects nothing, unless Shift or Alt draw onto the selected object.
   */
  readonly editsSelection?: boolean
  /** True when a plain press draws onto the selected object, as Shift does with the other tools. */
  readonly paintsSelection?: boolean
  /** True when it has a size in image pixels: the context's `brushSize`. */
  readonly hasSize?: boolean
  /** The right button is for it, and opens no menu on the stage. */
  readonly usesRightButton?: boolean
  readonly initial: State
  /** An event that the tool does not know leaves the state as it is: the same object, so that nothing is redrawn. */
  step(state: State, event: ToolEvent, context: ToolContext): Step<State>
  /** Null when nothing is in the making. The same object while it says the same. */
  draft?(state: State): Draft | null
  /** The pointer is in the middle of a gesture, which Esc drops. */
  inGesture?(state: State): boolean
  /** The arrow keys are for it, and not for the images. */
  takesArrows?(state: State): boolean
  /** What is kept when the user leaves the image with a draft, or with objects that wait for their mask. */
  shelved?(state: State): State
  /**
   * The state to go on with when the object that `event` has made of `before` could not be stored: its draft again,
   * unless a new draft was begun since.
   */
  regained?(before: State, now: State, event: ToolEvent): State
  readonly asks?: Asking<State>

  /** A CSS cursor. */
  cursor(state: State, seen: StageView): string
  readonly handles?: Handles<State>
  /** What `draw` draws from, besides view, class and masks: it draws anew when one of these changes. */
  drawn?(state: State, seen: StageView): readonly unknown[]
  /** Draws what is unfinished over the shapes, in CSS pixels of the stage. */
  draw?(context: Context, state: State, seen: StageView, look: Look): void
  /** Where `draw` draws; null for nowhere. The whole stage where it is left out. */
  region?(state: State, seen: StageView): Region | null
  /** What can be done now; empty for nothing to say. Parts are constants or text, so that the same hint is not drawn anew. */
  hint(state: State, seen: StageView): readonly HintPart[]
  /** What it shows, in words, for screen readers. */
  status?(state: State, seen: StageView): string
}

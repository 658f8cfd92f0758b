/**
 * What a tool is: a pure step (state, event, context) -> state and effects. Owns the events, effects and context that
 * all tools share. A tool never touches the document, the store or the screen: it asks for that with effects, and
 * `state/workbench.ts` runs them.
 */
import type { ImagePoint, Size } from '../../common/geometry/point.ts'
import type { Crop } from '../../common/segmentation.ts'
import type {
  Annotation,
  AnnotationId,
  ImageId,
  LabelId,
  Polygon,
  Prompt,
  Shape,
} from '../../common/model.ts'

/** A drag begins when the pointer has moved further than this, screen pixels; less is a click with a tremor. */
export const DRAG_THRESHOLD = 4
/** How near the pointer must be to a vertex or prompt to mean it, screen pixels. */
export const GRAB_RADIUS = 8

export interface PointerInput {
  /** Not clamped: may lie outside the image. */
  readonly point: ImagePoint
  readonly shift: boolean
  readonly alt: boolean
}

export type ToolEvent =
  /** `clicks` is 2 for the second press of a double click. */
  | (PointerInput & {
      readonly type: 'down'
      readonly button: 'primary' | 'secondary'
      readonly clicks: number
    })
  | (PointerInput & { readonly type: 'move' })
  | (PointerInput & { readonly type: 'up' })
  /** The system took the pointer away in the middle of a gesture. */
  | { readonly type: 'abort' }
  /** The pointer has come to rest there, with no button held: a click may follow. */
  | { readonly type: 'rest'; readonly point: ImagePoint }
  /** The pointer left the stage. */
  | { readonly type: 'leave' }
  /** Enter or Space, or a digit: `labelId` is the class to commit with. */
  | { readonly type: 'confirm'; readonly labelId: LabelId }
  | { readonly type: 'cancel' }
  | { readonly type: 'back' }
  | { readonly type: 'delete' }
  /** Arrow keys, image pixels. */
  | { readonly type: 'nudge'; readonly dx: number; readonly dy: number }
  | { readonly type: 'cycle' }
  | { readonly type: 'choose'; readonly index: number }
  | { readonly type: 'zoom' }
  /** A stored object is to be made better: its shape becomes the prompt. */
  | { readonly type: 'refine'; readonly target: Annotation; readonly zoom: boolean }
  /** Masks arrived for the prompts of `revision`: all, or the first of them, and then all. */
  | { readonly type: 'answered'; readonly revision: number; readonly answer: MaskAnswer }
  | { readonly type: 'failed'; readonly revision: number; readonly message: string }
  /** The question was dropped for a later one and is to be asked again when `resume` comes. */
  | { readonly type: 'superseded'; readonly revision: number }
  | { readonly type: 'resume' }
  /** Annotations or the selection changed in the document. */
  | { readonly type: 'changed' }

/** One of the masks that the model offers, as polygon and as the logits that a follow-up question carries. */
export interface AnsweredMask {
  readonly index: number
  readonly score: number
  /** Null when nothing is left after specks are dropped. */
  readonly polygon: Polygon | null
  /** [256 * 256], row by row, over the crop's square model frame; null when the model is not to be led by it. */
  readonly logits: Float32Array<ArrayBuffer> | null
}

export interface MaskAnswer {
  readonly modelId: string
  readonly crop: Crop
  /** Mask 0 first. */
  readonly masks: readonly AnsweredMask[]
  /** How long the decoder took, ms; absent where no model was asked. */
  readonly decodeMs?: number
}

/** A question to the model. */
export interface MaskQuestion {
  readonly revision: number
  readonly prompts: readonly Prompt[]
  /** The mask that was shown, to be refined; null when there is none that fits the prompts. */
  readonly shown: { readonly logits: Float32Array<ArrayBuffer>; readonly crop: Crop } | null
  readonly zoom: boolean
  /** hover: a preview, which never delays a prompt's answer. */
  readonly purpose: 'prompt' | 'hover'
}

/** A new object without what the document gives it (id, image, times). */
export type NewObject = Pick<
  Annotation,
  'labelId' | 'shape' | 'source' | 'modelId' | 'score' | 'prompts' | 'candidate'
>

export type ToolEffect =
  | { readonly type: 'segment'; readonly question: MaskQuestion }
  /**
   * The question that will be asked if there is a click: `pressed` when a gesture has begun that may end as one, else
   * the pointer rests where one would be.
   */
  | { readonly type: 'foresee'; readonly question: MaskQuestion; readonly pressed: boolean }
  | { readonly type: 'add'; readonly object: NewObject }
  | { readonly type: 'change'; readonly from: Annotation; readonly shape: Shape }
  /** A stored object is made anew; it keeps its id. */
  | { readonly type: 'replace'; readonly from: Annotation; readonly object: NewObject }
  | { readonly type: 'remove'; readonly annotation: Annotation }
  | { readonly type: 'select'; readonly id: AnnotationId | null }
  | { readonly type: 'hover'; readonly id: AnnotationId | null }
  | { readonly type: 'notice'; readonly level: 'info' | 'warning' | 'error'; readonly message: string }

export interface ToolContext {
  readonly imageId: ImageId
  /**
   * For the question that this event may lead to; no question had it before, of any image or folder. An answer that
   * comes late is then never taken for the answer to another question.
   */
  readonly revision: number
  /** Of the upright image, pixels. */
  readonly size: Size
  /** Screen pixels an image pixel. */
  readonly scale: number
  /** Those that can be seen, in drawing order: the last is on top. */
  readonly annotations: readonly Annotation[]
  readonly selected: AnnotationId | null
  /** The class a shape drawn by hand gets; null when the project has none. */
  readonly labelId: LabelId | null
}

export interface Step<State> {
  readonly state: State
  readonly effects: readonly ToolEffect[]
}

export interface Tool<State> {
  readonly initial: State
  step(state: State, event: ToolEvent, context: ToolContext): Step<State>
}

/** A step that changes the state at most. */
export const stay = <State>(state: State, ...effects: readonly ToolEffect[]): Step<State> => ({
  state,
  effects,
})

export const NO_LABEL = {
  type: 'notice',
  level: 'warning',
  message: 'There is no class yet. Add one in the class list, then draw the object.',
} as const satisfies ToolEffect

export const distance = (a: ImagePoint, b: ImagePoint): number => Math.hypot(a.x - b.x, a.y - b.y)

export const isInside = (point: ImagePoint, { width, height }: Size): boolean =>
  point.x >= 0 && point.y >= 0 && point.x <= width && point.y <= height

/** The nearest point of the image. */
export const clampPoint = (point: ImagePoint, { width, height }: Size): ImagePoint => ({
  x: Math.min(Math.max(point.x, 0), width),
  y: Math.min(Math.max(point.y, 0), height),
})

/** An object drawn by hand. */
export const handMade = (shape: Shape, labelId: LabelId): NewObject => ({
  labelId,
  shape,
  source: 'hand',
  modelId: null,
  score: null,
  prompts: [],
  candidate: null,
})

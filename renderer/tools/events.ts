/**
 * What tools share: the events that they are given, the effects that they ask for, and what they know of the image.
 * Owns types only.
 */
import type { ImagePoint, Size } from '../../common/geometry/point.ts'
import type { Annotation, AnnotationId, ImageId, LabelId, Shape } from '../../common/model.ts'
import type { Candidate, Crop, MaskQuestion } from '../../common/segmentation.ts'
import type { MaskEvent } from '../segmentation/question.ts'
import type { Onto } from './onto.ts'

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
  /** A gesture ended without a release: the system claimed the pointer, or the user chose another tool. */
  | { readonly type: 'abort' }
  /** The pointer has come to rest there, with no button held: a click may follow. */
  | { readonly type: 'rest'; readonly point: ImagePoint }
  /** The pointer left the stage. */
  | { readonly type: 'leave' }
  /** Enter or Space, or a digit: `labelId` is the class to commit with. Comes only while there is a draft. */
  | { readonly type: 'confirm'; readonly labelId: LabelId }
  /** Esc. */
  | { readonly type: 'cancel' }
  /** Backspace, or undo: removes the last step of the draft. Comes only while there is a draft. */
  | { readonly type: 'back' }
  /** Delete; comes only to a tool that edits the selected object. */
  | { readonly type: 'delete' }
  /** Arrow keys, image pixels; comes only to a tool that edits the selected object. */
  | { readonly type: 'nudge'; readonly dx: number; readonly dy: number }
  /** Tab: the next candidate. */
  | { readonly type: 'cycle' }
  | { readonly type: 'choose'; readonly index: number }
  /** Z: the object seen enlarged. */
  | { readonly type: 'zoom' }
  /** A stored object is to be made better: its shape becomes the prompt; reopened, it is asked with its own again. */
  | {
      readonly type: 'refine'
      readonly target: Annotation
      readonly zoom: boolean
      readonly reopens?: boolean
    }
  /** What comes of a question: to the tool that asked; `resume` to every tool. */
  | MaskEvent
  /** Annotations or the selection changed in the document. Comes to every tool. */
  | { readonly type: 'changed' }

/** A new object without what the document gives it (id, image, times). */
export type NewObject = Pick<
  Annotation,
  'labelId' | 'shape' | 'source' | 'modelId' | 'score' | 'prompts' | 'candidate' | 'consistency'
> & {
  /** The mask that it was made from, which stays with it. */
  readonly madeFrom?: { readonly logits: Candidate['logits']; readonly crop: Crop }
}

/** A stored object, and the shape that it gets. */
export interface ChangedShape {
  readonly from: Annotation
  readonly shape: Shape
}

export type ToolEffect =
  | { readonly type: 'segment'; readonly question: MaskQuestion }
  /**
   * The question that will be asked if there is a click: `pressed` when a gesture has begun that may end as one, else
   * the pointer rests where one would be.
   */
  | { readonly type: 'foresee'; readonly question: MaskQuestion; readonly pressed: boolean }
  | { readonly type: 'add'; readonly object: NewObject }
  /** `also`: what changes with it, as one edit. */
  | (ChangedShape & { readonly type: 'change'; readonly also?: readonly ChangedShape[] })
  /** A stored object is made anew; it keeps its id. */
  | { readonly type: 'replace'; readonly from: Annotation; readonly object: NewObject }
  /** Drawn onto a stored object: `object` is added to it, or taken away from it. Its class is the object's then. */
  | { readonly type: 'combine'; readonly onto: Onto; readonly object: NewObject }
  /** Taken apart: the object gets the first shape, and the others become objects like it. */
  | { readonly type: 'split'; readonly from: Annotation; readonly shapes: readonly Shape[] }
  | { readonly type: 'remove'; readonly annotation: Annotation }
  | { readonly type: 'select'; readonly id: AnnotationId | null }
  /** All that is selected, by image pixels. */
  | { readonly type: 'move-selected'; readonly dx: number; readonly dy: number }
  | { readonly type: 'hover'; readonly id: AnnotationId | null }
  | { readonly type: 'notice'; readonly level: 'info' | 'warning' | 'error'; readonly message: string }

export interface ToolContext {
  readonly imageId: ImageId
  /**
   * For the question that this event may lead to; no question had it before, of any image or folder. A late
   * answer is then never mistaken for the answer to another question.
   */
  readonly revision: number
  /** Of the upright image, pixels. */
  readonly size: Size
  /** Screen pixels an image pixel. */
  readonly scale: number
  /** Across, image pixels. */
  readonly brushSize: number
  /** Those that can be seen, in drawing order: the last is on top. */
  readonly annotations: readonly Annotation[]
  /** All that is selected; `selected` is the primary of them, which has the handles. */
  readonly selection: ReadonlySet<AnnotationId>
  readonly selected: AnnotationId | null
  /** Vertices that objects share are edited together. */
  readonly sharesVertices: boolean
  /** It must not be changed, by itself or with its class. */
  isLocked(annotation: Annotation): boolean
  /** The class a shape drawn by hand gets; null when the project has none. */
  readonly labelId: LabelId | null
}

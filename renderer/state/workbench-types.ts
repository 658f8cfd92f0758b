/**
 * What the workbench (the image on screen, its annotations, the active tool) shows to panels and actions. The panels
 * and actions know only this; canvas and tools implement it.
 */
import type { Crop } from '../../common/segmentation.ts'
import type { Annotation, AnnotationId, ImageId, ImageItem, LabelId, Prompt } from '../../common/model.ts'
import type { Polygon, ImageStatus } from '../../common/model.ts'

export type ToolId = 'smart' | 'rectangle' | 'polygon' | 'select'

/** One mask offered for the prompts. */
export interface OfferedMask {
  /** 0 the one-answer mask, 1-3 the alternatives. */
  readonly index: number
  readonly score: number
  /** Null when nothing of the mask is left after specks are dropped. */
  readonly polygon: Polygon | null
}

/** The unfinished object of the smart tool. */
export interface SmartDraft {
  readonly prompts: readonly Prompt[]
  /** waiting: the image is being encoded; thinking: the decoder runs; ready: `offered` answers `prompts`. */
  readonly status: 'empty' | 'waiting' | 'thinking' | 'ready' | 'failed'
  readonly offered: readonly OfferedMask[]
  /** Index into `offered`. */
  readonly chosen: number
  readonly zoom: boolean
  /** The part of the image that the shown mask was made from; null when it is the whole image. */
  readonly crop: Crop | null
  /** The stored object that is made anew; null when the draft is a new object. */
  readonly refining: Pick<Annotation, 'id' | 'labelId'> | null
  readonly message: string | null
  /** Objects that were committed before their mask was there; each is stored when its answer comes. */
  readonly committing: number
}

export interface WorkbenchState {
  readonly image: ImageItem | null
  /** True from openImage until the pixels are on screen. */
  readonly loading: boolean
  readonly annotations: readonly Annotation[]
  readonly canUndo: boolean
  readonly canRedo: boolean
  readonly tool: ToolId
  readonly selected: AnnotationId | null
  readonly hovered: AnnotationId | null
  readonly smart: SmartDraft
  /** Vertices placed by the polygon tool so far. */
  readonly polygonVertices: number
  readonly currentLabelId: LabelId | null
  readonly hiddenLabels: ReadonlySet<LabelId>
  /** Screen pixels an image pixel. */
  readonly scale: number
  /** Pointer in image pixels, null outside the image. */
  readonly pointer: { readonly x: number; readonly y: number } | null
}

export interface WorkbenchActions {
  /** Shows an image; a draft in progress is kept for when the user comes back. `ahead` are the next images, to be encoded ahead. */
  openImage(imageId: ImageId, ahead: readonly ImageId[]): Promise<void>
  /**
   * Shows nothing and forgets all drafts: image ids mean something within one project only. Says when objects were lost
   * that waited for their mask.
   */
  closeImage(): void
  setTool(tool: ToolId): void
  /** Enter, Space: commits the draft with the current class, or closes the polygon. */
  confirm(): void
  /** Esc: drops the draft, or the selection. */
  cancel(): void
  /** Backspace: takes the last prompt or vertex back. */
  back(): void
  /** Delete: the selected vertex, or else the selected shape. */
  deleteSelected(): void
  /** Arrow keys: moves the selected vertex or shape by image pixels; false when nothing is selected. */
  nudge(dx: number, dy: number): boolean
  /** Tab: shows the next offered mask. */
  cycleCandidate(): void
  chooseCandidate(index: number): void
  /** Z: asks for a mask from a crop around the prompts. */
  toggleZoomRefine(): void
  /** Makes a stored object anew: its shape becomes the prompt, and what the user keeps takes its place. */
  refine(annotationId: AnnotationId, zoom: boolean): void
  /** Digit or click in the list: commits a draft with it, or gives it to the selected shape, or makes it current. */
  pickLabel(labelId: LabelId): void
  toggleLabelHidden(labelId: LabelId): void
  select(annotationId: AnnotationId | null): void
  hover(annotationId: AnnotationId | null): void
  setAnnotationLabel(annotationId: AnnotationId, labelId: LabelId): void
  deleteAnnotation(annotationId: AnnotationId): void
  setStatus(status: ImageStatus): Promise<void>
  undo(): Promise<void>
  redo(): Promise<void>
  fit(): void
  zoomBy(factor: number): void
  /** 1 = one screen pixel an image pixel. */
  zoomTo(scale: number): void
}

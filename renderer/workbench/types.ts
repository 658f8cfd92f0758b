/**
 * What the workbench (the image on screen, its annotations, the active tool) shows to panels and actions. The panels
 * and actions know only this; canvas and tools implement it.
 */
import type { ImagePoint } from '../../common/geometry/point.ts'
import type { Turn } from '../../common/geometry/viewport.ts'
import type {
  Annotation,
  AnnotationId,
  ImageId,
  ImageItem,
  ImageRecord,
  ImageStatus,
} from '../../common/model.ts'
import type { LabelId } from '../../common/model.ts'
import type { OrderWay } from '../../common/object-order.ts'
import type { DetailState } from '../tools/detail-state.ts'
import type { MaskDraft } from '../tools/mask-draft.ts'
import type { StageLook } from '../tools/stage-look.ts'
import type { Draft, ToolId } from '../tools/tool.ts'
import type { MendId } from './mends.ts'

export type { MendId }
import type { Combination } from './combine-objects.ts'
import type { Told } from './object-edits.ts'
import type { Placing } from './placing.ts'

interface ObjectMenu {
  /** Where it opens, CSS pixels of the window. */
  readonly x: number
  readonly y: number
  /** Objects that lie where it was asked for, the smallest first. */
  readonly under: readonly AnnotationId[]
}

export interface WorkbenchState {
  readonly image: ImageItem | null
  /** True from openImage until the pixels are on screen. */
  readonly loading: boolean
  readonly annotations: readonly Annotation[]
  readonly canUndo: boolean
  readonly canRedo: boolean
  /** The tool in hand. */
  readonly tool: ToolId
  /** Of the tool in hand: what Enter, Backspace, Esc and undo are about. Null when nothing is in the making. */
  readonly draft: Draft | null
  /** Another tool than the one in hand has something in the making. */
  readonly draftElsewhere: boolean
  /** The pointer is in the middle of a gesture, which Esc drops. */
  readonly inGesture: boolean
  /** The arrow keys move what the tool in hand has grabbed; else they are for the images. */
  readonly takesArrows: boolean
  /** What the model offers for the draft of the tool in hand. */
  readonly masks: MaskDraft
  /** Objects that were committed before their mask was there; each is stored when its answer comes. */
  readonly committing: number
  /** All that is selected, in the order in which it was. */
  readonly selection: ReadonlySet<AnnotationId>
  /** The primary: the last of them, which has the handles; null when nothing is selected. */
  readonly selected: AnnotationId | null
  readonly hovered: AnnotationId | null
  /** Null while nothing is selected that keeps its mask. */
  readonly detail: DetailState | null
  /** The menu of what is selected, or of the image; null when it is closed. */
  readonly menu: ObjectMenu | null
  readonly currentLabelId: LabelId | null
  readonly hiddenLabels: ReadonlySet<LabelId>
  /** Objects that are hidden by themselves, of all images. */
  readonly hiddenObjects: ReadonlySet<AnnotationId>
  /** Classes that are locked: their objects are too. */
  readonly lockedLabels: ReadonlySet<LabelId>
  /** Screen pixels an image pixel. */
  readonly scale: number
  /** The view is turned or mirrored. */
  readonly isTurned: boolean
  /** Of the tools that have a size: across, image pixels. The same for all images. */
  readonly brushSize: number
  readonly look: StageLook
  /** Objects that were followed and are less sure are shown as doubtful, 0..1: as in the settings. */
  readonly doubtBelow: number
  /** All objects are out of sight for as long as a key is held. */
  readonly peeking: boolean
  /** Pointer in image pixels, null outside the image. */
  readonly pointer: { readonly x: number; readonly y: number } | null
}

export interface WorkbenchActions {
  /** Shows an image; a draft in progress is kept for when the user comes back. `ahead` are the next images, to be encoded ahead. */
  openImage(imageId: ImageId, ahead: readonly ImageId[]): Promise<void>
  /** Takes up what another process has changed in the image and the classes; drafts stay. */
  refresh(): Promise<void>
  /**
   * Shows nothing and forgets all drafts: image ids mean something within one project only. Says when objects were lost
   * that waited for their mask.
   */
  closeImage(): void
  setTool(tool: ToolId): void
  /** Enter, Space: commits the draft with the current class; a draft that remakes a stored object, with its class. */
  confirm(): void
  /** Esc: drops the draft, or goes from several selected objects to one, and from one to none. */
  cancel(): void
  /** Backspace: removes the last step of the draft, a prompt or a vertex. */
  back(): void
  /** Delete: the selected vertex, or else what is selected. */
  deleteSelected(): void
  /** Arrow keys: moves the vertex or shape that was grabbed, or the several that are selected, by image pixels as they are seen; false when there is none. */
  nudge(dx: number, dy: number): boolean
  /** Makes the brush larger by a factor, smaller by one under 1. */
  resizeBrush(factor: number): void
  /** Tab: shows the next candidate. */
  cycleCandidate(): void
  chooseCandidate(index: number): void
  /** Z: asks for a mask from a crop around the prompts. */
  toggleZoomRefine(): void
  /**
   * Makes a stored object anew: its shape becomes the prompt, and what the user keeps replaces it. @param reopens with
   * the prompts that it was made with, where it has some
   */
  refine(annotationId: AnnotationId, zoom: boolean, reopens?: boolean): void
  /** Digit or click in the list: commits a draft with it, or gives it to what is selected, or makes it current. */
  pickLabel(labelId: LabelId): void
  /** Hiding ends, in words, when the class is used: picked, or one of its objects made, changed or selected. */
  toggleLabelHidden(labelId: LabelId): void
  select(annotationId: AnnotationId | null): void
  /**
   * Opens the menu. Of what lies at the point the smallest is selected, unless one of it is. @param point image pixels;
   * null for what is selected
   */
  openMenu(place: { readonly x: number; readonly y: number }, point: ImagePoint | null): void
  closeMenu(): void
  /** One more, or one less. */
  toggleSelected(annotationId: AnnotationId): void
  /** These and no others; the last of them is the primary. */
  selectAll(annotationIds: Iterable<AnnotationId>): void
  /** Hides them, or shows them again when all of them are hidden. */
  toggleHidden(annotationIds: readonly AnnotationId[]): void
  /** Everything that is hidden, objects and classes. */
  showAll(): void
  /** These and no others are hidden. */
  hideOnly(hidden: Pick<WorkbenchState, 'hiddenLabels' | 'hiddenObjects'>): void
  hover(annotationId: AnnotationId | null): void
  /** One edit for all of them, as are those that follow; what is locked stays as it is, and is counted in words. */
  setAnnotationLabel(annotationIds: readonly AnnotationId[], labelId: LabelId): void
  /** Attributes, group and track. */
  tell(annotationIds: readonly AnnotationId[], told: Told): Promise<void>
  deleteAnnotations(annotationIds: readonly AnnotationId[]): void
  /** Proposals among them become objects. */
  acceptProposals(annotationIds: readonly AnnotationId[]): Promise<void>
  /** Locks them, or unlocks them when all are locked. Says so where their class holds them. */
  toggleLocked(annotationIds: readonly AnnotationId[]): void
  /** Changes objects as wholes, in one edit; says why when nothing changes. */
  mend(annotationIds: readonly AnnotationId[], id: MendId): void
  /**
   * Another detail for the outlines of the selected objects that keep their mask, image pixels. Shown at once, and stored
   * as one step when it rests. @param isDragged `settleDetail` says when it rests
   */
  setDetail(detail: number, isDragged: boolean): void
  settleDetail(): void
  /** Makes the selected objects one, or takes the others away from the primary. */
  combineSelected(how: Combination): void
  /** Puts objects from elsewhere on the image and selects them. */
  place(placing: Placing): Promise<void>
  /** Moves the selected objects in the order of drawing. */
  reorderSelected(way: OrderWay): void
  /** @returns whether it is stored; else the user was told why it is not */
  setStatus(status: ImageStatus): Promise<boolean>
  /** What is said of the image: its flag, review or tags. @returns as `setStatus` */
  mark(change: Partial<Pick<ImageRecord, 'flag' | 'reviewed' | 'tags'>>): Promise<boolean>
  setLook(change: Partial<StageLook>): void
  peek(isOn: boolean): void
  undo(): Promise<void>
  redo(): Promise<void>
  fit(): void
  /** Turns or mirrors the view further, never the data; null: upright again. Stays for the images that follow. */
  turnView(by: Turn | null): void
  zoomBy(factor: number): void
  /**
   * 1 = one pixel of the screen for each of the image, and on it, so that nothing is blurred.
   * @param deviceRatio pixels of the screen a CSS pixel
   */
  zoomTo(scale: number, deviceRatio: number): void
}

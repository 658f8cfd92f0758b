/** What a tool sees of the stage when it draws and says what it does. Owns types only; the workbench's store is one. */
import type { InferenceStatus } from '../../common/contract/inference.ts'
import type { ImagePoint, Size } from '../../common/geometry/point.ts'
import type { Viewport } from '../../common/geometry/viewport.ts'
import type { Annotation, AnnotationId, ImageItem, Label, LabelId } from '../../common/model.ts'
import type { StageLook } from './stage-look.ts'
import type { MaskDraft } from './mask-draft.ts'
import type { MaskAnswer } from '../segmentation/question.ts'

export interface StageView {
  readonly image: ImageItem | null
  readonly view: Viewport
  /** Of the stage, CSS pixels. */
  readonly stageSize: Size
  /** Screen pixels an image pixel. */
  readonly scale: number
  /** Across, image pixels. */
  readonly brushSize: number
  /** Null outside the image. */
  readonly pointer: ImagePoint | null
  readonly annotations: readonly Annotation[]
  readonly hiddenLabels: ReadonlySet<LabelId>
  readonly hiddenObjects: ReadonlySet<AnnotationId>
  readonly lockedLabels: ReadonlySet<LabelId>
  /** All that is selected; `selected` is the primary of them, which has the handles. */
  readonly selection: ReadonlySet<AnnotationId>
  readonly selected: AnnotationId | null
  readonly hovered: AnnotationId | null
  readonly currentLabelId: LabelId | null
  readonly look: StageLook
  /** Of the tool in hand. */
  readonly masks: MaskDraft
  /** Objects of all tools that were committed before their mask was there. */
  readonly committing: number
  /** The mask under the resting pointer. */
  readonly preview: { readonly answer: MaskAnswer } | null
  readonly inference: InferenceStatus | null
  /** When the encode of the image on screen was first seen, `performance.now()` ms; null when it does not run. */
  readonly encodingSince: number | null
}

/** With its class, or by itself. */
export const isHidden = (
  { hiddenLabels, hiddenObjects }: Pick<StageView, 'hiddenLabels' | 'hiddenObjects'>,
  { id, labelId }: Pick<Annotation, 'id' | 'labelId'>,
): boolean => hiddenLabels.has(labelId) || hiddenObjects.has(id)

/** What a tool draws with. */
export interface Look {
  /** Of the draft's class, #rrggbb. */
  readonly color: string
  readonly labels: ReadonlyMap<LabelId, Label>
  /** `performance.now()`, ms. */
  readonly time: number
  /** Writes the names of kept objects: between what a tool fills and its lines, so that no fill lies over a name. */
  readonly drawTags: () => void
  /** How long the answer to the tool's question has been waited for, ms; 0 when none is. */
  readonly waited: number
}

/** Size of an image whose file was read; null when there is nothing to draw on. */
export const sizeOf = (image: Pick<ImageItem, 'width' | 'height'> | null): Size | null =>
  image?.width && image.height ? { width: image.width, height: image.height } : null

/**
 * The workbench's store type: what panels and actions know (types.ts) and what the stage needs besides.
 * Owns types only.
 */
import type { StoreApi } from 'zustand/vanilla'
import type { InferenceStatus } from '../../common/contract/inference.ts'
import type { Diff } from '../../common/diff.ts'
import type { Settings } from '../../common/contract/settings.ts'
import type { ScreenPoint, Size } from '../../common/geometry/point.ts'
import type { Viewport } from '../../common/geometry/viewport.ts'
import type { ImageId, Label } from '../../common/model.ts'
import type { Client } from '../../common/rpc.ts'
import type { AskMasks, Preview } from '../segmentation/question.ts'
import type { Outliner } from '../segmentation/outliner.ts'
import type { ToolEvent } from '../tools/events.ts'
import type { ToolStates } from '../tools/tool-states.ts'
import type { Pick, PickStep } from './pick.ts'
import type { WorkbenchActions, WorkbenchState } from './types.ts'

export interface StageState {
  readonly view: Viewport
  /** Of the stage, CSS pixels. */
  readonly stageSize: Size
  /** True until the user zooms or pans: then a resized window keeps the whole image in view. */
  readonly fitted: boolean
  /** Of the image on screen. */
  readonly tools: ToolStates
  readonly inference: InferenceStatus | null
  /** When the encode of the image on screen was first seen, `performance.now()` ms; null when it does not run. */
  readonly encodingSince: number | null
  /** The mask under the resting pointer; null when there is none to show. */
  readonly preview: Preview | null
  /** The box that Ctrl+drag draws; null when none is drawn. */
  readonly pick: Pick | null
  /** The images that follow, so that the stage can load their pixels ahead. */
  readonly ahead: readonly ImageId[]
}

interface StageActions {
  /** A pointer event for the tool in hand. */
  send(event: ToolEvent): void
  /** A press with Ctrl, which is no tool's: a click selects one more or one less, a drag all that its box holds. */
  pickWith(step: PickStep): void
  /** The classes of the project have changed: which of them are locked is asked anew. */
  labelsChanged(): void
  resizeStage(size: Size): void
  zoomAt(at: ScreenPoint, factor: number): void
  panBy(dx: number, dy: number): void
  setPointer(point: { readonly x: number; readonly y: number } | null): void
  /** The pixels are on screen. */
  imageShown(imageId: ImageId): void
  /** The pixels could not be had; `message` is for the user. */
  imageFailed(imageId: ImageId, message: string): void
  /** Objects and edits that the core has not stored yet, of all images. */
  unstored(): number
  /** Stops listening to the core. */
  close(): void
}

export type WorkbenchStore = WorkbenchState & WorkbenchActions & StageState & StageActions
export type Workbench = StoreApi<WorkbenchStore>

export interface WorkbenchPorts {
  readonly client: Client
  readonly askMasks: AskMasks
  /** Outlines of kept masks with another detail. */
  readonly outliner: Outliner
  getLabels(): readonly Label[]
  getSettings(): Settings | null
  /** Tells the user. */
  readonly notify: (level: 'info' | 'warning' | 'error', message: string) => void
  /** Tells the user what was done, with a way back. */
  readonly offerUndo: (message: string, done: Diff) => void
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly newId: () => string
}

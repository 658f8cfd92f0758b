/** What the workbench holds before a folder is open. */
import { firstTool } from '../tools/all-tools.ts'
import { noMasks } from '../tools/mask-draft.ts'
import { plainLook } from '../tools/stage-look.ts'
import { freshStates } from '../tools/tool-states.ts'
import { noSelection } from './selection.ts'
import type { StageState } from './store.ts'
import type { WorkbenchState } from './types.ts'

export const initialWorkbench: WorkbenchState = {
  image: null,
  loading: false,
  annotations: [],
  canUndo: false,
  canRedo: false,
  tool: firstTool,
  draft: null,
  draftElsewhere: false,
  inGesture: false,
  takesArrows: false,
  masks: noMasks,
  committing: 0,
  ...noSelection,
  hovered: null,
  detail: null,
  menu: null,
  currentLabelId: null,
  hiddenLabels: new Set(),
  hiddenObjects: new Set(),
  lockedLabels: new Set(),
  scale: 1,
  isTurned: false,
  brushSize: 24,
  look: plainLook,
  doubtBelow: 0.7,
  peeking: false,
  pointer: null,
}

export const initialStage: StageState = {
  view: { scale: 1, x: 0, y: 0 },
  stageSize: { width: 0, height: 0 },
  fitted: true,
  tools: freshStates,
  inference: null,
  encodingSince: null,
  preview: null,
  pick: null,
  ahead: [],
}

/** No image is on screen any more. */
export const nothingShown = {
  menu: null,
  hovered: null,
  pointer: null,
  pick: null,
  encodingSince: null,
  preview: null,
  image: null,
  annotations: [],
  loading: false,
  ahead: [],
} satisfies Partial<WorkbenchState & StageState>

/** The object in the making, and the selected one. */
import { hasDraft, type Action, type ActionState } from './action.ts'
import { msg } from '../../common/said.ts'

const arrows = [
  { key: 'ArrowLeft', dx: -1, dy: 0 },
  { key: 'ArrowRight', dx: 1, dy: 0 },
  { key: 'ArrowUp', dx: 0, dy: -1 },
  { key: 'ArrowDown', dx: 0, dy: 1 },
]

/** Listed before the images' actions: once a vertex or shape was grabbed, the arrow keys are for these. */
const nudgeActions = [1, 10].flatMap((pixels): Action[] =>
  arrows.map(({ key, dx, dy }, index) => ({
    id: `nudge-${key.slice(5).toLowerCase()}-${pixels}`,
    label: msg(
      'Move what was grabbed {side, select, left {left} right {right} up {up} other {down}} by {pixels} px',
    ),
    values: { side: key.slice(5).toLowerCase(), pixels },
    group: 'Object',
    shortcuts: [pixels === 1 ? key : `Shift+${key}`],
    repeats: true,
    ...(index === 0
      ? {
          keys: pixels === 1 ? msg('Arrows') : msg('Shift+Arrows'),
          summary: msg(
            'Move what was grabbed, or several selected objects, by {pixels, plural, =1 {one pixel} other {# pixels}}',
          ),
        }
      : { listed: false }),
    enabled: ({ workbench }) => workbench.takesArrows,
    run: ({ workbench }) => void workbench.getState().nudge(dx * pixels, dy * pixels),
  })),
)

type Seen = Pick<ActionState, 'workbench'>
const hasSelection = ({ workbench }: Seen) => workbench.selected !== null
/** There is a draft that the model makes. */
const hasMasks = ({ workbench }: Seen) => workbench.masks.prompts.length > 0

export const objectActions: readonly Action[] = [
  {
    id: 'confirm',
    label: msg('Keep the object with the current class'),
    group: 'Object',
    shortcuts: ['Enter', 'Space'],
    enabled: hasDraft,
    run: ({ workbench }) => workbench.getState().confirm(),
  },
  {
    id: 'cycle-candidate',
    label: msg('Show the next of the masks offered'),
    group: 'Object',
    shortcuts: ['Tab'],
    enabled: (state) => state.workbench.masks.candidates.length > 1,
    run: ({ workbench }) => workbench.getState().cycleCandidate(),
  },
  {
    id: 'zoom-refine',
    label: msg('Look closer: ask again with the object enlarged'),
    short: msg('Look closer'),
    group: 'Object',
    shortcuts: ['Z'],
    enabled: (state) => hasMasks(state) || hasSelection(state),
    checked: (state) => hasMasks(state) && state.workbench.masks.zoom,
    run({ workbench }) {
      const state = workbench.getState()
      if (hasMasks({ workbench: state })) state.toggleZoomRefine()
      else if (state.selected !== null) state.refine(state.selected, true)
    },
  },
  {
    id: 'refine',
    label: msg('Refine the selected object with the model'),
    short: msg('Refine with the model'),
    group: 'Object',
    shortcuts: ['E'],
    enabled: hasSelection,
    run({ workbench }) {
      const state = workbench.getState()
      if (state.selected !== null) state.refine(state.selected, false)
    },
  },
  {
    id: 'back',
    label: msg('Take the last point back'),
    group: 'Object',
    shortcuts: ['Backspace'],
    repeats: true,
    enabled: hasDraft,
    run: ({ workbench }) => workbench.getState().back(),
  },
  {
    id: 'cancel',
    label: msg('Drop the object in the making; of several selected ones keep one, then none'),
    group: 'Object',
    shortcuts: ['Escape'],
    enabled: (state) => hasDraft(state) || state.workbench.inGesture || hasSelection(state),
    run: ({ workbench }) => workbench.getState().cancel(),
  },
  {
    id: 'delete',
    label: msg('Delete the selected vertex or objects'),
    short: msg('Delete'),
    group: 'Object',
    shortcuts: ['Delete'],
    enabled: hasSelection,
    run: ({ workbench }) => workbench.getState().deleteSelected(),
  },
  {
    // A Mac has no Delete key. While anything is unfinished, the key is for that alone.
    id: 'delete-with-backspace',
    label: msg('Delete the selected vertex or objects, while nothing is in the making'),
    group: 'Object',
    shortcuts: ['Backspace'],
    listed: false,
    enabled: (state) => hasSelection(state) && !hasDraft(state) && !state.workbench.draftElsewhere,
    run: ({ workbench }) => workbench.getState().deleteSelected(),
  },
  {
    id: 'lock',
    label: msg('Lock or unlock the selected objects'),
    short: msg('Lock or unlock'),
    group: 'Object',
    shortcuts: ['L'],
    enabled: hasSelection,
    whyNot: msg('Select an object to lock it.'),
    run({ workbench }) {
      const state = workbench.getState()
      state.toggleLocked([...state.selection])
    },
  },
  ...nudgeActions,
]

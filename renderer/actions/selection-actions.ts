/** Selecting many objects, and hiding objects. */
import { isHidden } from '../tools/stage-view.ts'
import type { WorkbenchState } from '../workbench/types.ts'
import { hasSelection, type Action, type ActionState } from './action.ts'
import { msg } from '../../common/said.ts'

const hasObjects = ({ workbench }: ActionState) => workbench.annotations.length > 0
const visibleIn = (workbench: WorkbenchState) =>
  workbench.annotations.filter((annotation) => !isHidden(workbench, annotation)).map(({ id }) => id)

export const selectionActions: readonly Action[] = [
  {
    id: 'select-all',
    label: msg('Select all objects'),
    short: msg('Select all'),
    group: 'Object',
    shortcuts: ['Mod+A'],
    enabled: hasObjects,
    whyNot: msg('This image has no objects yet.'),
    run({ workbench }) {
      const state = workbench.getState()
      state.selectAll(visibleIn(state))
    },
  },
  {
    id: 'select-class',
    label: msg('Select all objects of the current class'),
    short: msg('Select all of the current class'),
    group: 'Object',
    shortcuts: ['Mod+Shift+A'],
    enabled: ({ workbench }) =>
      workbench.annotations.some(({ labelId }) => labelId === workbench.currentLabelId),
    whyNot: msg('This image has no object of the current class.'),
    run({ workbench }) {
      const state = workbench.getState()
      const { annotations, currentLabelId } = state
      state.selectAll(annotations.filter(({ labelId }) => labelId === currentLabelId).map(({ id }) => id))
    },
  },
  {
    id: 'hide',
    label: msg('Hide the selected objects'),
    short: msg('Hide'),
    group: 'Object',
    shortcuts: ['Shift+H'],
    enabled: hasSelection,
    whyNot: msg('Select objects to hide them.'),
    run({ workbench }) {
      const state = workbench.getState()
      state.toggleHidden([...state.selection])
    },
  },
  {
    id: 'hide-others',
    label: msg('Hide all objects but the selected ones'),
    short: msg('Hide all others'),
    group: 'Object',
    shortcuts: ['Alt+H'],
    enabled: hasSelection,
    whyNot: msg('Select the objects that are to stay.'),
    run({ workbench }) {
      const state = workbench.getState()
      const others = visibleIn(state).filter((id) => !state.selection.has(id))
      if (others.length > 0) state.toggleHidden(others)
    },
  },
  {
    id: 'lock-others',
    label: msg('Lock all objects but the selected ones, or unlock them'),
    short: msg('Lock all others'),
    group: 'Object',
    shortcuts: ['Alt+L'],
    enabled: hasSelection,
    whyNot: msg('Select the objects that are to stay open.'),
    run({ workbench }) {
      const state = workbench.getState()
      const others = visibleIn(state).filter((id) => !state.selection.has(id))
      if (others.length > 0) state.toggleLocked(others)
    },
  },
  {
    id: 'show-all',
    label: msg('Show all that is hidden, objects and classes'),
    short: msg('Show all that is hidden'),
    group: 'Object',
    shortcuts: ['Alt+Shift+H'],
    enabled: ({ workbench }) => workbench.hiddenObjects.size + workbench.hiddenLabels.size > 0,
    whyNot: msg('Nothing is hidden.'),
    run: ({ workbench }) => workbench.getState().showAll(),
  },
]

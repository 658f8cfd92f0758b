/** Undo and redo, of one edit and of a whole run. */
import { hasDraft, hasImage, hasProject, type Action } from './action.ts'
import { msg } from '../../common/said.ts'

export const editActions: readonly Action[] = [
  {
    id: 'undo',
    label: msg('Undo'),
    group: 'Edit',
    shortcuts: ['Mod+Z'],
    repeats: true,
    enabled: (state) => state.workbench.canUndo,
    whyNot: msg('Nothing to undo on this image.'),
    run: ({ workbench }) => workbench.getState().undo(),
  },
  {
    id: 'redo',
    label: msg('Redo'),
    group: 'Edit',
    shortcuts: ['Mod+Shift+Z', 'Mod+Y'],
    repeats: true,
    enabled: (state) => state.workbench.canRedo,
    whyNot: msg('Nothing to redo on this image.'),
    run: ({ workbench }) => workbench.getState().redo(),
  },
  {
    id: 'history',
    label: msg('Steps on this image, to go back or forward by several'),
    group: 'Edit',
    shortcuts: ['Mod+Alt+Z'],
    enabled: (state) => hasImage(state) && !hasDraft(state),
    run: ({ view }) => view.set({ historyOpen: true }),
  },
  {
    id: 'undo-run',
    label: msg('Undo a run…'),
    group: 'Edit',
    shortcuts: [],
    summary: msg('Take back all that boxes to masks, or another run, has made'),
    enabled: hasProject,
    run: ({ view }) => view.show('runs'),
  },
]

/** Undo and redo. */
import type { Action } from './action.ts'

export const editActions: readonly Action[] = [
  {
    id: 'undo',
    label: 'Undo',
    group: 'Edit',
    shortcuts: ['Mod+Z'],
    repeats: true,
    enabled: (state) => state.workbench.canUndo,
    whyNot: 'Nothing to undo on this image.',
    run: ({ workbench }) => workbench.getState().undo(),
  },
  {
    id: 'redo',
    label: 'Redo',
    group: 'Edit',
    shortcuts: ['Mod+Shift+Z', 'Mod+Y'],
    repeats: true,
    enabled: (state) => state.workbench.canRedo,
    whyNot: 'Nothing to redo on this image.',
    run: ({ workbench }) => workbench.getState().redo(),
  },
]

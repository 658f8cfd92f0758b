/** Mending the selected objects as wholes: each is one edit. */
import type { MendId } from '../workbench/types.ts'
import type { Action } from './action.ts'

const mend = (id: MendId, short: string, label: string, shortcuts: readonly string[] = []): Action => ({
  id,
  label,
  short,
  group: 'Object',
  shortcuts,
  repeats: id === 'grow' || id === 'shrink',
  enabled: ({ workbench }) => workbench.selection.size > 0 && workbench.draft === null,
  whyNot: 'Select an object first.',
  run({ workbench }) {
    const state = workbench.getState()
    state.mend([...state.selection], id)
  },
})

export const mendActions: readonly Action[] = [
  mend('grow', 'Grow by 1 px', 'Grow the selected objects by 1 px', ['G']),
  mend('shrink', 'Shrink by 1 px', 'Shrink the selected objects by 1 px', ['Shift+G']),
  mend('fill-holes', 'Fill holes', 'Fill the holes of the selected objects', ['O']),
  mend('smooth', 'Smooth', 'Smooth the outlines of the selected objects', ['U']),
  mend('trim', 'Trim to neighbours', 'Trim the selected objects to their neighbours, so that none overlap', [
    'T',
  ]),
  mend(
    'fit-rotated',
    'Fit a rotated rectangle',
    'Make the selected objects rotated rectangles, the smallest around each',
    ['Alt+Shift+O'],
  ),
  mend('drop-small-parts', 'Drop small parts', 'Drop the small parts of the selected objects'),
  mend('parts-to-objects', 'Parts to objects', 'Make an object of each part of the selected ones'),
]

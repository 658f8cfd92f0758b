/** Mending the selected objects as wholes: each is one edit. */
import type { MendId } from '../workbench/types.ts'
import type { Action } from './action.ts'
import { msg } from '../../common/said.ts'

const mend = (id: MendId, short: string, label: string, shortcuts: readonly string[] = []): Action => ({
  id,
  label,
  short,
  group: 'Object',
  shortcuts,
  repeats: id === 'grow' || id === 'shrink',
  enabled: ({ workbench }) => workbench.selection.size > 0 && workbench.draft === null,
  whyNot: msg('Select an object first.'),
  run({ workbench }) {
    const state = workbench.getState()
    state.mend([...state.selection], id)
  },
})

export const mendActions: readonly Action[] = [
  mend('grow', msg('Grow by 1 px'), msg('Grow the selected objects by 1 px'), ['G']),
  mend('shrink', msg('Shrink by 1 px'), msg('Shrink the selected objects by 1 px'), ['Shift+G']),
  mend('fill-holes', msg('Fill holes'), msg('Fill the holes of the selected objects'), ['O']),
  mend('smooth', msg('Smooth'), msg('Smooth the outlines of the selected objects'), ['U']),
  mend(
    'trim',
    msg('Trim to neighbours'),
    msg('Trim the selected objects to their neighbours, so that none overlap'),
    ['T'],
  ),
  mend(
    'fit-rotated',
    msg('Fit a rotated rectangle'),
    msg('Make the selected objects rotated rectangles, the smallest around each'),
    ['Alt+Shift+O'],
  ),
  mend('drop-small-parts', msg('Drop small parts'), msg('Drop the small parts of the selected objects')),
  mend('parts-to-objects', msg('Parts to objects'), msg('Make an object of each part of the selected ones')),
]

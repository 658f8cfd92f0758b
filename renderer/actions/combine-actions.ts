/** Several objects made into one, or one taken from by others. */
import type { Combination } from '../workbench/combine-objects.ts'
import type { Action } from './action.ts'
import { msg } from '../../common/said.ts'

const combine = (
  how: Combination,
  short: string,
  label: string,
  shortcut: string,
  whyNot: string,
): Action => ({
  id: how,
  label,
  short,
  group: 'Object',
  shortcuts: [shortcut],
  enabled: ({ workbench }) => workbench.selection.size > 1 && workbench.draft === null,
  whyNot,
  run: ({ workbench }) => workbench.getState().combineSelected(how),
})

export const combineActions: readonly Action[] = [
  combine(
    'join',
    msg('Join'),
    msg('Join the selected objects; the one selected last gives the class'),
    'J',
    msg('Select several objects to join them: Ctrl+click adds one to the selection.'),
  ),
  combine(
    'subtract',
    msg('Take the others from the last'),
    msg('Take the other selected objects away from the one selected last'),
    'Shift+J',
    msg('Select several objects, and last the one from which the others are to be taken away.'),
  ),
  combine(
    'intersect',
    msg('Keep what is common'),
    msg('Keep only what the selected objects have in common'),
    'Alt+J',
    msg('Select several objects to keep what they have in common.'),
  ),
]

/** Several objects made into one, or one taken from by others. */
import type { Combination } from '../workbench/combine-objects.ts'
import type { Action } from './action.ts'

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
    'Join',
    'Join the selected objects; the one selected last gives the class',
    'J',
    'Select several objects to join them: Ctrl+click adds one to the selection.',
  ),
  combine(
    'subtract',
    'Take the others from the last',
    'Take the other selected objects away from the one selected last',
    'Shift+J',
    'Select several objects, and last the one from which the others are to be taken away.',
  ),
  combine(
    'intersect',
    'Keep what is common',
    'Keep only what the selected objects have in common',
    'Alt+J',
    'Select several objects to keep what they have in common.',
  ),
]

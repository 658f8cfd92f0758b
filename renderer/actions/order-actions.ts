/** Which of the objects lies on top: by one step, or to the end. */
import type { OrderWay } from '../../common/object-order.ts'
import type { Action } from './action.ts'

const order = (way: OrderWay, short: string, label: string, shortcut: string, repeats = false): Action => ({
  id: `order-${way}`,
  label,
  short,
  group: 'Object',
  shortcuts: [shortcut],
  repeats,
  enabled: ({ workbench }) => workbench.selection.size > 0 && workbench.draft === null,
  whyNot: 'Select an object first.',
  run: ({ workbench }) => workbench.getState().reorderSelected(way),
})

export const orderActions: readonly Action[] = [
  order(
    'forward',
    'Bring forward',
    'Bring the selected objects over the next that they overlap',
    'PageUp',
    true,
  ),
  order(
    'backward',
    'Send back',
    'Send the selected objects under the next that they overlap',
    'PageDown',
    true,
  ),
  order('front', 'To the front', 'Bring the selected objects to the front', 'Shift+PageUp'),
  order('back', 'To the back', 'Send the selected objects to the back', 'Shift+PageDown'),
]

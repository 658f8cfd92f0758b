/** Which of the objects lies on top: by one step, or to the end. */
import type { OrderWay } from '../../common/object-order.ts'
import type { Action } from './action.ts'
import { msg } from '../../common/said.ts'

const order = (way: OrderWay, short: string, label: string, shortcut: string, repeats = false): Action => ({
  id: `order-${way}`,
  label,
  short,
  group: 'Object',
  shortcuts: [shortcut],
  repeats,
  enabled: ({ workbench }) => workbench.selection.size > 0 && workbench.draft === null,
  whyNot: msg('Select an object first.'),
  run: ({ workbench }) => workbench.getState().reorderSelected(way),
})

export const orderActions: readonly Action[] = [
  order(
    'forward',
    msg('Bring forward'),
    msg('Bring the selected objects over the next that they overlap'),
    'PageUp',
    true,
  ),
  order(
    'backward',
    msg('Send back'),
    msg('Send the selected objects under the next that they overlap'),
    'PageDown',
    true,
  ),
  order('front', msg('To the front'), msg('Bring the selected objects to the front'), 'Shift+PageUp'),
  order('back', msg('To the back'), msg('Send the selected objects to the back'), 'Shift+PageDown'),
]

/** The detail of outlines whose mask is kept: the slider under the list of objects. */
import type { Action } from './action.ts'
import { msg } from '../../common/said.ts'

export const detailActions: readonly Action[] = [
  {
    id: 'detail',
    label: msg('Detail of the selected outlines, as their masks have it'),
    short: msg('Detail…'),
    group: 'Object',
    shortcuts: ['Shift+D'],
    enabled: ({ workbench }) => workbench.detail !== null && workbench.draft === null,
    whyNot: msg('Select an object that the model made: its mask has the detail.'),
    run: ({ view }) => view.set({ rightOpen: true, detailAsked: true }),
  },
]

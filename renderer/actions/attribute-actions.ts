/** What the selected objects are told beside their class: attributes, group and track. */
import { maxOf } from '../../common/extremes.ts'
import { hasSelection, type Action } from './action.ts'
import { msg } from '../../common/said.ts'

export const attributeActions: readonly Action[] = [
  {
    id: 'attributes',
    label: msg('Attributes, group and track of the selected objects; digits choose'),
    short: msg('Attributes, group and track'),
    group: 'Object',
    shortcuts: ['Alt+A'],
    enabled: hasSelection,
    whyNot: msg('Select an object to say something of it.'),
    run: ({ view }) => view.set({ attributesOpen: true, attributesAsked: true, rightOpen: true }),
  },
  {
    id: 'group',
    label: msg('Make the selected objects a group, or take them out of it'),
    short: msg('Group or ungroup'),
    group: 'Object',
    shortcuts: ['Alt+G'],
    enabled: hasSelection,
    whyNot: msg('Select the objects that belong together.'),
    async run({ workbench }) {
      const desk = workbench.getState()
      const { annotations, selection } = desk
      const groups = annotations.filter(({ id }) => selection.has(id)).map(({ groupId }) => groupId)
      const isGroup = groups.every((group) => group !== null && group === groups[0])
      const next = Math.max(0, maxOf(annotations.map(({ groupId }) => groupId ?? 0))) + 1
      await desk.tell([...selection], { groupId: isGroup ? null : next })
    },
  },
]

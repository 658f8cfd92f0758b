/** What machines suggest, and a person accepts or drops. */
import type { AnnotationId } from '../../common/model.ts'
import type { WorkbenchState } from '../workbench/types.ts'
import type { Action, ActionState } from './action.ts'
import { msg } from '../../common/said.ts'

const proposalsOf = ({ annotations }: WorkbenchState): AnnotationId[] =>
  annotations.filter(({ proposed }) => proposed).map(({ id }) => id)

/** Those that are selected; all of the image where nothing is. */
const meant = (workbench: WorkbenchState): AnnotationId[] => {
  const { selection } = workbench
  const all = proposalsOf(workbench)
  return selection.size === 0 ? all : all.filter((id) => selection.has(id))
}

/** The next one after the selected object, from the start again; null when there is none. */
const nextOf = (workbench: WorkbenchState): AnnotationId | null => {
  const { annotations, selected } = workbench
  const at = annotations.findIndex(({ id }) => id === selected)
  const order = [...annotations.slice(at + 1), ...annotations.slice(0, at + 1)]
  return order.find(({ proposed }) => proposed)?.id ?? null
}

const hasAny = ({ workbench }: ActionState) => proposalsOf(workbench).length > 0
const NONE = msg('This image has no proposals.')

export const proposalActions: readonly Action[] = [
  {
    id: 'accept',
    label: msg('Accept the selected proposals, or all where nothing is selected'),
    short: msg('Accept the proposal'),
    group: 'Object',
    shortcuts: ['Y'],
    enabled: ({ workbench }) => meant(workbench).length > 0,
    whyNot: msg('There is no proposal to accept.'),
    async run({ workbench }) {
      const before = workbench.getState()
      const ids = meant(before)
      const next = before.selection.size === 1 ? nextOf(before) : null
      await before.acceptProposals(ids)
      // One after the other by one key.
      if (next !== null && next !== ids[0]) workbench.getState().select(next)
    },
  },
  {
    id: 'accept-all',
    label: msg('Accept all proposals of the image'),
    short: msg('Accept all'),
    group: 'Object',
    shortcuts: ['Shift+Y'],
    enabled: hasAny,
    whyNot: NONE,
    run: ({ workbench }) => workbench.getState().acceptProposals(proposalsOf(workbench.getState())),
  },
  {
    id: 'next-proposal',
    label: msg('Select the next proposal'),
    group: 'Object',
    shortcuts: ['Alt+Y'],
    enabled: hasAny,
    whyNot: NONE,
    run({ workbench }) {
      const next = nextOf(workbench.getState())
      if (next !== null) workbench.getState().select(next)
    },
  },
  {
    id: 'drop-proposals',
    label: msg('Drop all proposals of the image'),
    short: msg('Drop all'),
    group: 'Object',
    shortcuts: ['Alt+Shift+Y'],
    enabled: hasAny,
    whyNot: NONE,
    run: ({ workbench }) => workbench.getState().deleteAnnotations(proposalsOf(workbench.getState())),
  },
]

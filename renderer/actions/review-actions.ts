/** What everything mode found, while it is reviewed. Listed before the actions on drafts: Enter and Esc are for these then. */
import type { Label } from '../../common/model.ts'
import { keptOf } from '../state/work.ts'
import { stateOf, type Action, type ActionState } from './action.ts'

/** The class that the objects get: the current one, else the first. */
export const labelOfReview = ({
  labels,
  workbench,
}: Pick<ActionState, 'labels' | 'workbench'>): Label | null =>
  labels.find(({ id }) => id === workbench.currentLabelId) ?? labels[0] ?? null

export const reviewActions: readonly Action[] = [
  {
    id: 'keep-found',
    label: 'Keep the objects found',
    group: 'Object',
    shortcuts: ['Enter'],
    enabled: (state) =>
      state.review !== null && keptOf(state.review).length > 0 && labelOfReview(state) !== null,
    async run(session) {
      const label = labelOfReview(stateOf(session))
      if (label) await session.work.keep(label.id)
    },
  },
  {
    id: 'drop-found',
    label: 'Drop the objects found',
    group: 'Object',
    shortcuts: ['Escape'],
    enabled: ({ review }) => review !== null,
    run: ({ work }) => work.drop(),
  },
]

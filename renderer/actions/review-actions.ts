/** What everything mode found, while it is reviewed. Listed before the actions on drafts: Enter and Esc are for these then. */
import { labelOfKey } from '../../common/class-keys.ts'
import type { Label } from '../../common/model.ts'
import { keptOf } from '../state/work.ts'
import { stateOf, type Action, type ActionState } from './action.ts'
import { msg } from '../../common/said.ts'

/** The class that the objects get: the current one, else the first. */
export const labelOfReview = ({
  labels,
  workbench,
}: Pick<ActionState, 'labels' | 'workbench'>): Label | null =>
  labels.find(({ id }) => id === workbench.currentLabelId) ?? labels[0] ?? null

const digits = [1, 2, 3, 4, 5, 6, 7, 8, 9]

const keepAs = (digit: number): Action => ({
  id: `keep-as-${digit}-found`,
  label: msg('Keep the objects chosen, or all, as class {digit}'),
  values: { digit },
  group: 'Object',
  shortcuts: [String(digit)],
  ...(digit === 1
    ? { keys: '1-9', summary: msg('Keep the objects chosen among those found, or all, with that class') }
    : { listed: false }),
  enabled: ({ review, labels }) =>
    review !== null && keptOf(review).length > 0 && labelOfKey(labels, String(digit)) !== null,
  async run({ labels, work }) {
    const label = labelOfKey(labels.store.getState().labels, String(digit))
    if (label) await work.keep(label.id)
  },
})

export const reviewActions: readonly Action[] = [
  {
    id: 'keep-found',
    label: msg('Keep the objects found, or those chosen among them'),
    group: 'Object',
    shortcuts: ['Enter'],
    enabled: (state) =>
      state.review !== null && keptOf(state.review).length > 0 && labelOfReview(state) !== null,
    async run(session) {
      const label = labelOfReview(stateOf(session))
      if (label) await session.work.keep(label.id)
    },
  },
  ...digits.map(keepAs),
  {
    id: 'leave-out-found',
    label: msg('Leave out what is chosen of the objects found'),
    group: 'Object',
    shortcuts: ['Delete', 'Backspace'],
    enabled: ({ review }) => review !== null && review.picked.size > 0,
    run: ({ work }) => work.leaveOut(),
  },
  {
    id: 'drop-found',
    label: msg('Drop the objects found'),
    group: 'Object',
    shortcuts: ['Escape'],
    enabled: ({ review }) => review !== null,
    run({ work }) {
      const picked = work.store.getState().review?.picked.size ?? 0
      if (picked > 0) work.unpick()
      else work.drop()
    },
  },
]

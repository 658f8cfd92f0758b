/** Reviewing worst first. Listed before the actions on proposals: Y is for the one under review then. */
import { hasProject, type Action, type ActionState } from './action.ts'
import { msg } from '../../common/said.ts'

const isReviewing = ({ reviewing }: ActionState) => reviewing === 'object'

export const queueActions: readonly Action[] = [
  {
    id: 'review-worst',
    label: msg('Review, worst first'),
    group: 'Images',
    shortcuts: ['Shift+V'],
    summary: msg('Review the images of the list, the most doubtful objects first; again to end it'),
    enabled: hasProject,
    checked: ({ reviewing }) => reviewing !== null,
    run({ reviewQueue }) {
      if (!reviewQueue.store.getState().isOpen) return reviewQueue.open()
      reviewQueue.close()
    },
  },
  {
    id: 'review-accept',
    label: msg('In a review: accept the object, and go to the next'),
    short: msg('Accept'),
    group: 'Images',
    shortcuts: ['Y'],
    enabled: isReviewing,
    run: ({ reviewQueue }) => reviewQueue.accept(),
  },
  {
    id: 'review-next',
    label: msg('In a review: the next object, this one stays open'),
    short: msg('Skip'),
    group: 'Images',
    shortcuts: ['.'],
    repeats: true,
    enabled: isReviewing,
    run: ({ reviewQueue }) => reviewQueue.step(1),
  },
  {
    id: 'review-back',
    label: msg('In a review: the object before'),
    short: msg('Back'),
    group: 'Images',
    shortcuts: [','],
    repeats: true,
    enabled: ({ reviewing }) => reviewing !== null,
    run: ({ reviewQueue }) => reviewQueue.step(-1),
  },
]

/** Carrying objects to other images. */
import { isDoubtful } from '../../common/doubtful.ts'
import type { Session } from '../state/session.ts'
import { showNotice } from '../state/report.ts'
import type { Action, ActionState } from './action.ts'
import { msg } from '../../common/said.ts'
import { t } from '../texts/t.ts'

const hasObjects = ({ workbench }: ActionState) =>
  workbench.image?.problem === null && workbench.annotations.length > 0
/** An image that the filter hides has its successor in its place. */
const hasNext = ({ imageIndex, imagesBefore, imageTotal }: ActionState) =>
  (imageIndex === null ? imagesBefore : imageIndex + 1) < imageTotal
const canFollow = (state: ActionState) =>
  hasObjects(state) && hasNext(state) && state.workbench.draft === null
const WHY_NOT = msg(
  'To follow, the image needs an object, nothing in the making, and an image after it in the list.',
)

/** The next doubtful object of the image after the selected one, from the start again. */
const selectDoubtful = ({ workbench, store }: Session): boolean => {
  const { annotations, selected } = workbench.getState()
  const below = store.getState().settings?.followDoubt ?? 0
  const at = annotations.findIndex(({ id }) => id === selected)
  const order = [...annotations.slice(at + 1), ...annotations.slice(0, at + 1)]
  const next = order.find((one) => isDoubtful(one, below))
  if (next === undefined || next.id === selected) return false
  workbench.getState().select(next.id)
  return true
}

const hasSelected = ({ workbench }: ActionState) =>
  workbench.image?.problem === null && workbench.selected !== null && workbench.draft === null
const WHY_NO_MORE = msg('Select the object that others are to look like.')

const findMore = async ({ workbench, work, images }: Session, where: 'image' | 'list') => {
  const { image, selected } = workbench.getState()
  if (image === null || selected === null) return
  const { filter } = images.store.getState()
  const scope =
    where === 'image'
      ? ({ kind: 'image', imageId: image.id } as const)
      : ({ kind: 'filter', filter } as const)
  await work.start('alike', { objectId: selected, scope })
}

export const followActions: readonly Action[] = [
  {
    id: 'follow-next',
    label: msg('Take the selected objects, or all, to the next image'),
    short: msg('To the next image'),
    summary: msg('Find the selected objects, or all, in the next image, as proposals, and go there'),
    group: 'Object',
    shortcuts: ['Shift+X'],
    enabled: canFollow,
    whyNot: WHY_NOT,
    run: ({ follow }) => follow.next(),
  },
  {
    id: 'follow-through',
    label: msg('Follow the selected objects, or all, through the next images'),
    short: msg('Through the next images'),
    summary: msg('Follow the selected objects, or all, through the next images of the list'),
    group: 'Object',
    shortcuts: ['Alt+X'],
    enabled: canFollow,
    whyNot: WHY_NOT,
    run: ({ follow }) => follow.through(),
  },
  {
    id: 'more-alike',
    label: msg('More like the selected object, in this image'),
    short: msg('More like this here'),
    summary: msg('Find more objects like the selected one in this image, as proposals'),
    group: 'Object',
    shortcuts: ['Shift+A'],
    enabled: hasSelected,
    whyNot: WHY_NO_MORE,
    run: (session) => findMore(session, 'image'),
  },
  {
    id: 'more-alike-folder',
    label: msg('More like the selected object, in all images of the list'),
    short: msg('More like this in the list'),
    summary: msg('Find more objects like the selected one in all images of the list, as proposals'),
    group: 'Object',
    shortcuts: ['Alt+Shift+A'],
    enabled: hasSelected,
    whyNot: WHY_NO_MORE,
    run: (session) => findMore(session, 'list'),
  },
  {
    id: 'next-doubtful',
    label: msg('Select the next doubtful object that was followed'),
    group: 'Object',
    shortcuts: ['Shift+Q'],
    enabled: ({ workbench, settings }) =>
      workbench.annotations.some((one) => isDoubtful(one, settings?.followDoubt ?? 0)),
    whyNot: msg(
      'No object of this image is doubtful. {review-worst} reviews those of the list, the worst first.',
    ),
    run(session) {
      if (!selectDoubtful(session))
        showNotice({ level: 'info', message: t('No other object of this image is doubtful.') })
    },
  },
]

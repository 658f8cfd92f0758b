/** What is said of the image on screen: reviewed, flagged with a note, tags. */
import { showNotice } from '../state/report.ts'
import type { Workbench } from '../workbench/store.ts'
import type { Action, ActionState } from './action.ts'
import { msg } from '../../common/said.ts'
import { t } from '../texts/t.ts'

const hasPhoto = ({ workbench }: ActionState) => workbench.image?.problem === null
const hasImage = ({ workbench }: ActionState) => workbench.image !== null

/** The core writes who it was. */
const setReviewed = (workbench: Workbench, isOn: boolean) =>
  workbench.getState().mark({ reviewed: isOn ? { by: '', at: Date.now() } : null })

export const markActions: readonly Action[] = [
  {
    id: 'toggle-reviewed',
    label: msg('Mark image as reviewed'),
    short: msg('Reviewed'),
    group: 'Images',
    shortcuts: ['Shift+R'],
    enabled: hasPhoto,
    checked: ({ workbench }) => (workbench.image?.reviewed ?? null) !== null,
    async run({ workbench }) {
      await setReviewed(workbench, workbench.getState().image?.reviewed === null)
    },
  },
  {
    id: 'reviewed-and-next',
    label: msg('Mark image as reviewed and go to the next'),
    group: 'Images',
    shortcuts: ['Alt+R'],
    enabled: hasPhoto,
    async run({ workbench, navigation }) {
      await navigation.stepOn(
        workbench.getState().image?.reviewed === null ? setReviewed(workbench, true) : null,
      )
    },
  },
  {
    id: 'flag',
    label: msg('Flag the image, with a note'),
    group: 'Images',
    shortcuts: ['Shift+N'],
    enabled: hasImage,
    checked: ({ workbench }) => (workbench.image?.flag ?? null) !== null,
    run: ({ view }) => view.set({ marking: 'flag' }),
  },
  {
    id: 'next-flagged',
    label: msg('Next flagged image'),
    group: 'Images',
    shortcuts: ['Alt+N'],
    repeats: true,
    enabled: (state) => state.imageTotal > 0,
    async run({ navigation }) {
      if (!(await navigation.goToNext('flagged')))
        showNotice({ level: 'info', message: t('No other image of this list is flagged.') })
    },
  },
  {
    id: 'tags',
    label: msg('Tags of the image'),
    group: 'Images',
    shortcuts: ['Shift+T'],
    enabled: hasImage,
    checked: ({ workbench }) => (workbench.image?.tags.length ?? 0) > 0,
    run: ({ view }) => view.set({ marking: 'tags' }),
  },
]

/** From image to image. */
import { showNotice } from '../state/report.ts'
import { hasProject, type Action, type ActionState } from './action.ts'
import { msg } from '../../common/said.ts'
import { t } from '../texts/t.ts'

const hasList = (state: ActionState) => state.imageTotal > 0
const atFirst = ({ imagesBefore }: ActionState) => imagesBefore === 0
/** An image that the filter hides has its successor in its place. */
const atLast = ({ imageIndex, imagesBefore, imageTotal }: ActionState) =>
  (imageIndex === null ? imagesBefore : imageIndex + 1) >= imageTotal

export const imageActions: readonly Action[] = [
  {
    id: 'grid',
    label: msg('The images of the list side by side, with their objects'),
    short: msg('Images side by side'),
    group: 'Images',
    shortcuts: ['Alt+I'],
    enabled: hasProject,
    run: ({ view }) => view.show('grid'),
  },
  {
    id: 'next-image',
    label: msg('Next image'),
    group: 'Images',
    shortcuts: ['D', 'ArrowRight', 'ArrowDown'],
    repeats: true,
    enabled: (state) => hasList(state) && !atLast(state),
    run: (session) => session.navigation.step(1),
  },
  {
    id: 'previous-image',
    label: msg('Previous image'),
    group: 'Images',
    shortcuts: ['A', 'ArrowLeft', 'ArrowUp'],
    repeats: true,
    enabled: (state) => hasList(state) && !atFirst(state),
    run: (session) => session.navigation.step(-1),
  },
  {
    id: 'first-image',
    label: msg('First image'),
    group: 'Images',
    shortcuts: ['Home'],
    enabled: hasList,
    run: (session) => session.navigation.goToEnd('first'),
  },
  {
    id: 'last-image',
    label: msg('Last image'),
    group: 'Images',
    shortcuts: ['End'],
    enabled: hasList,
    run: (session) => session.navigation.goToEnd('last'),
  },
  {
    id: 'next-unlabelled',
    label: msg('Next unlabelled image'),
    group: 'Images',
    shortcuts: ['Shift+U'],
    repeats: true,
    enabled: hasList,
    async run({ navigation }) {
      if (!(await navigation.goToNext('unlabelled')))
        showNotice({ level: 'info', message: t('No other image of this list is without objects.') })
    },
  },
  {
    id: 'go-to-image',
    label: msg('Go to an image by its number'),
    group: 'Images',
    shortcuts: ['Mod+G'],
    enabled: hasList,
    run: ({ view }) => view.set({ leftOpen: true, jumping: true }),
  },
  {
    id: 'done-and-next',
    label: msg('Mark image as done and go to the next'),
    group: 'Images',
    shortcuts: ['Shift+M'],
    enabled: (state) => state.workbench.image?.problem === null,
    async run({ workbench, navigation }) {
      await navigation.stepOn(workbench.getState().setStatus('done'))
    },
  },
  {
    id: 'toggle-done',
    label: msg('Mark image as done'),
    group: 'Images',
    shortcuts: ['M'],
    enabled: (state) => state.workbench.image?.problem === null,
    checked: (state) => state.workbench.image?.status === 'done',
    async run({ workbench }) {
      await workbench.getState().setStatus(workbench.getState().image?.status === 'done' ? 'todo' : 'done')
    },
  },
]

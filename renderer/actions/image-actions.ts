/** From image to image. */
import { type Action, type ActionState } from './action.ts'

const hasList = (state: ActionState) => state.imageTotal > 0
const atFirst = ({ imagesBefore }: ActionState) => imagesBefore === 0
/** An image that the filter hides has its successor in its place. */
const atLast = ({ imageIndex, imagesBefore, imageTotal }: ActionState) =>
  (imageIndex === null ? imagesBefore : imageIndex + 1) >= imageTotal

export const imageActions: readonly Action[] = [
  {
    id: 'next-image',
    label: 'Next image',
    group: 'Images',
    shortcuts: ['D', 'ArrowRight', 'ArrowDown'],
    repeats: true,
    enabled: (state) => hasList(state) && !atLast(state),
    run: (session) => session.navigation.step(1),
  },
  {
    id: 'previous-image',
    label: 'Previous image',
    group: 'Images',
    shortcuts: ['A', 'ArrowLeft', 'ArrowUp'],
    repeats: true,
    enabled: (state) => hasList(state) && !atFirst(state),
    run: (session) => session.navigation.step(-1),
  },
  {
    id: 'first-image',
    label: 'First image',
    group: 'Images',
    shortcuts: ['Home'],
    enabled: hasList,
    run: (session) => session.navigation.goToEnd('first'),
  },
  {
    id: 'last-image',
    label: 'Last image',
    group: 'Images',
    shortcuts: ['End'],
    enabled: hasList,
    run: (session) => session.navigation.goToEnd('last'),
  },
  {
    id: 'toggle-done',
    label: 'Mark image as done',
    group: 'Images',
    shortcuts: ['M'],
    enabled: (state) => state.workbench.image?.problem === null,
    checked: (state) => state.workbench.image?.status === 'done',
    async run({ workbench }) {
      await workbench.getState().setStatus(workbench.getState().image?.status === 'done' ? 'todo' : 'done')
    },
  },
]

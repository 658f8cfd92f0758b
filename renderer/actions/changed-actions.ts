/** What becomes of the objects of a photo that changed under them, or of all such photos. */
import { isChanged, settlingsOf, type Settling } from '../../common/changed-picture.ts'
import type { SettleAllRequest } from '../../common/contract/images.ts'
import { hasProject, type Action, type ActionState } from './action.ts'

const fits = ({ workbench: { image } }: ActionState, how: Settling) =>
  image !== null && image.problem === null && isChanged(image) && settlingsOf(image).includes(how)

const settle = (how: Settling, label: string): Action => ({
  id: `settle-${how}`,
  label,
  group: 'Images',
  shortcuts: [],
  enabled: (state) => fits(state, how),
  whyNot: 'The photo on screen is the one that its objects were made on.',
  async run({ client, workbench }) {
    const { image } = workbench.getState()
    if (image) await client.call('images.settle', { imageId: image.id, how })
  },
})

const settleAll = (how: SettleAllRequest['how'], label: string): Action => ({
  id: `settle-all-${how}`,
  label,
  group: 'Images',
  shortcuts: [],
  enabled: hasProject,
  async run({ work }) {
    await work.start('settle', { how })
  },
})

export const changedActions: readonly Action[] = [
  settle('scale', 'Changed photo: scale the objects with it'),
  settle('turn', 'Changed photo: turn the objects with it'),
  settle('turn-right', 'Changed photo: turn the objects right'),
  settle('turn-left', 'Changed photo: turn the objects left'),
  settle('keep', 'Changed photo: keep the objects where they are'),
  settle('drop', 'Changed photo: remove the objects'),
  settleAll('follow', 'All changed photos: scale or turn the objects with them'),
  settleAll('keep', 'All changed photos: keep the objects where they are'),
  settleAll('drop', 'All changed photos: remove the objects'),
]

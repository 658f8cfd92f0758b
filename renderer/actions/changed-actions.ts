/** What becomes of the objects of a photo that changed under them, or of all such photos. */
import { isChanged, settlingsOf, type Settling } from '../../common/changed-picture.ts'
import type { SettleAllRequest } from '../../common/contract/images.ts'
import { hasProject, type Action, type ActionState } from './action.ts'
import { msg } from '../../common/said.ts'

const fits = ({ workbench: { image } }: ActionState, how: Settling) =>
  image !== null && image.problem === null && isChanged(image) && settlingsOf(image).includes(how)

const settle = (how: Settling, label: string): Action => ({
  id: `settle-${how}`,
  label,
  group: 'Images',
  shortcuts: [],
  enabled: (state) => fits(state, how),
  whyNot: msg('The photo on screen is the one that its objects were made on.'),
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
  settle('scale', msg('Changed photo: scale the objects with it')),
  settle('turn', msg('Changed photo: turn the objects with it')),
  settle('turn-right', msg('Changed photo: turn the objects right')),
  settle('turn-left', msg('Changed photo: turn the objects left')),
  settle('keep', msg('Changed photo: keep the objects where they are')),
  settle('drop', msg('Changed photo: remove the objects')),
  settleAll('follow', msg('All changed photos: scale or turn the objects with them')),
  settleAll('keep', msg('All changed photos: keep the objects where they are')),
  settleAll('drop', msg('All changed photos: remove the objects')),
]

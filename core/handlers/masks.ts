/** Calls about the masks that stay with objects. */
import type { Of, Parts } from './parts.ts'

export const maskHandlers = ({ workspace }: Parts): Of<'masks'> => ({
  'masks.get': ({ ids }) => {
    const { masks } = workspace.project().store
    return { masks: ids.flatMap((id) => masks.get(id) ?? []) }
  },
  'masks.size': () => workspace.project().store.masks.size(),
})

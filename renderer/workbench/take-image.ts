/** The image on screen as the core has it now. Owns that the model looks at it again when it is shown in another way. */
import type { ImageItem } from '../../common/model.ts'
import { nameOfRendition, renditionOf } from '../../common/rendition.ts'
import type { Client } from '../../common/rpc.ts'
import type { Workbench } from './store.ts'

type Stage = Pick<ReturnType<Workbench['getState']>, 'image' | 'ahead'>

interface TakePorts {
  readonly client: Client
  readonly get: () => Stage
  readonly set: (change: { readonly image: ImageItem }) => void
  /** Answers about the picture as it was are worth nothing. */
  readonly forget: () => void
  readonly report: (thrown: unknown) => void
}

const nameOf = (image: ImageItem) => nameOfRendition(renditionOf(image))

export const createTakeImage =
  ({ client, get, set, forget, report }: TakePorts) =>
  (image: ImageItem): void => {
    const before = get().image
    set({ image })
    forget()
    if (before === null || nameOf(before) === nameOf(image)) return
    client.call('inference.focus', { imageId: image.id, ahead: get().ahead.slice(0, 16) }).catch(report)
  }

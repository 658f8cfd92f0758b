/** Says that something was deleted, and offers to take exactly that back for as long as Undo still means it. */
import { toast } from 'sonner'
import type { EventPayload } from '../../common/contract.ts'
import type { ImageId } from '../../common/model.ts'
import type { Client } from '../../common/rpc.ts'
import { t } from '../texts/t.ts'
import { attempt } from './report.ts'

type Applied = EventPayload<'edit.applied'>

/** Long enough to look up from the photo and back, ms. */
const OFFERED_FOR = 12_000

/**
 * Undo takes back the newest edit of an image. Once a newer edit is there, the button would take that one back, so the button goes.
 * @param imageId where Undo is asked for: the image on screen when it was deleted, which need not be on screen any more
 * @param isOwn recognises the event of the deletion itself, which may come after its answer
 */
export const offerUndo = (
  client: Client,
  message: string,
  imageId: ImageId | null,
  isOwn: (applied: Applied) => boolean,
): void => {
  const undo = () => {
    stop()
    attempt(client.call('edit.undo', { imageId }))
  }
  const id = toast(message, { duration: OFFERED_FOR, action: { label: t('Undo'), onClick: undo } })
  const stop = client.on('edit.applied', (applied) => {
    const here = applied.everywhere || applied.histories.some((history) => history.imageId === imageId)
    if (isOwn(applied) || !here) return
    toast.dismiss(id)
    stop()
  })
}

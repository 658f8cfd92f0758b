/** Settles what becomes of the objects of a photo that changed under them: one edit, which undo takes back. */
import { isChanged, movedTo, settlingsOf, type Settling } from '../../common/changed-picture.ts'
import { diffOf } from '../../common/diff.ts'
import { CodedError } from '../../common/errors.ts'
import type { Annotation, ImageId, ImageItem } from '../../common/model.ts'
import { said } from '../../common/said.ts'
import type { ReadStore } from '../store/read-store.ts'
import type { Editing } from './editing.ts'

/**
 * What "with the picture" means for this change, or in words why that is not known.
 * A picture of the same size took the place of the old one without moving anything.
 */
export const followingOf = (item: ImageItem): { how: Settling } | { unknown: string } => {
  const [how] = settlingsOf(item)
  if ((item.madeOn?.width ?? null) === null || item.width === null)
    return { unknown: said('The size of the photo is not known, so its objects can’t be moved with it.') }
  if (how === 'turn-right')
    return { unknown: said('It was turned by a quarter; open it and say to which side.') }
  return { how: how ?? 'keep' }
}

/**
 * The objects are taken for made on the file as it is now, moved into it as `how` says or removed.
 * @param run of long work that it belongs to
 * @param store what is read of the file must be stored
 * @throws CodedError conflict when the photo has not changed or its size is not known; what a commit throws
 */
export const settlePicture = (
  store: ReadStore,
  editing: Pick<Editing, 'commit'>,
  imageId: ImageId,
  how: Settling,
  run?: string,
): void => {
  const item = store.images.get(imageId)
  const [from, to] = [store.pictures.get(imageId), store.pictures.current(imageId)]
  if (item === null || from === null || to === null || !isChanged(item))
    throw new CodedError('conflict', said('This photo is the one that its objects were made on.'))
  const objects = store.annotations.ofImage(imageId)
  if (how === 'drop')
    return editing.commit(
      diffOf({ annotations: { removed: objects }, pictures: { updated: [[from, to]] } }),
      run,
    )
  const move = movedTo(item, how)
  if (move === null)
    throw new CodedError(
      'conflict',
      said('The size of the photo is not known, so its objects can’t be moved.'),
    )
  const now = Date.now()
  const updated =
    how === 'keep'
      ? []
      : objects.map((object): [Annotation, Annotation] => [object, { ...move(object), updatedAt: now }])
  editing.commit(diffOf({ annotations: { updated }, pictures: { updated: [[from, to]] } }), run)
}

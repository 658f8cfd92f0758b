/** What the core adds to a Diff before it is stored, and what it refuses for the sake of the picture it is about. */
import { changeText } from '../../common/changed-picture.ts'
import type { Diff } from '../../common/diff.ts'
import { CodedError } from '../../common/errors.ts'
import type { ImageId } from '../../common/model.ts'
import { said } from '../../common/said.ts'
import type { EditStore } from '../store/store.ts'

/** Objects wait until it is settled what becomes of those that were made on another picture. @throws CodedError conflict */
export const refuseOnChanged = (store: EditStore, images: ReadonlySet<ImageId>): void => {
  for (const imageId of images) {
    const item = store.pictures.isChanged(imageId) ? store.images.get(imageId) : null
    if (item !== null)
      throw new CodedError(
        'conflict',
        said('{item} First choose what becomes of them.', { item: changeText(item) }),
      )
  }
}

const hasAny = (store: EditStore, imageId: ImageId): boolean => {
  const item = store.images.get(imageId)
  return item !== null && item.annotationCount + item.proposedCount > 0
}

/** An image without objects, whose picture is of an earlier file: those that come now are made on the file as it is. */
export const withPictures = (store: EditStore, diff: Diff, images: ReadonlySet<ImageId>): Diff => {
  const updated = [...images].flatMap((imageId): Diff['pictures']['updated'] => {
    const from = store.pictures.get(imageId)
    const to = from === null ? null : store.pictures.current(imageId)
    const isSame =
      from === null || to === null || (from.bytes === to.bytes && from.modifiedAt === to.modifiedAt)
    return isSame || hasAny(store, imageId) ? [] : [[from, to]]
  })
  return updated.length === 0
    ? diff
    : { ...diff, pictures: { updated: [...diff.pictures.updated, ...updated] } }
}

type ImageChange = Diff['images']['updated'][number]

/** Who reviewed an image is whoever marks it, by the name that edits are kept under. */
const signed = ([from, to]: ImageChange, author: string): ImageChange =>
  to.reviewed?.by !== '' || from.reviewed?.at === to.reviewed.at
    ? [from, to]
    : [from, { ...to, reviewed: { ...to.reviewed, by: author } }]

/** Images whose objects are others after it. */
const changedBy = ({ annotations: { added, updated, removed } }: Diff): Set<ImageId> =>
  new Set([...added, ...updated.flat(), ...removed].map(({ imageId }) => imageId))

/**
 * Signs what is marked as reviewed. Long work takes that back from the images whose objects it changes: nobody has looked
 * at those.
 * @param run of long work; null for an edit of a person
 */
export const withReviews = (store: EditStore, diff: Diff, author: string, run: string | null): Diff => {
  const mine = diff.images.updated.map((change) => signed(change, author))
  if (run === null) return { ...diff, images: { updated: mine } }
  const changed = changedBy(diff)
  const kept = mine.map(([from, to]): ImageChange => [
    from,
    changed.has(from.id) ? { ...to, reviewed: null } : to,
  ])
  const known = new Set(kept.map(([{ id }]) => id))
  const more = [...changed].flatMap((id): ImageChange[] => {
    const record = known.has(id) ? null : store.imageRecords.get(id)
    return record?.reviewed ? [[record, { ...record, reviewed: null }]] : []
  })
  return { ...diff, images: { updated: [...kept, ...more] } }
}

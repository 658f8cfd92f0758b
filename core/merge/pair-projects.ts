/** Which images of two projects are the same picture, and which can be merged. Reads photos only where their hashes are not known. */
import { pairImages } from '../agreement/pair-images.ts'
import type { ImageItem } from '../../common/model.ts'
import { said } from '../../common/said.ts'
import { hashFile } from '../files/hash.ts'
import { imageFileOf } from '../images/image-file.ts'
import type { ReadStore } from '../store/read-store.ts'

/** A project and the folder of its photos. */
export interface MergeSide {
  readonly folder: string
  readonly store: ReadStore
}

export interface ImagePair {
  readonly here: ImageItem
  readonly there: ImageItem
  /** The files differ and have one path. */
  readonly isByPath: boolean
}

export interface PairedProjects {
  readonly pairs: readonly ImagePair[]
  readonly onlyHere: readonly ImageItem[]
  readonly onlyThere: readonly ImageItem[]
  /** Pictures that are the same and can't be merged now, with why. */
  readonly leftOut: readonly { readonly pair: ImagePair; readonly message: string }[]
  /** Of images that have one path and are no pair. */
  readonly notes: readonly { readonly image: string; readonly message: string }[]
}

const isOtherFile = (here: ImageItem, there: ImageItem): boolean =>
  here.bytes !== there.bytes ||
  (here.contentHash !== null && there.contentHash !== null && here.contentHash !== there.contentHash)

const hasAny = ({ annotationCount, proposedCount }: ImageItem) => annotationCount + proposedCount > 0

/** Objects lie in the frame of their picture. */
const isSameFrame = (here: ImageItem, there: ImageItem): boolean =>
  here.width === null || there.width === null
    ? !hasAny(there)
    : here.width === there.width && here.height === there.height

/** @param ready asked now and then; throws when it was cancelled */
export const pairProjects = async (
  here: MergeSide,
  there: MergeSide,
  ready: () => Promise<void>,
): Promise<PairedProjects> => {
  const itemsOf = ({ store }: MergeSide) => store.images.getMany(store.images.ids())
  const hashOf = async ({ path }: ImageItem, side: 'one' | 'other') => {
    await ready()
    const { folder } = side === 'one' ? here : there
    return imageFileOf(folder, path)
      .then(hashFile)
      .catch(() => null)
  }
  const found = await pairImages(itemsOf(here), itemsOf(there), hashOf)
  const pairs: ImagePair[] = []
  const leftOut: PairedProjects['leftOut'][number][] = []
  const notes: PairedProjects['notes'][number][] = []
  const [onlyHere, onlyThere] = [[...found.onlyOne], [...found.onlyOther]]
  for (const [one, other] of found.pairs) {
    const isByPath = one.path === other.path && isOtherFile(one, other)
    if (isByPath && !isSameFrame(one, other)) {
      onlyHere.push(one)
      onlyThere.push(other)
      notes.push({
        image: one.path,
        message: said('another picture has this path there: they are not merged.'),
      })
      continue
    }
    const pair = { here: one, there: other, isByPath }
    const isChanged = [here.store.pictures.isChanged(one.id), there.store.pictures.isChanged(other.id)]
    if (isChanged[0])
      leftOut.push({
        pair,
        message: said(
          'its photo has changed under its objects. First choose what becomes of them, then merge again.',
        ),
      })
    else if (isChanged[1])
      leftOut.push({
        pair,
        message: said('its photo has changed under its objects there. That has to be settled there first.'),
      })
    else pairs.push(pair)
  }
  return { pairs, onlyHere, onlyThere, leftOut, notes }
}

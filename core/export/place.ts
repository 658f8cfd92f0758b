/** Where each image of an export goes, under which name, and getting it there. */
import { createNames, keepsKindUpright, needsPng, TURNED_KIND, UNREAD_KIND, type Pairing } from './names.ts'
import { checkRoom, copyImage } from './copy.ts'
import type { PlannedImage, Run } from './run.ts'

export interface PlacedImage {
  readonly image: PlannedImage
  /** Relative to the format's folder of images. */
  readonly name: string
  /** Why the name is not the image's own; null when it is. */
  readonly why: string | null
  /** Where the copy goes, relative to the destination; null without copies. */
  readonly copy: string | null
  /** The copy is written anew: as PNG, or upright. */
  readonly isConverted: boolean
}

/** Names for copies in one folder: what can't keep its name gets another. */
export const createPlaces = (pairing: Pairing, folder: string) => {
  const nameOf = createNames(pairing)
  return (image: PlannedImage): PlacedImage => {
    const turnsKind = image.isTurned && !keepsKindUpright(image.path) ? TURNED_KIND : null
    const pngWhy = needsPng(image.path) ? UNREAD_KIND : turnsKind
    const { name, why } = nameOf(image.path, pngWhy)
    return { image, name, why, copy: `${folder}/${name}`, isConverted: pngWhy !== null || image.isTurned }
  }
}

/** The image where it lies, under its own name. */
export const placeOfOriginal = (image: PlannedImage): PlacedImage => ({
  image,
  name: image.path,
  why: null,
  copy: null,
  isConverted: false,
})

/**
 * Refuses before the first copy when the disk has not the room for the copies that are not there yet.
 * @throws CodedError disk-full
 */
export const checkRoomFor = (run: Run, places: readonly PlacedImage[]): Promise<void> =>
  checkRoom(
    run,
    places.filter(({ copy }) => copy !== null && run.output.earlier(copy) === null).map(({ image }) => image),
  )

/** Copies the image when asked; false, with a line in the report, when it can't be copied. */
export const placeImage = async (run: Run, place: PlacedImage): Promise<boolean> => {
  const { image, copy } = place
  if (copy === null) return true
  const problem = await copyImage(run, image, copy, place.isConverted)
  if (problem !== null) {
    run.leftOut.add(`${problem} The image and its objects are left out.`, image.path)
    return false
  }
  if (place.why !== null) run.changed.add(`Copied as ${place.name}: ${place.why}.`, image.path)
  if (image.isTurned) run.changed.add('Copied upright, without its EXIF turn.', image.path)
  return true
}

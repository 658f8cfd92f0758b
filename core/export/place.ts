/** Where each image of an export goes, under which name, and getting it there. */
import { createNames, otherKindOf, type Pairing } from './names.ts'
import { checkRoom, copyImage } from './copy.ts'
import type { PlannedImage, Run } from './run.ts'
import { said } from '../../common/said.ts'

export interface PlacedImage {
  readonly image: PlannedImage
  /** Relative to the format's folder of images. */
  readonly name: string
  /** Why the copy is not the image as it is, under its own name; null when it is. */
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
    const other = otherKindOf(image.path, image.kind, image.isTurned)
    const { name, why } = nameOf(image.path, other)
    const isConverted = other?.isAnew === true || image.isTurned
    return { image, name, why, copy: `${folder}/${name}`, isConverted }
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
    run.leftOut.add(said('{problem} The image and its objects are left out.', { problem }), image.path)
    return false
  }
  if (place.why !== null)
    run.changed.add(said('Copied as {name}: {why}.', { name: place.name, why: place.why }), image.path)
  if (image.isTurned) run.changed.add(said('Copied upright, without its EXIF turn.'), image.path)
  return true
}

/** The labels of an import: opened where they are small, and in a thread of their own where they are not. */
import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { fitObjects, type ImageFrame, type ImportedObjects } from '../../import/fit-objects.ts'
import type { LabelledImage, LabelSet } from '../../import/objects.ts'
import { findOwnProject } from '../../import/own-project.ts'
import { openLabels, type LabelPlace } from '../../import/read-labels.ts'
import type { Readable } from '../../import/reader.ts'
import { openApart } from './thread/open-apart.ts'

export interface ImportedImage extends Pick<LabelledImage, 'name' | 'isNumber' | 'isReviewed'> {
  /**
   * Its objects, fitted to the image.
   * @param frame null where nothing can be put on the image: then no object has a shape
   * @throws CodedError what reading the labels throws, other than of one file's own fault
   */
  read(frame: ImageFrame | null): Promise<ImportedObjects>
}

/** As a LabelSet, with objects that fit their images. Whoever opens it closes it. */
export interface ImportedLabels extends Omit<LabelSet, 'images'> {
  readonly images: readonly ImportedImage[]
}

const here = (set: LabelSet): ImportedLabels => ({
  ...set,
  images: set.images.map((image) => ({
    name: image.name,
    isNumber: image.isNumber,
    isReviewed: image.isReviewed,
    read: async (frame) => fitObjects(await image.load(), frame),
  })),
})

/** A file of this many bytes takes longer to be read than a thread takes to start. */
const LARGE = 8e6

const isLarge = ({ path }: LabelPlace): boolean => {
  const place = resolve(path)
  const stats = statSync(place, { throwIfNoEntry: false })
  return stats?.isFile() === true && stats.size >= LARGE && findOwnProject(place) === null
}

/** @throws CodedError as `openLabels` */
export const openImport = async (
  formats: readonly Readable[],
  place: LabelPlace,
  order: readonly string[],
  current: string,
): Promise<ImportedLabels> => {
  const apart = isLarge(place) ? await openApart(place, order) : null
  return apart ?? here(await openLabels(formats, place, order, current))
}

/** Which images of an export train, validate and test. */
import { splitImages } from './split.ts'
import type { PlannedImage, Run } from './run.ts'

export type Side = 'train' | 'val'
export const SIDES: readonly Side[] = ['train', 'val']

export interface Division {
  sideOf(image: PlannedImage): Side
  /** Says how many images are on each side, and what is to be known of it. */
  notes(written: Readonly<Record<Side, readonly unknown[]>>): string[]
}

/** Divides the images as the request asks. */
export const divide = ({ request }: Run, images: readonly PlannedImage[]): Division => {
  const { validation, note } = splitImages(images, request.validation, request.seed)
  const held = new Set(images.filter((_, index) => validation.has(index)).map(({ id }) => id))
  return {
    sideOf: ({ id }) => (held.has(id) ? 'val' : 'train'),
    notes: ({ train, val }) => [
      `${train.length} images train, ${val.length} validate (seed ${request.seed}).`,
      ...(note === null ? [] : [note]),
    ],
  }
}

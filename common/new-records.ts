/**
 * What a record is before anybody has said anything of it, so that whoever makes one names only what it knows; and what of
 * an image's row is the user's word. Pure.
 */
import type { Annotation, ImageRecord } from './model.ts'

/** Of an object: not locked, no proposal, in no group, without attributes. */
export const newObject = {
  locked: false,
  proposed: false,
  groupId: null,
  trackId: null,
  attributes: {},
} as const satisfies Partial<Annotation>

/** Of an image. */
export const newImage = (): Omit<ImageRecord, 'id'> => ({
  status: 'todo',
  side: null,
  flag: null,
  reviewed: null,
  tags: [],
  stretch: null,
})

/** What an edit may change of an image, out of its whole row. */
export const imageRecordOf = ({
  id,
  status,
  side,
  flag,
  reviewed,
  tags,
  stretch,
}: ImageRecord): ImageRecord => ({
  id,
  status,
  side,
  flag,
  reviewed,
  tags,
  stretch,
})

/** Is the same said of both? */
export const isSameRecord = (a: ImageRecord, b: ImageRecord): boolean =>
  JSON.stringify(imageRecordOf(a)) === JSON.stringify(imageRecordOf(b))

/**
 * The one write path: a reversible change of labels, annotations and what is said of images. Undo is the reverse of a Diff, never a second
 * implementation. (After tldraw's packages/store/src/lib/RecordsDiff.ts.)
 */
import type { z } from 'zod'
import type { storedDiffSchema } from './diff-schemas.ts'
import type { Annotation, ImageId, ImageRecord, Label } from './model.ts'
import { imageRecordOf, newImage } from './new-records.ts'

export type Diff = z.infer<typeof storedDiffSchema>

/** A change of one kind of record. */
export interface RecordsDiff<T> {
  added: T[]
  updated: [from: T, to: T][]
  removed: T[]
}

const unchanged = <T>(): RecordsDiff<T> => ({ added: [], updated: [], removed: [] })

/** A Diff from the parts that change; what is left out does not change. */
export const diffOf = (change: {
  labels?: Partial<RecordsDiff<Label>>
  annotations?: Partial<RecordsDiff<Annotation>>
  images?: Diff['images']
  pictures?: Diff['pictures']
}): Diff => ({
  labels: { ...unchanged<Label>(), ...change.labels },
  annotations: { ...unchanged<Annotation>(), ...change.annotations },
  images: { updated: [], ...change.images },
  pictures: { updated: [], ...change.pictures },
})

const reversePairs = <T>(pairs: readonly [from: T, to: T][]) => pairs.map(([from, to]): [T, T] => [to, from])

const reverseRecords = <T>(diff: RecordsDiff<T>): RecordsDiff<T> => ({
  added: diff.removed,
  updated: reversePairs(diff.updated),
  removed: diff.added,
})

/** The Diff that takes `diff` back. */
export const reverseDiff = (diff: Diff): Diff => ({
  labels: reverseRecords(diff.labels),
  annotations: reverseRecords(diff.annotations),
  images: { updated: reversePairs(diff.images.updated) },
  pictures: { updated: reversePairs(diff.pictures.updated) },
})

const isEmptyRecords = <T>(diff: RecordsDiff<T>) =>
  diff.added.length === 0 && diff.updated.length === 0 && diff.removed.length === 0

export const isEmptyDiff = (diff: Diff): boolean =>
  isEmptyRecords(diff.labels) &&
  isEmptyRecords(diff.annotations) &&
  diff.images.updated.length === 0 &&
  diff.pictures.updated.length === 0

/** The ids of the images that `diff` touches, themselves or by their annotations, ascending, each once. */
export const imagesOfDiff = (diff: Diff): ImageId[] => {
  const { added, updated, removed } = diff.annotations
  const touched = [...added, ...updated.flat(), ...removed].map((annotation) => annotation.imageId)
  const changed = [...diff.images.updated, ...diff.pictures.updated].map(([, to]) => to.id)
  return [...new Set([...touched, ...changed])].sort((a, b) => a - b)
}

/** An image of which nothing is said but its status, or a whole item of the list. */
type Recorded = Pick<ImageRecord, 'id' | 'status'> & Partial<ImageRecord>

/** The Diff that changes what is said of images, by pairs of an image and what is said of it then. */
export const imagesDiff = (
  changes: readonly (readonly [image: Recorded, change: Partial<Omit<ImageRecord, 'id'>>])[],
): Diff =>
  diffOf({
    images: {
      updated: changes.map(([image, change]) => {
        const from = imageRecordOf({ ...newImage(), ...image })
        return [from, { ...from, ...change }]
      }),
    },
  })

/** The Diff that marks an image. */
export const statusDiff = (image: Recorded, status: ImageRecord['status']): Diff =>
  imagesDiff([[image, { status }]])

/**
 * Applies one kind of record's change to a list and returns a new list: updated records stay where they are, added
 * ones go to the end. `mine` tells which added records belong in the list.
 */
export const applyRecordsDiff = <T extends { readonly id: string }>(
  records: readonly T[],
  diff: RecordsDiff<T>,
  mine: (record: T) => boolean = () => true,
): T[] => {
  const gone = new Set(diff.removed.map((record) => record.id))
  const changed = new Map(diff.updated.map(([, to]) => [to.id, to]))
  const kept = records
    .filter((record) => !gone.has(record.id))
    .map((record) => changed.get(record.id) ?? record)
  const known = new Set(kept.map((record) => record.id))
  return [...kept, ...diff.added.filter((record) => mine(record) && !known.has(record.id))]
}

/**
 * The one write path: a reversible change of labels and annotations. Undo is the reverse of a Diff, never a second
 * implementation. (After tldraw's packages/store/src/lib/RecordsDiff.ts.)
 */
import { z } from 'zod'
import { annotationSchema, labelSchema, type Annotation, type ImageId, type Label } from './model.ts'

const recordsDiffOf = <T extends z.ZodType>(record: T) =>
  z.object({
    added: z.array(record),
    /** Pairs [from, to] with the same id. */
    updated: z.array(z.tuple([record, record])),
    removed: z.array(record),
  })

export const diffSchema = z.object({
  labels: recordsDiffOf(labelSchema),
  annotations: recordsDiffOf(annotationSchema),
})
export type Diff = z.infer<typeof diffSchema>

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
}): Diff => ({
  labels: { ...unchanged<Label>(), ...change.labels },
  annotations: { ...unchanged<Annotation>(), ...change.annotations },
})

const reverseRecords = <T>(diff: RecordsDiff<T>): RecordsDiff<T> => ({
  added: diff.removed,
  updated: diff.updated.map(([from, to]): [T, T] => [to, from]),
  removed: diff.added,
})

/** The Diff that takes `diff` back. */
export const reverseDiff = (diff: Diff): Diff => ({
  labels: reverseRecords(diff.labels),
  annotations: reverseRecords(diff.annotations),
})

const isEmptyRecords = <T>(diff: RecordsDiff<T>) =>
  diff.added.length === 0 && diff.updated.length === 0 && diff.removed.length === 0

export const isEmptyDiff = (diff: Diff): boolean =>
  isEmptyRecords(diff.labels) && isEmptyRecords(diff.annotations)

/** The ids of the images whose annotations `diff` touches, ascending, each once. */
export const imagesOfDiff = (diff: Diff): ImageId[] => {
  const { added, updated, removed } = diff.annotations
  const touched = [...added, ...updated.flat(), ...removed].map((annotation) => annotation.imageId)
  return [...new Set(touched)].sort((a, b) => a - b)
}

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

/** Writes a Diff to the tables after checking every record of it against what is stored. Runs in a transaction. */
import type { Diff, RecordsDiff } from '../../common/diff.ts'
import { CodedError } from '../../common/errors.ts'
import type { Annotation, Label } from '../../common/model.ts'
import type { Store } from './store.ts'

interface Records<T> {
  get(id: string): T | null
  isStored(record: T): boolean
  insert(record: T): void
  update(record: T): void
  remove(id: string): void
}

const conflict = (message: string) => new CodedError('conflict', message)

const expectStored = <T extends { id: string }>(records: Records<T>, record: T, name: string): void => {
  if (records.isStored(record)) return
  if (records.get(record.id) === null) throw conflict(`${name} does not exist any more.`)
  throw conflict(`${name} was changed in between; what is stored now is shown.`)
}

const applyRemovedAndUpdated = <T extends { id: string }>(
  records: Records<T>,
  diff: RecordsDiff<T>,
  nameOf: (record: T) => string,
): void => {
  for (const record of diff.removed) {
    expectStored(records, record, nameOf(record))
    records.remove(record.id)
  }
  for (const [from, to] of diff.updated) {
    if (from.id !== to.id) throw conflict(`${nameOf(from)} can't take another id.`)
    expectStored(records, from, nameOf(from))
    records.update(to)
  }
}

const applyAdded = <T extends { id: string }>(
  records: Records<T>,
  added: readonly T[],
  nameOf: (record: T) => string,
): void => {
  for (const record of added) {
    if (records.get(record.id) !== null) throw conflict(`${nameOf(record)} exists already.`)
    records.insert(record)
  }
}

const labelName = (label: Label) => `The class “${label.name}”`
const annotationName = () => 'This object'

const checkReferences = (store: Store, annotation: Annotation): void => {
  if (store.images.get(annotation.imageId) === null)
    throw conflict('The image of this object does not exist in the project.')
  if (store.labels.get(annotation.labelId) === null)
    throw conflict('The class of this object does not exist any more. Pick another class.')
}

/** Only classes that this Diff touches are held against the rest, so that old twins can still be renamed. */
const checkNames = (store: Store, diff: Diff): void => {
  const changed = [...diff.labels.added, ...diff.labels.updated.map(([, to]) => to)]
  if (changed.length === 0) return
  const all = store.labels.list()
  for (const label of changed) {
    const twin = all.find((other) => other.id !== label.id && other.name === label.name)
    if (twin !== undefined)
      throw conflict(`There is a class “${label.name}” already. Choose another name, or use that one.`)
  }
}

const checkUnused = (store: Store, label: Label): void => {
  const { annotations, images } = store.annotations.usage(label.id)
  if (annotations > 0)
    throw conflict(
      `${labelName(label)} is still used by ${annotations} object(s) in ${images} image(s). ` +
        'Delete those or give them another class first.',
    )
}

/**
 * Applies `diff`: what is added must be absent, what is updated or removed must equal the stored record, every
 * annotation's image and class must exist, class names stay unique. Throws before the transaction is committed, so
 * that a Diff that does not fit changes nothing.
 * @throws CodedError conflict
 */
export const applyDiff = (store: Store, diff: Diff): void => {
  const { labels, annotations } = diff
  // New classes first and old ones last: annotations in between may use either.
  applyAdded(store.labels, labels.added, labelName)
  for (const [, to] of annotations.updated) checkReferences(store, to)
  for (const annotation of annotations.added) checkReferences(store, annotation)
  applyRemovedAndUpdated(store.annotations, annotations, annotationName)
  applyAdded(store.annotations, annotations.added, annotationName)
  for (const label of labels.removed) checkUnused(store, label)
  applyRemovedAndUpdated(store.labels, labels, labelName)
  checkNames(store, diff)
}

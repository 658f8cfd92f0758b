/** Writes a Diff to the tables after checking every record of it against what is stored. Runs in a transaction. */
import type { Diff, RecordsDiff } from '../../common/diff.ts'
import { CodedError } from '../../common/errors.ts'
import { findLocked } from '../../common/locks.ts'
import type { Annotation, ImageId, Label, LabelId } from '../../common/model.ts'
import type { EditStore } from './store.ts'
import { said } from '../../common/said.ts'

interface Records<T extends { id: string | number }> {
  has(id: T['id']): boolean
  isStored(record: T): boolean
  update(record: T): void
}

interface OwnRecords<T extends { id: string }> extends Records<T> {
  remove(id: string): void
}

const conflict = (message: string) => new CodedError('conflict', message)

const expectStored = <T extends { id: string | number }>(
  records: Records<T>,
  record: T,
  name: string,
): void => {
  if (records.isStored(record)) return
  if (!records.has(record.id)) throw conflict(said('{name} does not exist any more.', { name }))
  throw conflict(said('{name} was changed in between; what is stored now is shown.', { name }))
}

const applyUpdated = <T extends { id: string | number }>(
  records: Records<T>,
  updated: readonly [from: T, to: T][],
  nameOf: (record: T) => string,
): void => {
  for (const [from, to] of updated) {
    if (from.id !== to.id) throw conflict(said("{from} can't take another id.", { from: nameOf(from) }))
    expectStored(records, from, nameOf(from))
    records.update(to)
  }
}

const applyRemovedAndUpdated = <T extends { id: string }>(
  records: OwnRecords<T>,
  diff: RecordsDiff<T>,
  nameOf: (record: T) => string,
): void => {
  for (const record of diff.removed) {
    expectStored(records, record, nameOf(record))
    records.remove(record.id)
  }
  applyUpdated(records, diff.updated, nameOf)
}

/** A stored name may be longer than a message should be. */
const shown = (name: string) => (name.length > 60 ? `${name.slice(0, 60)}…` : name)
const labelName = (label: Label) => said('The class “{name}”', { name: shown(label.name) })
const annotationName = () => said('This object')
const imageName = () => said('This image')

const checkReferences = (store: EditStore, annotations: readonly Annotation[]): void => {
  const [images, labels] = [new Set<ImageId>(), new Set<LabelId>()]
  for (const { imageId, labelId } of annotations) {
    images.add(imageId)
    labels.add(labelId)
  }
  for (const id of images)
    if (!store.imageRecords.has(id))
      throw conflict(said('The image of this object does not exist in the project.'))
  for (const id of labels)
    if (!store.labels.has(id))
      throw conflict(said('The class of this object does not exist any more. Pick another class.'))
}

/** A name that changes must be free; twins of an older file keep theirs, and can be moved, recoloured and renamed. */
const checkNames = (store: EditStore, { added, updated }: Diff['labels']): void => {
  const named = [...added, ...updated.filter(([from, to]) => from.name !== to.name).map(([, to]) => to)]
  if (named.length === 0) return
  const all = store.labels.list()
  for (const label of named) {
    const twin = all.find((other) => other.id !== label.id && other.name === label.name)
    if (twin !== undefined)
      throw conflict(
        said('There is a class “{name}” already. Choose another name, or use that one.', {
          name: shown(label.name),
        }),
      )
  }
}

/** What is locked is unlocked first, by an edit of its own. */
const checkLocks = (store: EditStore, diff: Diff): void => {
  const locked = findLocked(diff, (id) => store.labels.get(id)?.locked ?? false)
  if (locked === null) return
  const name = 'name' in locked ? labelName(locked) : annotationName()
  const own = 'name' in locked || locked.locked
  throw conflict(
    own
      ? said('{name} is locked. Unlock it first.', { name })
      : said('{name} is of a class that is locked. Unlock it first.', { name }),
  )
}

const checkUnused = (store: EditStore, label: Label): void => {
  const { annotations, images } = store.annotations.usage(label.id)
  if (annotations > 0)
    throw conflict(
      said(
        '{label} is still used by {annotations, plural, one {# object} other {# objects}} in {images, plural, one {# image} other {# images}}. Delete those or give them another class first.',
        { label: labelName(label), annotations, images },
      ),
    )
}

/**
 * Applies `diff`: what is added must be absent, what is updated or removed must equal the stored record, every
 * annotation's image and class must exist, new class names must be free, nothing that is locked may change. `restores`: it
 * brings back what was stored before, names that were there twice among it, whatever is locked. Throws before the transaction is committed, so that a Diff that does
 * not fit changes nothing.
 * @throws CodedError conflict
 */
export const applyDiff = (store: EditStore, diff: Diff, restores = false): void => {
  const { labels, annotations, images, pictures } = diff
  if (!restores) checkLocks(store, diff)
  // New classes first and old ones last: annotations in between may use either.
  for (const label of labels.added)
    if (!store.labels.insert(label))
      throw conflict(said('{name} exists already.', { name: labelName(label) }))
  checkReferences(store, annotations.added)
  checkReferences(
    store,
    annotations.updated.map(([, to]) => to),
  )
  applyRemovedAndUpdated(store.annotations, annotations, annotationName)
  if (!store.annotations.insert(annotations.added))
    throw conflict(said('{name} exists already.', { name: annotationName() }))
  applyUpdated(store.imageRecords, images.updated, imageName)
  applyUpdated(store.pictures, pictures.updated, imageName)
  for (const imageId of new Set(annotations.added.map((added) => added.imageId)))
    store.pictures.begin(imageId)
  for (const label of labels.removed) checkUnused(store, label)
  applyRemovedAndUpdated(store.labels, labels, labelName)
  if (!restores) checkNames(store, labels)
}

/**
 * The mirror of the open image, its annotations and what is said of it: what the core has, with the user's own edits drawn on top of it
 * before the core has stored them. Pure.
 */
import { applyRecordsDiff, type Diff } from '../../common/diff.ts'
import { inOrder } from '../../common/object-order.ts'
import type { Annotation, ImageId, ImageRecord } from '../../common/model.ts'

interface PendingEdit {
  readonly key: string
  readonly diff: Diff
  /** The core has answered that it is stored; its event is still to come. */
  readonly stored: boolean
}

export interface Mirror {
  readonly imageId: ImageId | null
  /** As the core has it. */
  readonly confirmed: readonly Annotation[]
  readonly record: ImageRecord | null
  /** Own edits on the way, oldest first. */
  readonly pending: readonly PendingEdit[]
}

export const emptyMirror: Mirror = { imageId: null, confirmed: [], record: null, pending: [] }

const apply = (mirror: Mirror, annotations: readonly Annotation[], diff: Diff) =>
  applyRecordsDiff(annotations, diff.annotations, (annotation) => annotation.imageId === mirror.imageId)

const applyRecord = ({ imageId }: Mirror, record: ImageRecord | null, diff: Diff) =>
  diff.images.updated.find(([, to]) => to.id === imageId)?.[1] ?? record

/** Tells edits apart: the same objects changed at the same times, the same said of the same images. */
const keyOf = ({ annotations, labels, images }: Diff): string => {
  const stamp = ({ id, updatedAt }: Annotation) => `${id}@${updatedAt}`
  return [
    annotations.added.map(stamp).join(),
    annotations.updated.map(([, to]) => stamp(to)).join(),
    annotations.removed.map(stamp).join(),
    [...labels.added, ...labels.updated.flat(), ...labels.removed].map((label) => label.id).join(),
    // The core writes the name of whoever reviews.
    JSON.stringify(images.updated.map(([, to]) => ({ ...to, reviewed: to.reviewed?.at }))),
  ].join('|')
}

/** What the core tells as done is the edit that was sent. */
export const isSameEdit = (a: Diff, b: Diff): boolean => keyOf(a) === keyOf(b)

/** What is to be drawn. */
export const annotationsOf = (mirror: Mirror): readonly Annotation[] =>
  inOrder(
    mirror.pending.reduce<readonly Annotation[]>(
      (drawn, edit) => apply(mirror, drawn, edit.diff),
      mirror.confirmed,
    ),
  )

/** What is said of the image, own edits on the way included; null without an image. */
export const recordOf = (mirror: Mirror): ImageRecord | null =>
  mirror.pending.reduce((record, edit) => applyRecord(mirror, record, edit.diff), mirror.record)

/** An own edit sets out. */
export const withPending = (mirror: Mirror, diff: Diff): Mirror => ({
  ...mirror,
  pending: [...mirror.pending, { key: keyOf(diff), diff, stored: false }],
})

/** The core has stored an own edit. It stays drawn until its event comes. */
export const withStored = (mirror: Mirror, diff: Diff): Mirror => ({
  ...mirror,
  pending: mirror.pending.map((edit) => (edit.diff === diff ? { ...edit, stored: true } : edit)),
})

/** The core has refused an own edit: it is not drawn any more. */
export const withoutPending = (mirror: Mirror, diff: Diff): Mirror => ({
  ...mirror,
  pending: mirror.pending.filter((edit) => edit.diff !== diff),
})

/** The core tells an edit, ours or another's. */
export const withApplied = (mirror: Mirror, diff: Diff, kind: 'commit' | 'undo' | 'redo'): Mirror => {
  const key = keyOf(diff)
  const mine = kind === 'commit' ? mirror.pending.findIndex((edit) => edit.key === key) : -1
  const confirmed = apply(mirror, mirror.confirmed, diff)
  const record = applyRecord(mirror, mirror.record, diff)
  return { ...mirror, confirmed, record, pending: mirror.pending.filter((_, index) => index !== mine) }
}

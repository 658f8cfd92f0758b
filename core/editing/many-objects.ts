/** Many objects of many images changed at once, as one Diff that undo takes back. What is locked is left as it is. */
import { diffOf, imagesOfDiff, type Diff } from '../../common/diff.ts'
import { CodedError } from '../../common/errors.ts'
import { isLocked } from '../../common/locks.ts'
import type { Annotation, AnnotationId, ImageId, LabelId } from '../../common/model.ts'
import { said } from '../../common/said.ts'
import type { ReadStore } from '../store/read-store.ts'

export interface ManyObjects {
  readonly diff: Diff
  readonly changed: number
  readonly locked: number
  /** One that it touches, where undo can be asked for. */
  readonly imageId: ImageId | null
}

type Look = Pick<ReadStore, 'annotations' | 'labels'>

const change = (
  { annotations, labels }: Look,
  ids: readonly AnnotationId[],
  isMeant: (annotation: Annotation) => boolean,
  diffFor: (all: readonly Annotation[]) => Diff,
): ManyObjects => {
  const found = [...new Set(ids)].flatMap((id) => annotations.get(id) ?? []).filter(isMeant)
  const free = found.filter((one) => !isLocked(one, (id) => labels.get(id)?.locked ?? false))
  const diff = diffFor(free)
  return {
    diff,
    changed: free.length,
    locked: found.length - free.length,
    imageId: imagesOfDiff(diff)[0] ?? null,
  }
}

/** @throws CodedError not-found when the class is gone */
export const relabelled = (
  store: Look,
  ids: readonly AnnotationId[],
  labelId: LabelId,
  now = Date.now(),
): ManyObjects => {
  if (store.labels.get(labelId) === null)
    throw new CodedError('not-found', said('This class does not exist any more.'))
  return change(
    store,
    ids,
    (one) => one.labelId !== labelId,
    (all) =>
      diffOf({
        annotations: {
          updated: all.map((one) => [one, { ...one, labelId, proposed: false, updatedAt: now }]),
        },
      }),
  )
}

/** Those that can't be changed stay. */
export const removed = (store: Look, ids: readonly AnnotationId[]): ManyObjects =>
  change(
    store,
    ids,
    () => true,
    (all) => diffOf({ annotations: { removed: [...all] } }),
  )

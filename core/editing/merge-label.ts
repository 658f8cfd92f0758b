/** All objects of a class for another one, as one Diff that undo takes back. */
import { diffOf, type Diff } from '../../common/diff.ts'
import { CodedError } from '../../common/errors.ts'
import type { Annotation, Label, LabelId } from '../../common/model.ts'
import { said } from '../../common/said.ts'
import type { ReadStore } from '../store/read-store.ts'

/**
 * @param remove the class that they had is removed; those below it move up
 * @throws CodedError not-found when a class is gone, bad-input when both are one
 */
export const mergeLabelDiff = (
  store: Pick<ReadStore, 'labels' | 'annotations'>,
  { from, into, remove }: { readonly from: LabelId; readonly into: LabelId; readonly remove: boolean },
  now = Date.now(),
): Diff => {
  const [source, target] = [store.labels.get(from), store.labels.get(into)]
  if (source === null || target === null)
    throw new CodedError('not-found', said('This class does not exist any more.'))
  if (from === into) throw new CodedError('bad-input', said('A class can’t be merged with itself.'))
  const moved = store.annotations
    .ofLabel(from)
    .map((one): [Annotation, Annotation] => [one, { ...one, labelId: into, updatedAt: now }])
  const places = store.labels
    .list()
    .filter(({ id }) => id !== from)
    .map((label, position): [Label, Label] => [label, { ...label, position }])
    .filter(([before, after]) => before.position !== after.position)
  return diffOf({
    labels: remove ? { removed: [source], updated: places } : {},
    annotations: { updated: moved },
  })
}

/** A class with attributes of other names, whose objects take their values along: one Diff that undo takes back. */
import { diffOf, type Diff } from '../../common/diff.ts'
import type { CallInput } from '../../common/contract.ts'
import { CodedError } from '../../common/errors.ts'
import type { Annotation } from '../../common/model.ts'
import { said } from '../../common/said.ts'
import type { ReadStore } from '../store/read-store.ts'

/** Other names for the keys. A value under a new name that was there already stays, and so does what would take its place. */
const renamedKeys = (
  attributes: Annotation['attributes'],
  names: ReadonlyMap<string, string>,
): Annotation['attributes'] =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => {
      const to = names.get(name) ?? name
      const isTaken = to !== name && Object.hasOwn(attributes, to) && !names.has(to)
      return [isTaken ? name : to, value]
    }),
  )

/** @throws CodedError not-found when the class is gone */
export const renameAttributesDiff = (
  store: Pick<ReadStore, 'labels' | 'annotations'>,
  { labelId, said: now, renamed }: CallInput<'labels.describe'>,
  at = Date.now(),
): Diff => {
  const label = store.labels.get(labelId)
  if (label === null) throw new CodedError('not-found', said('This class does not exist any more.'))
  const names = new Map(renamed.map(({ from, to }) => [from, to]))
  const isMeant = ({ attributes }: Annotation) => Object.keys(attributes).some((name) => names.has(name))
  const objects = names.size === 0 ? [] : store.annotations.ofLabel(labelId).filter(isMeant)
  return diffOf({
    labels: { updated: [[label, { ...label, ...now }]] },
    annotations: {
      updated: objects.map((one) => [
        one,
        { ...one, attributes: renamedKeys(one.attributes, names), updatedAt: at },
      ]),
    },
  })
}

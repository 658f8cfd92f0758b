/** What the workbench knows of locks, and says of them. Pure. */
import { isLocked } from '../../common/locks.ts'
import type { Annotation, Label, LabelId } from '../../common/model.ts'
import { t } from '../texts/t.ts'

/** The set that was there when nothing has changed, so that nothing is drawn again. */
export const lockedOf = (labels: readonly Label[], before: ReadonlySet<LabelId>): ReadonlySet<LabelId> => {
  const ids = labels.filter(({ locked }) => locked).map(({ id }) => id)
  return ids.length === before.size && ids.every((id) => before.has(id)) ? before : new Set(ids)
}

/** Why the object can't be changed, with the way out; null when it can. */
export const lockOf = (
  annotation: Annotation,
  lockedLabels: ReadonlySet<LabelId>,
  labels: readonly Label[],
): string | null => {
  if (!isLocked(annotation, (id) => lockedLabels.has(id))) return null
  if (annotation.locked) return t('This object is locked. Unlock it with {lock}, or in its row.')
  const name = labels.find(({ id }) => id === annotation.labelId)?.name ?? ''
  return t('The class {name} is locked, and its objects with it. Unlock it in the list of classes.', { name })
}

/**
 * Locks against slips of the hand: what is locked is changed only after it was unlocked, by an edit of its own. Undo
 * takes back whatever was done, locks too. Pure.
 */
import type { Diff } from './diff.ts'
import type { Annotation, Label, LabelId } from './model.ts'

/** An object is locked by itself, or with its class, which a proposal is not one of yet. @param isLabelLocked tells of a class by its id */
export const isLocked = (
  { locked, proposed, labelId }: Pick<Annotation, 'locked' | 'proposed' | 'labelId'>,
  isLabelLocked: (labelId: LabelId) => boolean,
): boolean => locked || (!proposed && isLabelLocked(labelId))

const toldOf = ({ shape, prompts, proposed, groupId, trackId, attributes }: Annotation) =>
  [shape, prompts, proposed, groupId, trackId, attributes] as const

/** What differs besides the lock itself and the time. */
const isChanged = ([from, to]: [Annotation, Annotation]): boolean =>
  from.labelId !== to.labelId ||
  from.imageId !== to.imageId ||
  JSON.stringify(toldOf(from)) !== JSON.stringify(toldOf(to))

/**
 * What `diff` would change although it is locked; null when nothing is in its way. The colour and the place of a locked
 * class are free, and so are the objects of a picture that was changed: what becomes of them is chosen for all of them.
 */
export const findLocked = (
  { labels, annotations, pictures }: Diff,
  isLabelLocked: (labelId: LabelId) => boolean,
): Annotation | Label | null => {
  const chosen = new Set(pictures.updated.map(([{ id }]) => id))
  const isHeld = (annotation: Annotation) =>
    !chosen.has(annotation.imageId) && isLocked(annotation, isLabelLocked)
  return (
    annotations.removed.find(isHeld) ??
    annotations.updated.find((pair) => isHeld(pair[0]) && isChanged(pair))?.[0] ??
    labels.removed.find(({ locked }) => locked) ??
    labels.updated.find(([from, to]) => from.locked && from.name !== to.name)?.[0] ??
    null
  )
}

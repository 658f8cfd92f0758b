/** The classes of label files as labels of the project, in their order. */
import { randomUUID } from 'node:crypto'
import { diffOf } from '../../common/diff.ts'
import { CodedError } from '../../common/errors.ts'
import { maxOf } from '../../common/extremes.ts'
import { limits } from '../../common/limits.ts'
import type { Label } from '../../common/model.ts'
import { newLabel } from '../../common/new-label.ts'
import { createLabelColors } from '../../common/palette.ts'
import { said } from '../../common/said.ts'
import type { Project } from '../project/project.ts'

/** What a new project begins with, before anybody has made a class or an object. */
const FIRST_NAME = 'object'

/** The class that a project without objects began with; null when there are others, or objects. */
export const unusedFirst = (store: Project['store']): Label | null => {
  const [first, second] = store.labels.list()
  const isFirst = second === undefined && first?.name === FIRST_NAME && !first.locked
  return isFirst && store.annotations.count() === 0 ? first : null
}

/**
 * Makes labels for the names that have none, as an edit of its own: undo on one image must not take a label away that
 * other images use.
 * @param takesFirst the names take the place, and the number, of the class that a project without objects began with
 * @throws CodedError bad-input when there would be more classes than a project holds
 */
export const makeClasses = (
  { store, editing }: Pick<Project, 'store' | 'editing'>,
  given: Iterable<string>,
  run: string,
  takesFirst = false,
): void => {
  const labels = store.labels.list()
  const known = new Set(labels.map(({ name }) => name))
  const wanted = new Set(given)
  const names = [...wanted].filter((name) => !known.has(name))
  if (names.length === 0) return
  if (labels.length + names.length > limits.classes)
    throw new CodedError(
      'bad-input',
      said('There would be more than {classes, number} classes.', { classes: limits.classes }),
    )
  const first = takesFirst && !wanted.has(FIRST_NAME) ? unusedFirst(store) : null
  const kept = labels.filter((label) => label !== first)
  const colors = createLabelColors(kept)
  const from = Math.max(-1, maxOf(kept.map(({ position }) => position))) + 1
  const added = names.map((name, index) =>
    newLabel({ id: randomUUID(), name, color: colors.next(), position: from + index }),
  )
  editing.commit(diffOf({ labels: { added, removed: first === null ? [] : [first] } }), run)
}

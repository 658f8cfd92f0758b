/** The classes of a detector as labels of the project. */
import { randomUUID } from 'node:crypto'
import { diffOf } from '../../../common/diff.ts'
import { maxOf } from '../../../common/extremes.ts'
import type { Label } from '../../../common/model.ts'
import { createLabelColors } from '../../../common/palette.ts'
import type { Project } from '../../project/project.ts'

/**
 * Makes labels for the names that have none, as an edit of its own: undo on one image must not take a label away that
 * other images use.
 */
export const ensureLabels = (
  { store, editing }: Pick<Project, 'store' | 'editing'>,
  names: readonly string[],
  run: string,
): void => {
  const labels = store.labels.list()
  const known = new Set(labels.map(({ name }) => name))
  const added: Label[] = []
  const colors = createLabelColors(labels)
  let position = maxOf(labels.map((label) => label.position))
  for (const name of new Set(names)) {
    if (known.has(name)) continue
    position = Math.max(-1, position) + 1
    added.push({ id: randomUUID(), name, color: colors.next(), position, locked: false })
  }
  editing.commit(diffOf({ labels: { added } }), run)
}

/** Classes learn which attributes their objects have, from the values that came with an import. */
import { definedBy, type SeenValues } from '../../../common/attributes.ts'
import { diffOf } from '../../../common/diff.ts'
import type { Label } from '../../../common/model.ts'
import type { Project } from '../../project/project.ts'

/**
 * As an edit of its own, which is undone with the run. A class that is locked stays as it is, and so does an attribute that
 * it defines.
 * @param seen values by the names of classes and of attributes
 */
export const defineAttributes = (
  { store, editing }: Pick<Project, 'store' | 'editing'>,
  seen: ReadonlyMap<string, SeenValues>,
  run: string,
): void => {
  const updated = store.labels.list().flatMap((label): [Label, Label][] => {
    const values = seen.get(label.name)
    if (values === undefined || label.locked) return []
    const attributes = definedBy(label.attributes, values)
    return attributes === label.attributes ? [] : [[label, { ...label, attributes }]]
  })
  if (updated.length > 0) editing.commit(diffOf({ labels: { updated } }), run)
}

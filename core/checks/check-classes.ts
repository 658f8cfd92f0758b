/** What can be wrong with the classes of a project: unused ones, and the same name in another case. */
import type { CheckKind } from '../../common/checks.ts'
import { diffOf } from '../../common/diff.ts'
import type { Annotation, Label } from '../../common/model.ts'
import { said } from '../../common/said.ts'
import type { Project } from '../project/project.ts'

export interface ClassFinding {
  readonly kind: CheckKind
  /** The first is the one that stays, where one does. */
  readonly labels: readonly Label[]
  readonly message: string
}

type Store = Project['store']

const keyOf = (name: string) => name.normalize('NFKC').trim().replaceAll(/\s+/g, ' ').toLocaleLowerCase()

/** Objects of one edit when they get another class. */
const AT_ONCE = 1000

export const checkClasses = (
  { labels, annotations }: Store,
  kinds: ReadonlySet<CheckKind>,
): ClassFinding[] => {
  const all = labels.list()
  const used = new Map(all.map(({ id }) => [id, annotations.usage(id).annotations]))
  const found: ClassFinding[] = []
  if (kinds.has('unused-class') && all.length > 1)
    for (const label of all)
      if (used.get(label.id) === 0)
        found.push({
          kind: 'unused-class',
          labels: [label],
          message: said('The class “{name}” has no objects.', { name: label.name }),
        })
  if (!kinds.has('twin-classes')) return found
  const groups = new Map<string, Label[]>()
  for (const label of all) groups.set(keyOf(label.name), [...(groups.get(keyOf(label.name)) ?? []), label])
  for (const group of groups.values()) {
    if (group.length < 2) continue
    const order = group.toSorted((a, b) => used.get(b.id)! - used.get(a.id)!)
    const names = order.map(({ id, name }) => `“${name}” (${used.get(id)})`).join(' and ')
    found.push({ kind: 'twin-classes', labels: order, message: said('{names} are one name.', { names }) })
  }
  return found
}

/** As it is stored now: one that was removed before it has moved it up. */
const removeLabel = (
  { store, editing }: Pick<Project, 'store' | 'editing'>,
  id: Label['id'],
  run: string,
) => {
  const label = store.labels.get(id)
  if (label === null) return
  const updated = store.labels
    .list()
    .filter((other) => other.id !== id)
    .map((from, position): [Label, Label] => [from, { ...from, position }])
    .filter(([from, to]) => from.position !== to.position)
  editing.commit(diffOf({ labels: { removed: [label], updated } }), run)
}

/**
 * Deletes what is unused, or gives the objects of all to the first class.
 * @returns objects that have another class now
 * @throws CodedError conflict when something of it is locked; what commits throw
 */
export const repairClasses = (
  project: Pick<Project, 'store' | 'editing'>,
  { labels }: ClassFinding,
  run: string,
): number => {
  const { store, editing } = project
  const [kept, ...others] = labels
  if (kept === undefined) return 0
  if (others.length === 0) {
    removeLabel(project, kept.id, run)
    return 0
  }
  let objects = 0
  for (const label of others) {
    const all = store.annotations.ofLabel(label.id)
    for (let start = 0; start < all.length; start += AT_ONCE) {
      const updatedAt = Date.now()
      const updated = all
        .slice(start, start + AT_ONCE)
        .map((from): [Annotation, Annotation] => [from, { ...from, labelId: kept.id, updatedAt }])
      editing.commit(diffOf({ annotations: { updated } }), run)
      objects += updated.length
    }
    removeLabel(project, label.id, run)
  }
  return objects
}

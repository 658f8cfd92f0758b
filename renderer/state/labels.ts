/** The labels of the project and their edits; every edit is a Diff through `edit.commit` (a deletion, a call). */
import { createStore, type StoreApi } from 'zustand/vanilla'
import { applyRecordsDiff, diffOf, type Diff } from '../../common/diff.ts'
import { cleanLabelName } from '../../common/label-name.ts'
import type { ListedClass } from '../../common/contract/class-lists.ts'
import type { Label, LabelId } from '../../common/model.ts'
import { newLabel } from '../../common/new-label.ts'
import { createLabelColors, nextLabelColor } from '../../common/palette.ts'
import type { Client } from '../../common/rpc.ts'
import { t } from '../texts/t.ts'

export interface LabelsState {
  /** By position. */
  readonly labels: readonly Label[]
}

export interface Labels {
  readonly store: StoreApi<LabelsState>
  get(labelId: LabelId | null): Label | null
  load(): Promise<void>
  apply(diff: Diff): void
  clear(): void
  /** The label of that name (case does not matter), made if there is none. */
  add(name: string): Promise<Label>
  /** Adds the names that no label has yet, as one edit. @returns those that were added */
  addAll(names: readonly string[]): Promise<Label[]>
  /** @throws Error when another label has the name. */
  rename(labelId: LabelId, name: string): Promise<void>
  setLocked(labelId: LabelId, locked: boolean): Promise<void>
  /**
   * What is said of the class, as one edit; its objects take the values of renamed attributes along.
   * @throws Error when another class has the digits, or an object that has a renamed attribute is locked
   */
  describe(
    labelId: LabelId,
    said: Pick<Label, 'key' | 'supercategory' | 'description' | 'attributes'>,
    renamed?: readonly { readonly from: string; readonly to: string }[],
  ): Promise<void>
  /** Adds the classes of a list whose names no class has yet, as one edit. @returns those that were added */
  addListed(classes: readonly ListedClass[]): Promise<Label[]>
  recolor(labelId: LabelId, color: string): Promise<void>
  /** Moves the label to a place in the list, as one edit. */
  move(labelId: LabelId, to: number): Promise<void>
}

const byPosition = (a: Label, b: Label) => a.position - b.position
const sameName = (a: string, b: string) =>
  cleanLabelName(a).toLocaleLowerCase() === cleanLabelName(b).toLocaleLowerCase()

/** The names, cleaned, that no label has; each once, whatever its case. */
export const namesToAdd = (names: readonly string[], labels: readonly Pick<Label, 'name'>[]): string[] => {
  const keyOf = (name: string) => name.toLocaleLowerCase()
  const known = new Set(labels.map(({ name }) => keyOf(cleanLabelName(name))))
  return names.map(cleanLabelName).filter((name) => {
    const key = keyOf(name)
    if (name === '' || known.has(key)) return false
    known.add(key)
    return true
  })
}

/** New labels for the names that none has, at the end of the list. */
export const labelsToAdd = (names: readonly string[], labels: readonly Label[]): Label[] => {
  const colors = createLabelColors(labels)
  const first = labels.reduce((last, label) => Math.max(last, label.position), -1) + 1
  return namesToAdd(names, labels).map((name, index) =>
    newLabel({ id: crypto.randomUUID(), name, color: colors.next(), position: first + index }),
  )
}

/** The pairs of a reordering; labels that keep their position are left out. */
export const moveLabel = (labels: readonly Label[], from: number, to: number): [Label, Label][] => {
  const order = [...labels]
  const [moved] = order.splice(from, 1)
  if (!moved) return []
  order.splice(to, 0, moved)
  return order.flatMap((label, position): [Label, Label][] =>
    label.position === position ? [] : [[label, { ...label, position }]],
  )
}

export const createLabels = (client: Client): Labels => {
  const store = createStore<LabelsState>(() => ({ labels: [] }))
  const list = () => store.getState().labels
  const get = (labelId: LabelId | null) => list().find((label) => label.id === labelId) ?? null
  const commit = (change: Parameters<typeof diffOf>[0]['labels'] & object) =>
    client.call('edit.commit', { diff: diffOf({ labels: change }) })
  const change = async (labelId: LabelId, with_: Partial<Omit<Label, 'id' | 'position'>>) => {
    const label = get(labelId)
    if (label) await commit({ updated: [[label, { ...label, ...with_ }]] })
  }

  return {
    store,
    get,
    async load() {
      const { labels } = await client.call('labels.list', {})
      store.setState({ labels: labels.toSorted(byPosition) })
    },
    apply(diff) {
      const { added, updated, removed } = diff.labels
      if (added.length + updated.length + removed.length === 0) return
      store.setState({ labels: applyRecordsDiff(list(), diff.labels).sort(byPosition) })
    },
    clear: () => store.setState({ labels: [] }),
    async add(name) {
      const known = list().find((label) => sameName(label.name, name))
      if (known) return known
      const position = list().reduce((last, label) => Math.max(last, label.position), -1) + 1
      const label = newLabel({
        id: crypto.randomUUID(),
        name: cleanLabelName(name),
        color: nextLabelColor(list()),
        position,
      })
      await commit({ added: [label] })
      return label
    },
    async addAll(names) {
      const added = labelsToAdd(names, list())
      if (added.length > 0) await commit({ added })
      return added
    },
    async rename(labelId, name) {
      const other = list().find((label) => label.id !== labelId && sameName(label.name, name))
      if (other) throw new Error(t('There is a class "{name}" already.', { name: other.name }))
      const clean = cleanLabelName(name)
      if (get(labelId)?.name !== clean) await change(labelId, { name: clean })
    },
    setLocked: (labelId, locked) => change(labelId, { locked }),
    async describe(labelId, said, renamed = []) {
      const other = list().find(({ id, key }) => id !== labelId && key !== null && key === said.key)
      if (other)
        throw new Error(
          t('{digits} picks “{name}” already. Choose other digits.', {
            digits: said.key ?? '',
            name: other.name,
          }),
        )
      await client.call('labels.describe', { labelId, said, renamed: [...renamed] })
    },
    async addListed(classes) {
      const above = new Map(classes.map(({ name, supercategory }) => [cleanLabelName(name), supercategory]))
      const added = labelsToAdd(
        classes.map(({ name }) => name),
        list(),
      ).map((label) => ({ ...label, supercategory: above.get(label.name) ?? null }))
      if (added.length > 0) await commit({ added })
      return added
    },
    recolor: (labelId, color) => change(labelId, { color }),
    async move(labelId, to) {
      const from = list().findIndex((label) => label.id === labelId)
      if (from < 0 || to < 0 || to >= list().length || from === to) return
      await commit({ updated: moveLabel(list(), from, to) })
    },
  }
}

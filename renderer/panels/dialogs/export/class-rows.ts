/** The classes of an export as the form shows them: a row a label, with what becomes of its objects. */
import type { ExportRequest } from '../../../../common/contract/export.ts'
import type { Label, LabelId } from '../../../../common/model.ts'

/** `own`: a class of its own; `out`: left out; else the label whose class takes its objects. */
export type Becomes = 'own' | 'out' | { readonly into: LabelId }

export interface ClassRow {
  readonly label: Label
  readonly becomes: Becomes
}

/** A label's own class comes first among its labels. */
export const rowsOf = (labels: readonly Label[], classes: ExportRequest['classes']): ClassRow[] => {
  const known = new Map(labels.map((label) => [label.id, label]))
  const asked = classes ?? labels.map(({ id, name }) => ({ name, labels: [id] }))
  const taken = asked.flatMap(({ labels: [first, ...others] }) => [
    { id: first!, becomes: 'own' as Becomes },
    ...others.map((id) => ({ id, becomes: { into: first! } as Becomes })),
  ])
  const rows = taken.flatMap(({ id, becomes }) => {
    const label = known.get(id)
    return label ? [{ label, becomes }] : []
  })
  const there = new Set(rows.map(({ label }) => label.id))
  const rest = labels.filter(({ id }) => !there.has(id))
  return [...rows, ...rest.map((label) => ({ label, becomes: 'out' as Becomes }))]
}

/** What a request says of the rows; undefined when it is what it would be without a word. */
export const classesOfRows = (
  rows: readonly ClassRow[],
  labels: readonly Label[],
): ExportRequest['classes'] => {
  const own = rows.filter(({ becomes }) => becomes === 'own').map(({ label }) => label)
  const into = (id: LabelId) =>
    rows.flatMap(({ label, becomes }) =>
      typeof becomes === 'object' && becomes.into === id ? [label.id] : [],
    )
  const isUsual = own.length === labels.length && own.every(({ id }, index) => labels[index]?.id === id)
  return isUsual ? undefined : own.map(({ id, name }) => ({ name, labels: [id, ...into(id)] }))
}

/** The rows after a label became something else; what was taken by it becomes that, too. */
export const changed = (rows: readonly ClassRow[], id: LabelId, becomes: Becomes): ClassRow[] =>
  rows.map((row) => {
    if (row.label.id === id) return { ...row, becomes }
    const follows = typeof row.becomes === 'object' && row.becomes.into === id && becomes !== 'own'
    return follows ? { ...row, becomes } : row
  })

/** The rows after a class of its own went one place up (-1) or down (1) among such. */
export const moved = (rows: readonly ClassRow[], id: LabelId, by: -1 | 1): ClassRow[] => {
  const own = rows.filter(({ becomes }) => becomes === 'own')
  const at = own.findIndex(({ label }) => label.id === id)
  const other = own[at + by]
  if (at < 0 || !other) return [...rows]
  const swapped = own.with(at, other).with(at + by, own[at]!)
  return [...swapped, ...rows.filter(({ becomes }) => becomes !== 'own')]
}

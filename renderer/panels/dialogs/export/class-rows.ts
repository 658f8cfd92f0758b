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
  const rows: ClassRow[] = []
  const add = (id: LabelId, becomes: Becomes) => {
    const label = known.get(id)
    known.delete(id)
    if (label) rows.push({ label, becomes })
  }
  for (const { labels: own } of classes ?? labels.map(({ id }) => ({ labels: [id] })))
    own.forEach((id, index) => add(id, index === 0 ? 'own' : { into: own[0]! }))
  for (const id of [...known.keys()]) add(id, 'out')
  return rows
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

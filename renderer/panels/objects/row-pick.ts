/** Picking rows of the list of objects: one, one more or less, or all from one to another. Pure. */

/** alone: no others; toggle: one more or less (Ctrl); range: all from the row picked before (Shift). */
export type RowPick = 'alone' | 'toggle' | 'range'

interface Keys {
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
}

export const rowPickOf = ({ ctrlKey, metaKey, shiftKey }: Keys): RowPick =>
  shiftKey ? 'range' : ctrlKey || metaKey ? 'toggle' : 'alone'

/** From one row to another, both included, in the order of the list; the one that was picked comes last. */
export const rowsBetween = <Id>(list: readonly Id[], from: Id | null, to: Id): Id[] => {
  const [a, b] = [from === null ? -1 : list.indexOf(from), list.indexOf(to)]
  if (a < 0 || b < 0) return [to]
  return a <= b ? list.slice(a, b + 1) : list.slice(b, a + 1).toReversed()
}

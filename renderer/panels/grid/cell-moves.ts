/** How keys move through cells that stand in rows. Pure. */

/** Cells of a row, and rows on screen. */
interface CellLayout {
  readonly columns: number
  readonly rows: number
}

/** How many cells of a width fit beside each other with gaps between them; one at least. */
export const columnsIn = (width: number, cell: number, gap: number): number =>
  Math.max(1, Math.floor((width + gap) / (cell + gap)))

/** The place that a key leads to; null when the key is none of these. */
export const movedBy = (
  key: string,
  at: number,
  total: number,
  { columns, rows }: CellLayout,
): number | null => {
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -columns,
    ArrowDown: columns,
    PageUp: -columns * Math.max(1, rows - 1),
    PageDown: columns * Math.max(1, rows - 1),
    Home: -Infinity,
    End: Infinity,
  }
  const step = steps[key]
  if (step === undefined || total === 0) return null
  const to = Math.max(0, Math.min(total - 1, at + step))
  // From the first row up, and from the last row down, the cursor stays in its column.
  const isVertical = key === 'ArrowUp' || key === 'ArrowDown'
  if (isVertical && Math.floor(to / columns) === Math.floor(at / columns)) return at
  return to
}

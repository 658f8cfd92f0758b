/** Columns of words and numbers for the terminal. */
import { printable } from '../common/printable.ts'

/** Lines with the first column to the left and the others to the right. */
export const tableLines = (rows: readonly (readonly (string | number)[])[]): string[] => {
  const cells = rows.map((row) => row.map((cell) => printable(String(cell))))
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => row[column]!.length)))
  return cells.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
      .join('  '),
  )
}

/**
 * Lines of a table by RFC 4180: cells with commas, quotes or line ends in quotes, quotes doubled, lines end with CR LF.
 * Pure.
 */

/**
 * What spreadsheets take for the beginning of a formula, and so may run when the file is opened (OWASP, "CSV Injection":
 * these four, tab and carriage return, and the wide forms of the four).
 */
const formula = /^[=+\-@\t\r\uff0b\uff0d\uff1d\uff20]/

/** The text with an apostrophe in front when a spreadsheet would take it for a formula. */
export const guarded = (text: string): string => (formula.test(text) ? `'${text}` : text)

const cellOf = (value: string | number | null) => {
  const text = value === null ? '' : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** One line, with its end. */
export const tableLine = (cells: readonly (string | number | null)[]): string =>
  `${cells.map(cellOf).join(',')}\r\n`

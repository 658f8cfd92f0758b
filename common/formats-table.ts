/** The tables of docs/formats.md: what each format keeps. A test holds the page against it. */
import { formatList, type FormatDescription, type Keeps } from './formats.ts'

const rows: readonly (readonly [title: string, key: keyof Keeps])[] = [
  ['files', 'files'],
  ['class', 'class'],
  ['rectangle', 'rectangle'],
  ['rotated rectangle', 'rotated'],
  ['polygon', 'polygon'],
  ['several parts', 'parts'],
  ['holes', 'holes'],
  ['point, line', 'bare'],
  ['what lies outside the image', 'outside'],
  ['image without objects', 'empty'],
  ['unreadable image', 'unreadable'],
  ['score', 'score'],
  ['attributes, group, track', 'extras'],
  ['tags, flag, review of an image', 'marks'],
]

/** Formats side by side in one table: more would not be read. */
const ABREAST = 3

const tableOf = (formats: readonly FormatDescription[]): string => {
  const cells = [
    ['', ...formats.map(({ name, id }) => `${name} (\`${id}\`)`)],
    ...rows.map(([title, key]) => [title, ...formats.map(({ keeps }) => keeps[key])]),
  ]
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)))
  const lineOf = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`
  const [head, ...rest] = cells.map(lineOf)
  return [head, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rest].join('\n')
}

/** Markdown, columns aligned as the formatter has them; a few formats a table. */
export const formatsTable = (): string =>
  Array.from({ length: Math.ceil(formatList.length / ABREAST) }, (_, index) =>
    tableOf(formatList.slice(index * ABREAST, (index + 1) * ABREAST)),
  ).join('\n\n')

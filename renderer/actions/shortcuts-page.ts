/** docs/shortcuts.md as text; test/unit/actions compares it with the file. */
import { pointerLines, shortcutLines } from './all-actions.ts'
import { noChanges } from './keymap.ts'
import { writeShortcut } from './shortcut.ts'

const code = (text: string) => `\`${text}\``
const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`

const table = (head: readonly [string, string], rows: readonly (readonly [string, string])[]): string[] => {
  const widths = [0, 1].map((column) =>
    Math.max(3, ...[head, ...rows].map((cells) => cells[column as 0 | 1].length)),
  )
  const pad = (cells: readonly [string, string]) => row(cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)))
  return [pad(head), row(widths.map((width) => '-'.repeat(width))), ...rows.map(pad)]
}

export const shortcutsPage = (): string =>
  [
    '# Shortcuts',
    '',
    'Made from the list of actions in `renderer/actions/`; the app shows the same with `?`. On a Mac, Ctrl is ⌘.',
    '',
    'These are the default keys. “Change shortcuts…” in the menu of help gives any command another key, or the keys of AnyLabeling, labelme or CVAT. What the pointer does with Shift, Alt and Ctrl, and Space while it is held, can’t be changed.',
    ...shortcutLines(noChanges).flatMap(({ group, lines }) => [
      '',
      `## ${group}`,
      '',
      ...table(
        ['Keys', 'What it does'],
        lines.map(({ text, shortcuts, range }) => [
          range === null
            ? shortcuts.map((shortcut) => code(writeShortcut(shortcut, 'other'))).join(', ')
            : code(range),
          text,
        ]),
      ),
    ]),
    '',
    '## On the image',
    '',
    ...table(
      ['Pointer', 'What it does'],
      pointerLines.map(({ keys, text }) => [keys, text]),
    ),
    '',
  ].join('\n')

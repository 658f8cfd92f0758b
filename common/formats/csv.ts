/** What is said of the table of objects. */
import { msg } from '../said.ts'
import type { FormatDescription } from './description.ts'
import { attributesOption } from './shared-options.ts'

export const csv: FormatDescription = {
  id: 'csv',
  name: 'CSV',
  kind: 'csv',
  kindName: 'CSV',
  use: msg('A table, one line an object. For pandas, R and spreadsheets.'),
  summary: 'a table of objects',
  images: 'finished',
  divides: false,
  firstClass: null,
  holds: { score: true, extras: true, marks: true },
  options: [
    attributesOption,
    {
      kind: 'flag',
      id: 'guard-formulas',
      label: msg('Safe to open in a spreadsheet'),
      hint: msg(
        'Names that begin with = + - @ get an apostrophe in front, because a spreadsheet would run them.',
      ),
      default: true,
    },
  ],
  keeps: {
    files: '`objects.csv`, `images/`',
    class: 'its name',
    rectangle: 'box in pixels, and polygon of four corners',
    rotated: 'its box, and polygon of four corners',
    polygon: 'box and WKT, hundredths of a pixel',
    parts: 'one `MULTIPOLYGON`',
    holes: 'inner rings of the WKT',
    bare: 'box, area 0, and `POINT` or `LINESTRING`',
    outside: 'clipped',
    empty: 'a line with its name and size if it is done, else left out',
    unreadable: 'left out',
    score: 'a column',
    extras: 'columns `attributes` (JSON), `group_id`, `track_id`, with `--attributes`',
    marks: 'columns `tags` (JSON), `flag`, `reviewed` (JSON), with `--attributes`',
  },
  reads: { what: 'a CSV table of objects', endings: ['csv'], folder: false, names: null },
}

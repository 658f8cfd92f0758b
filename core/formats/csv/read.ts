/** Reads tables of objects: our own, with polygons as WKT, and those of TensorFlow and Roboflow, with boxes. */
import { lineOf } from '../../import/places.ts'
import { basename } from 'node:path'
import { CsvError, parse } from 'csv-parse/sync'
import { z } from 'zod'
import type { Problem } from '../../../common/contract/work.ts'
import { CodedError, messageOf } from '../../../common/errors.ts'
import { cleanLabelName } from '../../../common/label-name.ts'
import { limits } from '../../../common/limits.ts'
import type { Part, Ring } from '../../../common/model.ts'
import { checkValue } from '../../../common/plain-faults.ts'
import { said } from '../../../common/said.ts'
import { readSmallText } from '../../files/small-file.ts'
import { setOfRead } from '../../import/label-set.ts'
import { readAttributes, readMarks, readNumber, type ReadMarks } from '../../import/extras.ts'
import { readProblem, type LoadedObjects, type ReadObject, type ReadShape } from '../../import/objects.ts'
import type { LabelReader } from '../../import/reader.ts'

/** Bytes; the table is in memory as a whole. */
const LIMIT = 128e6

/** Letters of one polygon: two numbers of all their digits for each point. */
const LONGEST_POLYGON = 48 * limits.pointsOfShape

const number = z
  .string()
  .refine((text) => text.trim() !== '' && Number.isFinite(Number(text)), 'must be a number')
  .transform(Number)
const optional = number.optional().catch(undefined)
const side = number
  .refine((value) => value > 0)
  .optional()
  .catch(undefined)
const rowSchema = z.object({
  filename: z.string().min(1),
  width: side,
  height: side,
  class: z.string().default(''),
  xmin: z.string().default(''),
  polygon: z.string().optional(),
  score: optional,
  group_id: z.string().optional(),
  track_id: z.string().optional(),
  attributes: z.string().optional(),
  tags: z.string().optional(),
  flag: z.string().optional(),
})
const boxSchema = z.object({ xmin: number, ymin: number, xmax: number, ymax: number })

/** A name that a spreadsheet would take for a formula has an apostrophe in front, which is no part of it. */
const unguarded = (text: string) => text.replace(/^'(?=[=+\-@\t\r\uff0b\uff0d\uff1d\uff20])/, '')

/** x y, x y, ...; null when it is none. */
const pointsOf = (text: string): Ring | null => {
  const points = text.split(',').map((point): Ring[number] => {
    const [x = '', y = '', more] = point.trim().split(/\s+/)
    return more === undefined && x !== '' && y !== '' ? [Number(x), Number(y)] : [NaN, NaN]
  })
  return points.every(([x, y]) => Number.isFinite(x) && Number.isFinite(y)) ? points : null
}

/** A closed ring, its first point at the end again. */
const ringOf = (text: string): Ring | null => {
  const points = pointsOf(text)
  return points !== null && points.length >= 4 ? points.slice(0, -1) : null
}

/** The parts of POLYGON ((..), (..)) or MULTIPOLYGON (((..)), ((..))); null when it is neither. */
const partsOfWkt = (text: string): Part[] | null => {
  const [, kind, body = ''] = /^\s*(MULTIPOLYGON|POLYGON)\s*\((.*)\)\s*$/is.exec(text) ?? []
  if (kind === undefined) return null
  const bodies = kind.toUpperCase() === 'POLYGON' ? [body] : body.split(/\)\s*\)\s*,\s*\(\s*\(/)
  const parts = bodies.map((one): Part | null => {
    const rings = one
      .replace(/^[\s(]+/, '')
      .replace(/[\s)]+$/, '')
      .split(/\)\s*,\s*\(/)
      .map(ringOf)
    const [outer, ...holes] = rings
    if (!outer || holes.some((hole) => hole === null)) return null
    return { outer, holes: holes.flatMap((hole) => (hole === null ? [] : [hole])) }
  })
  return parts.every((part) => part !== null) ? parts : null
}

/** POINT (x y) or LINESTRING (x y, ...); null when it is neither. */
const bareOfWkt = (text: string): ReadShape | null => {
  const [, kind, body = ''] = /^\s*(POINT|LINESTRING)\s*\(([^()]*)\)\s*$/i.exec(text) ?? []
  const points = kind === undefined ? null : pointsOf(body)
  if (points === null) return null
  if (kind!.toUpperCase() === 'POINT') return points.length === 1 ? { type: 'point' } : null
  return points.length >= 2 ? { type: 'line', points } : null
}

/** A polygon that is the box's own four corners says no more than the box. */
const isBoxItself = (parts: readonly Part[], [x0, y0, x1, y1]: ReadObject['box']) => {
  const corners: Ring = [
    [x0, y0],
    [x1, y0],
    [x1, y1],
    [x0, y1],
  ]
  return JSON.stringify(parts) === JSON.stringify([{ outer: corners, holes: [] }])
}

interface Line {
  /** In the file, from 1; of a row of several lines the last. */
  readonly line: number
  readonly value: unknown
}

/** Columns of a table of objects, far more than any has: very many columns times very many rows take minutes. */
const MOST_COLUMNS = 500

const namesOf = (header: readonly string[]): string[] => {
  if (header.length > MOST_COLUMNS) throw new Error(`it has ${header.length} columns`)
  return header.map((column) => column.trim().toLowerCase())
}

/** Faults of a table whose quotes stand within cells; such cells are read as they stand. */
const oddQuotes: readonly string[] = ['INVALID_OPENING_QUOTE', 'CSV_INVALID_CLOSING_QUOTE']

/** For each odd quote the parser copies as much as the longest cell before it had. Letters that it may copy at most. */
const MOST_COPIED = 2e10

const checkQuotes = (text: string): void => {
  const quotes = text.split('"').length
  const longest = text.split('\n').reduce((most, line) => Math.max(most, line.length), 0)
  if (quotes * longest > MOST_COPIED) throw new Error('it has very many quotes within very long cells')
}

const parseAs = (text: string, relax: boolean): Line[] => {
  const rows: { readonly info: { readonly lines: number }; readonly record: unknown }[] = parse(text, {
    columns: namesOf,
    bom: true,
    info: true,
    skip_empty_lines: true,
    relax_column_count: true,
    relax_quotes: relax,
  })
  return rows.map(({ info, record }) => ({ line: info.lines, value: record }))
}

const parseLines = (text: string): Line[] => {
  try {
    return parseAs(text, false)
  } catch (thrown) {
    if (!(thrown instanceof CsvError && oddQuotes.includes(thrown.code))) throw thrown
  }
  checkQuotes(text)
  return parseAs(text, true)
}

/** Quotes without an end that are looked for: each takes all that comes after it, and then the file is read again. */
const MOST_OPEN = 20

/** The line in which a quote begins that never ends; null when it is something else. */
const openedIn = (thrown: unknown): number | null =>
  thrown instanceof CsvError && thrown.code === 'CSV_QUOTE_NOT_CLOSED'
    ? Number(/ at line (\d+)/.exec(thrown.message)?.[1] ?? NaN)
    : null

/** A row with a quote that is never closed, at the end of a file that was cut off or before it, is left out alone. */
const rowsOf = (text: string, name: string): { readonly rows: Line[]; readonly problems: Problem[] } => {
  const problems: Problem[] = []
  let lines: string[] | null = null
  for (;;)
    try {
      return { rows: parseLines(lines === null ? text : lines.join('\n')), problems }
    } catch (cause) {
      const line = openedIn(cause)
      lines ??= text.split('\n')
      if (line === null || !(line > 1 && line <= lines.length) || problems.length === MOST_OPEN)
        throw new CodedError(
          'bad-input',
          said('{name} is no table: {why}', { name, why: messageOf(cause) }),
          { cause },
        )
      lines[line - 1] = ''
      problems.push(
        readProblem(
          null,
          said('{name}, line {line} has a quote that is never closed; it is left out.', { name, line }),
        ),
      )
    }
}

/** The JSON in a cell; undefined when there is none. */
const jsonOf = (text: string | undefined): unknown => {
  try {
    return text === undefined || text === '' ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

type Row = z.infer<typeof rowSchema>

const extrasOf = ({ attributes: given, group_id: group, track_id: track }: Row) => {
  const { attributes, lost } = readAttributes(jsonOf(given))
  const [groupId, trackId] = [readNumber(group), readNumber(track)]
  const isEmpty = Object.keys(attributes).length === 0 && groupId === null && trackId === null
  return { lost, extras: isEmpty ? undefined : { attributes, groupId, trackId } }
}

/** Of an image; in quotes a flag has no note. */
const marksOf = ({ tags, flag }: Row): ReadMarks | null =>
  readMarks(jsonOf(tags), flag === '""' ? '' : flag === undefined || flag === '' ? null : unguarded(flag))

const objectOf = (value: unknown, row: Row, where: string): ReadObject | string => {
  const box = checkValue(boxSchema, value)
  if ('fault' in box) return said('{where} is no box ({fault}); it is left out.', { where, fault: box.fault })
  const { xmin, ymin, xmax, ymax } = box.data
  const corners = [xmin, ymin, xmax, ymax] as const
  const text = row.polygon?.trim() ?? ''
  if (text.length > LONGEST_POLYGON)
    return said('{where} has an outline of more points than any object; it is left out.', { where })
  const parts = text === '' ? null : partsOfWkt(text)
  const bare = text === '' ? null : bareOfWkt(text)
  const isUnread = text !== '' && parts === null && bare === null
  const whole: ReadShape =
    parts === null || isBoxItself(parts, corners) ? { type: 'box' } : { type: 'parts', parts }
  const { lost, extras } = extrasOf(row)
  const losses = [
    ...(isUnread ? [said('Its polygon can’t be read; its box is taken.')] : []),
    ...(lost === null ? [] : [lost]),
  ]
  const shape = bare ?? whole
  return {
    label: cleanLabelName(unguarded(row.class)) || 'unnamed',
    box: corners,
    unit: 'pixel',
    shape,
    score: row.score ?? null,
    size: row.width && row.height ? { width: row.width, height: row.height } : null,
    where,
    ...(extras === undefined ? {} : { extras }),
    ...(losses.length === 0 ? {} : { lost: losses.join(' ') }),
  }
}

/** By the names of the images. @param name of the file, for reports */
const readTable = (text: string, name: string) => {
  const byName = new Map<string, LoadedObjects & { problems: Problem[] }>()
  const { rows, problems } = rowsOf(text, name)
  for (const { line, value } of rows) {
    const where = lineOf(name, line)
    const row = checkValue(rowSchema, value)
    if ('fault' in row) {
      problems.push(
        readProblem(
          null,
          said('{where} is no object ({fault}); it is left out.', { where, fault: row.fault }),
        ),
      )
      continue
    }
    const image = unguarded(row.data.filename)
    const known = byName.get(image) ?? { objects: [], problems: [], marks: marksOf(row.data) }
    byName.set(image, known)
    // A line with the name and the size alone: there is nothing on the image.
    if (row.data.class === '' && row.data.xmin === '') continue
    const object = objectOf(value, row.data, where)
    if (typeof object === 'string') known.problems.push(readProblem(image, object))
    else known.objects.push(object)
  }
  return { byName, problems }
}

export const readCsv: LabelReader = {
  knows: (head) => /^[^\n]*\bfilename\b[^\n]*\bxmin\b/i.test(head),
  async open({ files: [file = ''], encoding }) {
    const name = basename(file)
    const { byName, problems } = readTable(await readSmallText(file, { limit: LIMIT, encoding }), name)
    return setOfRead({ format: said('CSV table'), problems }, byName)
  },
}

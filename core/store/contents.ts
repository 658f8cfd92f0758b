/** Holds what a file stores against the limits, in one pass a table and without reading what is too long. */
import { filled, said } from '../../common/said.ts'
import type { Database } from 'better-sqlite3'
import { limits } from '../../common/limits.ts'

/** Folding can make three letters of one. */
const FOLDED_BYTES = 3 * limits.pathBytes

/** What we write into other columns of text: problems, hashes, dates. Names of classes were not limited once. */
const LONGEST_NOTE = 100_000

/** The attributes of a class with their choices, as text. */
const LONGEST_LIST = 16 * 1024 * 1024

/**
 * Numbers that count up, one a change: 2^52. From twice that on a number loses its last digit on the way to JavaScript,
 * and what looks for the entry below it finds the same one for ever.
 */
const LARGEST_COUNT = 2 ** 52

interface Check {
  readonly table: string
  /** A column that older files do not have. */
  readonly since?: string
  /** Of a row that is too much. */
  readonly where: string
  readonly text: string
}

/** One pass over each table; it ends at the first row that is too much. */
const checks: readonly Check[] = [
  {
    table: 'images',
    where: `octet_length(path) > ${limits.pathBytes} OR octet_length(folded_path) > ${FOLDED_BYTES}
      OR octet_length(problem) > ${LONGEST_NOTE} OR octet_length(content_hash) > ${LONGEST_NOTE}
      OR width NOT BETWEEN 1 AND ${limits.coordinate} OR height NOT BETWEEN 1 AND ${limits.coordinate}
      OR orientation NOT BETWEEN 1 AND 8`,
    text: said('an image in it has a name or a size that no image has'),
  },
  {
    table: 'images',
    since: 'flag',
    where: `octet_length(flag) > ${LONGEST_NOTE} OR octet_length(tags) > ${LONGEST_NOTE}
      OR octet_length(reviewed_by) > ${LONGEST_NOTE}`,
    text: said('an image in it has a note or tags that are too long'),
  },
  {
    table: 'labels',
    since: 'attributes',
    where: `octet_length(attributes) > ${LONGEST_LIST}`,
    text: said('a class in it has attributes that are too many'),
  },
  {
    table: 'pictures',
    where: `octet_length(content_hash) > ${LONGEST_NOTE} OR orientation NOT BETWEEN 1 AND 8
      OR width NOT BETWEEN 1 AND ${limits.coordinate} OR height NOT BETWEEN 1 AND ${limits.coordinate}`,
    text: said('an image in it has a size that no image has'),
  },
  {
    table: 'labels',
    where: `octet_length(id) > 64 OR octet_length(color) > 64 OR octet_length(name) > ${LONGEST_NOTE}`,
    text: said('a class in it has a name that is too long'),
  },
  {
    table: 'labels',
    since: 'description',
    where: `octet_length(key) > 64 OR octet_length(supercategory) > ${LONGEST_NOTE}
      OR octet_length(description) > ${LONGEST_NOTE}`,
    text: said('what it says of a class is too long'),
  },
  {
    table: 'project',
    where: `octet_length(value) > ${LONGEST_NOTE} OR octet_length(key) > ${LONGEST_NOTE}`,
    text: said('its own facts are too long'),
  },
]

const counts = [
  { table: 'labels', most: limits.classes, text: said('it has {count, number} classes') },
  { table: 'images', most: limits.images, text: said('it has {count, number} images') },
] as const

/** Columns that count up, each with an index, so that its ends are found at once. */
const counters = [
  { table: 'images', column: 'id' },
  { table: 'edits', column: 'id' },
  { table: 'edits', column: 'sequence' },
  // Where the next ids come from: at its end, nothing more can be stored.
  { table: 'sqlite_sequence', column: 'seq' },
] as const

/** What is too much, in words for the user; null when all is within the limits. */
export const findExcess = (db: Database): string | null => {
  const number = (sql: string) => db.prepare<[], number>(sql).pluck().get() ?? 0
  for (const { table, most, text } of counts) {
    const found = number(`SELECT count(*) FROM ${table}`)
    if (found > most) return filled(text, { count: found })
  }
  // Older files have fewer tables.
  const isThere = db
    .prepare<[string], number>("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?")
    .pluck()
  for (const { table, column } of counters)
    for (const end of ['min', 'max'] as const) {
      if (isThere.get(table) !== 1) continue
      const isOff = `${end}(${column}) NOT BETWEEN -${LARGEST_COUNT} AND ${LARGEST_COUNT}`
      if (number(`SELECT coalesce(${isOff}, 0) FROM ${table}`) === 1)
        return said('it counts further than anyone can have worked')
    }
  const hasColumn = db
    .prepare<[string, string], number>('SELECT 1 FROM pragma_table_info(?) WHERE name = ?')
    .pluck()
  const excess = checks.find(
    ({ table, since, where }) =>
      isThere.get(table) === 1 &&
      (since === undefined || hasColumn.get(table, since) === 1) &&
      number(`SELECT EXISTS (SELECT 1 FROM ${table} WHERE ${where})`) === 1,
  )
  return excess?.text ?? null
}

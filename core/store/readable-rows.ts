/** Reads the rows of a damaged table: around each place that can't be read, by looking for the next that can. */
import type { Database, Statement } from 'better-sqlite3'

export type Row = unknown[]

/** How many rows are read at once, and how often the end of a damaged place is looked for before a table is given up. */
const BATCH = 256
const MOST_PROBES = 20_000

const LARGEST_ROWID = 2n ** 62n

/** Up to `most` rows from a rowid on. @throws when one of them can't be read */
type ReadBatch = (from: bigint, most: number) => Row[]

/**
 * A damaged page gives rows of any rowid, without an error: one that is not behind the one before would be read again and
 * again. @throws RangeError for what is out of order
 */
const inOrder = (rows: Row[], from: bigint): Row[] => {
  let least = from
  for (const [rowid] of rows) {
    if (typeof rowid !== 'bigint' || rowid < least) throw new RangeError('Rows are out of order.')
    least = rowid + 1n
  }
  return rows
}

/** The first place after `from` where reading works again; null when there is none. */
const findNext = (from: bigint, works: (at: bigint) => boolean): bigint | null => {
  let bad = from
  let step = 1n
  while (!works(from + step)) {
    bad = from + step
    step *= 2n
    if (step > LARGEST_ROWID) return null
  }
  let good = from + step
  while (good - bad > 1n) {
    const middle = (good + bad) / 2n
    if (works(middle)) good = middle
    else bad = middle
  }
  return good
}

const readByRowid = (rows: ReadBatch, take: (row: Row) => boolean): number => {
  let gaps = 0
  let probes = 0
  let most = BATCH
  const works = (at: bigint): boolean => {
    probes += 1
    try {
      rows(at, 1)
      return true
    } catch {
      return false
    }
  }
  for (let from: bigint | null = 0n; from !== null && probes < MOST_PROBES;) {
    let read: Row[]
    try {
      read = rows(from, most)
    } catch {
      // One by one up to the place itself.
      if (most > 1) {
        most = 1
        continue
      }
      gaps += 1
      from = findNext(from, works)
      continue
    }
    const last = read.at(-1)
    if (last === undefined) break
    for (const [, ...row] of read) if (!take(row)) return gaps
    from = (last[0] as bigint) + 1n
    most = Math.min(BATCH, most * 2)
  }
  return gaps
}

/**
 * A table without rowids is small (the project's facts): read up to the first damaged place. One whose line of the
 * schema is damaged is such a place as a whole.
 */
const readPlain = (db: Database, sql: string, take: (row: Row) => boolean): number => {
  try {
    const statement = db.prepare<[], Row>(sql).raw().safeIntegers()
    for (const row of statement.iterate()) if (!take(row)) return 0
    return 0
  } catch {
    return 1
  }
}

/**
 * Calls `take` with each row that can be read, its values in the order of `columns` (whole numbers as bigint), until it
 * answers false.
 * @returns how many places could not be read
 */
export const readRows = (
  db: Database,
  table: string,
  columns: readonly string[],
  take: (row: Row) => boolean,
): number => {
  const list = columns.join(', ')
  let statement: Statement<[bigint, number], Row>
  try {
    statement = db.prepare(`SELECT rowid, ${list} FROM ${table} WHERE rowid >= ? ORDER BY rowid LIMIT ?`)
  } catch {
    return readPlain(db, `SELECT ${list} FROM ${table}`, take)
  }
  statement.raw().safeIntegers()
  return readByRowid((from, most) => inOrder(statement.all(from, most), from), take)
}

/**
 * Holds a file's schema against the one that our own migrations make. What is not ours is refused before anything is
 * asked of it: a view or a trigger of a stranger runs whenever its table is read or written.
 */
import { said } from '../../common/said.ts'
import SqliteDatabase, { type Database } from 'better-sqlite3'
import { checkNumbers, type Migration } from './migrations.ts'

interface Entry {
  readonly type: string
  readonly name: string
  readonly text: string
}

/** Line ends and indents differ between checkouts of our own source. */
const textOf = (sql: unknown): string => (typeof sql === 'string' ? sql.replace(/\s+/g, ' ').trim() : '')

const entriesOf = (db: Database): Map<string, Entry> => {
  const rows = db
    .prepare<[], { type: unknown; name: unknown; owner: unknown; sql: unknown }>(
      'SELECT type, name, tbl_name AS owner, sql FROM sqlite_schema',
    )
    .all()
  return new Map(
    rows.map(({ type, name, owner, sql }) => [
      `${String(type)} ${String(name)}`,
      { type: String(type), name: String(name), text: `${String(owner)} ${textOf(sql)}` },
    ]),
  )
}

/** Runs the migrations up to `version` on nothing. */
const expectedEntries = (version: number, list: readonly Migration[]): Map<string, Entry> => {
  checkNumbers(list)
  const db = new SqliteDatabase(':memory:')
  try {
    db.transaction(() => list.slice(0, version).forEach(({ migrate }) => migrate(db)))()
    return entriesOf(db)
  } finally {
    db.close()
  }
}

/** SQLite names its own, which says nothing to anybody. */
const shown = ({ type, name }: Entry): string => {
  if (name.startsWith('sqlite_')) return said('an inner {type}', { type })
  const short = name.length > 40 ? `${name.slice(0, 40)}…` : name
  return said('the {type} “{name}”', { type, name: short })
}

/** What of the schema is not ours, in words for the user; null when all of it is exactly ours. */
export const findForeign = (db: Database, version: number, list: readonly Migration[]): string | null => {
  const expected = expectedEntries(version, list)
  const found = entriesOf(db)
  for (const [key, entry] of found) {
    const ours = expected.get(key)
    if (ours === undefined)
      return said('it holds {what}, which Maskwright never makes', { what: shown(entry) })
    if (ours.text !== entry.text)
      return said('{what} is not the one that Maskwright makes', { what: shown(entry) })
  }
  for (const [key, entry] of expected)
    if (!found.has(key)) return said('{field} is missing', { field: shown(entry) })
  return null
}

/** The tables that are exactly ours, each with its columns in order; of the others nothing is to be asked. */
export const ownTables = (db: Database, version: number, list: readonly Migration[]): string[] => {
  const expected = expectedEntries(version, list)
  return [...entriesOf(db)]
    .filter(([key, entry]) => entry.type === 'table' && expected.get(key)?.text === entry.text)
    .map(([, { name }]) => name)
    .filter((name) => !name.startsWith('sqlite_'))
}

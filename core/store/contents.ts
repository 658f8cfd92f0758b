/** Holds what a file stores against the limits, in one pass a table and without reading what is too long. */
import type { Database } from 'better-sqlite3'
import { limits } from '../../common/limits.ts'

interface Check {
  readonly sql: string
  /** What to say of a file that fails, with the number that the SQL gave. */
  readonly text: (found: number) => string
}

const count = (value: number) => value.toLocaleString('en')

/** Folding can make three letters of one. */
const foldedBytes = 3 * limits.pathBytes

/** What we write into other columns of text: problems, hashes, dates. */
const longestNote = 100_000

const checks: readonly Check[] = [
  {
    sql: 'SELECT count(*) FROM labels',
    text: (found) => (found > limits.classes ? `it has ${count(found)} classes` : ''),
  },
  {
    sql: 'SELECT count(*) FROM images',
    text: (found) => (found > limits.images ? `it has ${count(found)} images` : ''),
  },
  {
    sql: `SELECT count(*) FROM images WHERE octet_length(path) > ${limits.pathBytes}
            OR octet_length(folded_path) > ${foldedBytes}
            OR octet_length(problem) > ${longestNote} OR octet_length(content_hash) > ${longestNote}`,
    text: (found) => (found > 0 ? `${count(found)} of its images have names that no drive can hold` : ''),
  },
  {
    sql: 'SELECT count(*) FROM labels WHERE length(id) > 64 OR id IS NULL',
    text: (found) => (found > 0 ? `${count(found)} of its classes have ids that are too long` : ''),
  },
  {
    sql: `SELECT count(*) FROM project WHERE octet_length(value) > ${longestNote} OR octet_length(key) > ${longestNote}`,
    text: (found) => (found > 0 ? 'its own facts are too long' : ''),
  },
]

/** What is too much, in words for the user; null when all is within the limits. */
export const findExcess = (db: Database): string | null => {
  for (const { sql, text } of checks) {
    const reason = text(db.prepare<[], number>(sql).pluck().get() ?? 0)
    if (reason !== '') return reason
  }
  return null
}

/** The images table as a folder scan sees it: what is known of each file, and the new listing in one go. */
import type { Database } from 'better-sqlite3'
import type { FoundFile } from '../files/facts.ts'
import { foldText } from '../../common/pattern.ts'
import { HAS_ANY } from './pictures-table.ts'

export interface KnownFile extends FoundFile {
  readonly id: number
  readonly position: number
  readonly contentHash: string | null
  readonly missing: boolean
  /** Worth finding again when the file is gone: it has annotations, or something was said of it. */
  readonly worked: boolean
}

export interface ScanTable {
  known(): KnownFile[]
  add(file: FoundFile, position: number, problem: string | null): void
  /** The file's bytes may be others now: what was read from it is forgotten. */
  change(id: number, file: FoundFile, problem: string | null): void
  /** The same file under another path. */
  move(id: number, path: string): void
  setMissing(id: number, problem: string): void
  setFound(id: number): void
  setPosition(id: number, position: number): void
}

export const createScanTable = (db: Database): ScanTable => {
  // Rows as arrays: 100,000 of them are read in half the time.
  const select = db
    .prepare<[], [number, string, number, number, number, string | null, 0 | 1, 0 | 1]>(
      `SELECT id, path, bytes, modified_at, position, content_hash, missing,
         status = 'done' OR side IS NOT NULL OR flag IS NOT NULL OR tags IS NOT NULL OR reviewed_at IS NOT NULL
           OR stretch_black IS NOT NULL
           OR ${HAS_ANY}
       FROM images`,
    )
    .raw()
  const insert = db.prepare<[string, string, number, number, number, string | null]>(
    'INSERT INTO images (path, folded_path, position, bytes, modified_at, problem) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const change = db.prepare<[number, number, string | null, number]>(
    `UPDATE images SET bytes = ?, modified_at = ?, problem = ?, missing = 0, content_hash = NULL, width = NULL,
       height = NULL, orientation = NULL, bands = NULL
     WHERE id = ?`,
  )
  const move = db.prepare<[string, string, number]>(
    'UPDATE images SET path = ?, folded_path = ?, missing = 0, problem = NULL WHERE id = ?',
  )
  const setMissing = db.prepare<[string, number]>('UPDATE images SET missing = 1, problem = ? WHERE id = ?')
  const setFound = db.prepare<[number]>('UPDATE images SET missing = 0, problem = NULL WHERE id = ?')
  const setPosition = db.prepare<[number, number]>('UPDATE images SET position = ? WHERE id = ?')
  return {
    known: () =>
      select.all().map(([id, path, bytes, modifiedAt, position, contentHash, missing, worked]) => ({
        id,
        path,
        bytes,
        modifiedAt,
        position,
        contentHash,
        missing: missing === 1,
        worked: worked === 1,
      })),
    add: (file, position, problem) =>
      void insert.run(file.path, foldText(file.path), position, file.bytes, file.modifiedAt, problem),
    change: (id, file, problem) => void change.run(file.bytes, file.modifiedAt, problem, id),
    move: (id, path) => void move.run(path, foldText(path), id),
    setMissing: (id, problem) => void setMissing.run(problem, id),
    setFound: (id) => void setFound.run(id),
    setPosition: (id, position) => void setPosition.run(position, id),
  }
}

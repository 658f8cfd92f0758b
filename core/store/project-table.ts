/** The project's own facts as key and value. */
import type { Database } from 'better-sqlite3'

/**
 * `uid` tells the project's own files beside photos from others; `mirror` is the id of the format that is kept there;
 * `unfinished` names long work that was storing when the file was written last; `tasks` says which images are whose, and
 * `task` whose are shown.
 */
type ProjectKey = 'created-at' | 'created-in' | 'uid' | 'mirror' | 'unfinished' | 'tasks' | 'task'

export interface ProjectTable {
  get(key: ProjectKey): string | null
  set(key: ProjectKey, value: string): void
}

export const createProjectTable = (db: Database): ProjectTable => {
  const select = db.prepare<[string], string>('SELECT value FROM project WHERE key = ?').pluck()
  const upsert = db.prepare<[string, string]>(
    'INSERT INTO project (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  )
  return {
    get: (key) => select.get(key) ?? null,
    set: (key, value) => void upsert.run(key, value),
  }
}

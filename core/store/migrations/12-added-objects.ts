/** Migration 12: an edit of many new objects names them. Frozen: once released it is never edited, a later change is a later migration. */
import type { Database } from 'better-sqlite3'

export const migrateToAddedObjects = (db: Database): void => {
  db.exec(`
    -- How the ids begin of the objects that the edit added and that are still as it added them: the rows are what the
    -- log has of them. Null: all that the edit added is in diff.
    ALTER TABLE edits ADD COLUMN added_ids TEXT CHECK (length(added_ids) = 28);
    CREATE UNIQUE INDEX edits_by_added_ids ON edits (added_ids) WHERE added_ids IS NOT NULL;
  `)
}

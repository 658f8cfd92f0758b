/**
 * Migration 4: objects and classes can be locked, and the edits of one run of long work know that they belong together.
 * Frozen: once released it is never edited, a later change is a later migration.
 */
import type { Database } from 'better-sqlite3'

export const migrateToLocksAndRuns = (db: Database): void => {
  db.exec(`
    ALTER TABLE labels ADD COLUMN locked INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE annotations ADD COLUMN locked INTEGER NOT NULL DEFAULT 0;
    -- The uid of the run of long work that made the edit; null for an edit by hand.
    ALTER TABLE edits ADD COLUMN run TEXT;
    CREATE INDEX edits_by_run ON edits (run) WHERE run IS NOT NULL;
  `)
}

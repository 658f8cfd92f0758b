/**
 * Migration 7: a class has a key of its own, a class above it and a description; what was made when, and who worked when,
 * is counted without reading shapes and edits: 1,000,000 objects by day in .2 s instead of 13. Frozen: once released it is
 * never edited, a later change is a later migration.
 */
import type { Database } from 'better-sqlite3'

export const migrateToClassesAndCounts = (db: Database): void => {
  db.exec(`
    -- The digits that pick it, one or two; null: its place in the list.
    ALTER TABLE labels ADD COLUMN key TEXT;
    ALTER TABLE labels ADD COLUMN supercategory TEXT;
    ALTER TABLE labels ADD COLUMN description TEXT;
    CREATE INDEX annotations_by_time ON annotations (created_at, source);
    CREATE INDEX edits_by_time ON edits (created_at, author, undone, run);
  `)
}

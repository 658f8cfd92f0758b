/**
 * Migration 15: an object keeps how far the model agreed with itself when it made it, for the review that shows the worst
 * first. Frozen: once released it is never edited, a later change is a later migration.
 */
import type { Database } from 'better-sqlite3'

export const migrateToConsistency = (db: Database): void => {
  db.exec(`
    -- JSON, what was compared -> IoU; null where nothing was.
    ALTER TABLE annotations ADD COLUMN consistency TEXT;
  `)
}

/**
 * Migration 10: objects have a place in the order of drawing. Frozen: once released it is never edited, a later change is a
 * later migration.
 */
import type { Database } from 'better-sqlite3'

export const migrateToOrder = (db: Database): void => {
  db.exec(`
    -- The highest on top; of equal ones the one that was added last. Null for 0: nobody has moved it.
    ALTER TABLE annotations ADD COLUMN rank REAL;
  `)
}

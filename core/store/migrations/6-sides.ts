/**
 * Migration 6: an image remembers what it is for, to train on, to validate or to test, so that it stays there when images
 * come later. Frozen: once released it is never edited, a later change is a later migration.
 */
import type { Database } from 'better-sqlite3'

export const migrateToSides = (db: Database): void => {
  db.exec(`ALTER TABLE images ADD COLUMN side TEXT CHECK (side IN ('train', 'val', 'test'))`)
}

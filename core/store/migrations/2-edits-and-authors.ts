/**
 * Migration 2: a stored edit has a format number, a uid and an author, and images are found by their content. Frozen:
 * once released it is never edited, a later change is a later migration.
 */
import type { Database } from 'better-sqlite3'

export const migrateToEditsAndAuthors = (db: Database): void => {
  db.exec(`
    -- The format of diff; see edit-formats.ts.
    ALTER TABLE edits ADD COLUMN format INTEGER NOT NULL DEFAULT 1;
    -- Known by it in every copy of the project.
    ALTER TABLE edits ADD COLUMN uid TEXT NOT NULL DEFAULT '';
    -- Who made it; null when it was made before this was kept.
    ALTER TABLE edits ADD COLUMN author TEXT;
    UPDATE edits SET uid = lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' ||
      substr(hex(randomblob(2)), 2) || '-a' || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)));
    CREATE UNIQUE INDEX edits_by_uid ON edits (uid);
    CREATE INDEX images_by_content ON images (content_hash) WHERE content_hash IS NOT NULL;
  `)
}

/**
 * Migration 9: images can be flagged with a note, reviewed and tagged; objects can be proposals, have attributes, and
 * belong to groups and tracks; classes say which attributes their objects have. Frozen: once released it is never edited,
 * a later change is a later migration.
 */
import type { Database } from 'better-sqlite3'

export const migrateToStatesAndAttributes = (db: Database): void => {
  db.exec(`
    -- Why somebody is to look at it; '' without a note, null when it is not flagged.
    ALTER TABLE images ADD COLUMN flag TEXT;
    ALTER TABLE images ADD COLUMN reviewed_by TEXT;
    -- ms since 1970; null when it was not reviewed.
    ALTER TABLE images ADD COLUMN reviewed_at INTEGER;
    -- JSON, a list of texts; null when there is none.
    ALTER TABLE images ADD COLUMN tags TEXT;
    CREATE INDEX images_by_tags ON images (tags) WHERE tags IS NOT NULL;

    -- JSON, the attributes that objects of the class may have; null when there is none.
    ALTER TABLE labels ADD COLUMN attributes TEXT;

    -- Suggested by a machine, and no object before a person has accepted it.
    ALTER TABLE annotations ADD COLUMN proposed INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE annotations ADD COLUMN group_id INTEGER;
    ALTER TABLE annotations ADD COLUMN track_id INTEGER;
    -- JSON, name -> value, the names in order; null when there is none.
    ALTER TABLE annotations ADD COLUMN attributes TEXT;
    -- Few texts in a million objects: a filter looks at each of them once.
    CREATE INDEX annotations_by_attributes ON annotations (attributes, image_id) WHERE attributes IS NOT NULL;
    CREATE INDEX annotations_proposed ON annotations (image_id) WHERE proposed = 1;

    -- With what is no proposal, objects are counted without being read.
    CREATE INDEX annotations_by_state ON annotations (image_id, proposed, score);
    DROP INDEX annotations_by_score;
    CREATE INDEX annotations_by_class ON annotations (label_id, image_id, proposed);
    DROP INDEX annotations_by_label;
    DROP INDEX annotations_by_time;
    CREATE INDEX annotations_by_time ON annotations (created_at, source, proposed);
  `)
}

/**
 * Migration 3: which picture an image's objects were made on, so that a file that changes under them is noticed. Frozen:
 * once released it is never edited, a later change is a later migration.
 */
import type { Database } from 'better-sqlite3'

export const migrateToPictures = (db: Database): void => {
  db.exec(`
    -- The file as it was when the first object came onto the image; width and height of its upright frame.
    CREATE TABLE pictures (
      image_id INTEGER PRIMARY KEY REFERENCES images (id),
      bytes INTEGER NOT NULL,
      modified_at INTEGER NOT NULL,
      content_hash TEXT,
      width INTEGER,
      height INTEGER,
      orientation INTEGER
    ) STRICT;
    -- What was last read of a file with objects is taken for what they were made on.
    INSERT INTO pictures (image_id, bytes, modified_at, content_hash, width, height, orientation)
      SELECT id, bytes, modified_at, content_hash, width, height, orientation FROM images
      WHERE EXISTS (SELECT 1 FROM annotations WHERE image_id = images.id);
  `)
}

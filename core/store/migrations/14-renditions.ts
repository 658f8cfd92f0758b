/**
 * Migration 14: which of many bands are shown is chosen for a project, what is black and white in a picture of more than 8
 * bits for an image. Frozen: once released it is never edited, a later change is a later migration.
 */
import type { Database } from 'better-sqlite3'

export const migrateToRenditions = (db: Database): void => {
  db.exec(`
    -- Which bands of a picture with so many are red, green and blue; the first is 1.
    CREATE TABLE band_choices (
      bands INTEGER PRIMARY KEY CHECK (bands BETWEEN 3 AND 1024),
      red INTEGER NOT NULL CHECK (red BETWEEN 1 AND bands),
      green INTEGER NOT NULL CHECK (green BETWEEN 1 AND bands),
      blue INTEGER NOT NULL CHECK (blue BETWEEN 1 AND bands)
    ) STRICT;
    -- From how many bands three can be chosen, 0 for pictures whose colours are what the file says; null until read.
    ALTER TABLE images ADD COLUMN bands INTEGER CHECK (bands BETWEEN 0 AND 1024);
    ALTER TABLE images ADD COLUMN stretch_black REAL;
    ALTER TABLE images ADD COLUMN stretch_white REAL;
    -- Of the files that were read before, only these can have more than three: their headers are read again.
    UPDATE images SET bands = 0 WHERE width IS NOT NULL
      AND path NOT LIKE '%.tif' AND path NOT LIKE '%.tiff' AND path NOT LIKE '%.btf' AND path NOT LIKE '%.tf8'
      AND path NOT LIKE '%.jp2' AND path NOT LIKE '%.j2k' AND path NOT LIKE '%.j2c' AND path NOT LIKE '%.jpc'
      AND path NOT LIKE '%.jpf' AND path NOT LIKE '%.jpx';
  `)
}

/**
 * Migration 13: how many objects an image has, and the lowest and highest of their scores, are kept, so that filters and
 * orders by them read a row an image instead of all objects: 100,000 images with 1,000,000 objects in .05 s instead of .2.
 * Frozen: once released it is never edited, a later change is a later migration.
 */
import type { Database } from 'better-sqlite3'

/** What an object changes in the counts of its image, whoever writes it and in the same transaction. */
const ADD = `
  INSERT INTO image_counts (image_id, objects, proposals, lowest, highest)
    VALUES (new.image_id, new.proposed = 0, new.proposed <> 0,
      CASE WHEN new.proposed = 0 THEN new.score END, CASE WHEN new.proposed = 0 THEN new.score END)
    ON CONFLICT (image_id) DO UPDATE SET
      objects = objects + excluded.objects, proposals = proposals + excluded.proposals,
      lowest = min(coalesce(lowest, excluded.lowest), coalesce(excluded.lowest, lowest)),
      highest = max(coalesce(highest, excluded.highest), coalesce(excluded.highest, highest));`

const TAKE = `
  UPDATE image_counts SET
    objects = objects - (old.proposed = 0), proposals = proposals - (old.proposed <> 0),
    lowest = (SELECT min(score) FROM annotations WHERE image_id = old.image_id AND proposed = 0),
    highest = (SELECT max(score) FROM annotations WHERE image_id = old.image_id AND proposed = 0)
    WHERE image_id = old.image_id;`

export const migrateToImageCounts = (db: Database): void => {
  db.exec(`
    -- Of images that have, or had, objects. lowest and highest: of the scores; null where none has one.
    CREATE TABLE image_counts (
      image_id INTEGER PRIMARY KEY,
      objects INTEGER NOT NULL,
      proposals INTEGER NOT NULL,
      lowest REAL,
      highest REAL
    ) STRICT;
    INSERT INTO image_counts (image_id, objects, proposals, lowest, highest)
      SELECT image_id, sum(proposed = 0), sum(proposed <> 0),
        min(CASE WHEN proposed = 0 THEN score END), max(CASE WHEN proposed = 0 THEN score END)
      FROM annotations INDEXED BY annotations_by_state GROUP BY image_id;
    CREATE TRIGGER annotation_added AFTER INSERT ON annotations BEGIN ${ADD} END;
    CREATE TRIGGER annotation_removed AFTER DELETE ON annotations BEGIN ${TAKE} END;
    CREATE TRIGGER annotation_changed AFTER UPDATE ON annotations
      WHEN old.image_id <> new.image_id OR old.proposed <> new.proposed OR old.score IS NOT new.score
      BEGIN ${TAKE} ${ADD} END;

    -- Attributes are asked for with what is no proposal; groups and tracks without reading objects.
    DROP INDEX annotations_by_attributes;
    CREATE INDEX annotations_by_attributes ON annotations (attributes, image_id, proposed) WHERE attributes IS NOT NULL;
    CREATE INDEX annotations_by_group ON annotations (group_id, image_id, proposed) WHERE group_id IS NOT NULL;
    CREATE INDEX annotations_by_track ON annotations (track_id, image_id, proposed) WHERE track_id IS NOT NULL;
    -- When an image was changed last and by whom is found without reading what was changed, which may be megabytes.
    CREATE INDEX edits_by_id ON edits (id, undone, created_at, author, sequence);
  `)
}

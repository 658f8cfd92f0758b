/**
 * Migration 8: the model's mask stays with the object that was made of it, so that the detail of its outline can be
 * changed later and lose nothing. Masks lie in a table of their own: nobody reads them who only looks at objects. Frozen:
 * once released it is never edited, a later change is a later migration.
 */
import type { Database } from 'better-sqlite3'

export const migrateToMasks = (db: Database): void => {
  db.exec(`
    -- facts: where the mask belongs and how it was made, JSON. cells: its logits in a byte each, deflated.
    -- A mask is never changed and outlives its object, which undo may bring back.
    CREATE TABLE masks (
      sequence INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      facts TEXT NOT NULL,
      cells BLOB NOT NULL
    ) STRICT;
    -- What the object knows of its mask, JSON; null where none is kept.
    ALTER TABLE annotations ADD COLUMN mask TEXT;
  `)
}

/** Migration 1: the first tables. Frozen: once released it is never edited, a later change is a later migration. */
import type { Database } from 'better-sqlite3'

export const migrateToFirst = (db: Database): void => {
  db.exec(`
    -- Marks the file as a Maskwright project: "MWrt".
    PRAGMA application_id = 0x4d577274;

    CREATE TABLE project (
      key TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- AUTOINCREMENT: the id of an image is never given to another one.
    CREATE TABLE images (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      path TEXT NOT NULL UNIQUE,
      -- The path as it is searched: NFC, lower case.
      folded_path TEXT NOT NULL,
      -- Place in the naturally sorted list: 0, 1, 2, ... without gaps.
      position INTEGER NOT NULL,
      bytes INTEGER NOT NULL,
      modified_at INTEGER NOT NULL,
      content_hash TEXT,
      width INTEGER,
      height INTEGER,
      orientation INTEGER,
      status TEXT NOT NULL DEFAULT 'todo' CHECK (status IN ('todo', 'done')),
      problem TEXT,
      missing INTEGER NOT NULL DEFAULT 0 CHECK (missing IN (0, 1))
    ) STRICT;
    CREATE INDEX images_by_position ON images (position);

    CREATE TABLE labels (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      color TEXT NOT NULL,
      position INTEGER NOT NULL
    ) STRICT;

    -- sequence: the order in which they were added, which is the order in which they are drawn.
    CREATE TABLE annotations (
      sequence INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      image_id INTEGER NOT NULL REFERENCES images (id),
      label_id TEXT NOT NULL REFERENCES labels (id),
      source TEXT NOT NULL CHECK (source IN ('hand', 'model', 'import')),
      model_id TEXT,
      score REAL,
      candidate INTEGER,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      shape TEXT NOT NULL,
      prompts TEXT NOT NULL
    ) STRICT;
    CREATE INDEX annotations_by_image ON annotations (image_id);
    CREATE INDEX annotations_by_label ON annotations (label_id, image_id);

    -- The undo log. sequence: the order of commits, undos and redos; each moves its edit to the end.
    -- everywhere: taken back from any image, because it changes labels alone or removes one.
    CREATE TABLE edits (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      sequence INTEGER NOT NULL UNIQUE,
      kind TEXT NOT NULL CHECK (kind IN ('commit', 'label-delete')),
      undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1)),
      everywhere INTEGER NOT NULL CHECK (everywhere IN (0, 1)),
      created_at INTEGER NOT NULL,
      diff TEXT NOT NULL
    ) STRICT;
    CREATE INDEX edits_everywhere ON edits (everywhere, undone, sequence);
    CREATE INDEX edits_undone ON edits (undone) WHERE undone = 1;

    CREATE TABLE edit_images (
      image_id INTEGER NOT NULL REFERENCES images (id),
      edit_id INTEGER NOT NULL REFERENCES edits (id) ON DELETE CASCADE,
      PRIMARY KEY (image_id, edit_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX edit_images_by_edit ON edit_images (edit_id);
  `)
}

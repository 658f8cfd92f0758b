/**
 * Migration 11: objects can be points, lines and rotated rectangles. Frozen: once released it is never edited, a later
 * change is a later migration. A shape is text, so no table changes: the number alone tells an older version, which
 * would take such objects for damaged ones and offer to delete them, to leave the file alone.
 */
export const migrateToShapes = (): void => undefined

/**
 * The undo log: each edit's Diff and the images it touches. `sequence` orders what happened; an undo or a redo moves
 * its edit to the end, so that applied and undone edits are two stacks in one table.
 */
import type { Database } from 'better-sqlite3'
import { diffSchema, type Diff } from '../../common/diff.ts'
import type { ImageId } from '../../common/model.ts'
import { readJson } from './json.ts'

export type EditKind = 'commit' | 'label-delete'

export interface Edit {
  readonly id: number
  readonly sequence: number
  readonly diff: Diff
  /** It touches the image of the scope itself; false of one that is only seen from there. */
  readonly own: boolean
}

/** An image sees the edits that touch it and those that are everywhere; null sees only the latter. */
export type EditScope = ImageId | null

export interface EditsTable {
  insert(edit: { diff: Diff; kind: EditKind; everywhere: boolean; images: readonly ImageId[] }): void
  /** The newest edit of one of the stacks, below `sequence`. */
  newest(scope: EditScope, undone: boolean, sequence: number): Edit | null
  has(scope: EditScope, undone: boolean): boolean
  /** Moves the edit to the other stack. */
  setUndone(id: number, undone: boolean): void
  /** Drops the undone edits that a new commit in these images makes unreachable. */
  dropUndone(images: readonly ImageId[]): void
  dropAllUndone(): void
  undoneEverywhere(): boolean
}

// The newest of both kinds by an index each; the Diff is read for the one that wins.
const newest = `
  SELECT id, sequence, own FROM (
    SELECT id, sequence, 0 AS own FROM edits
    WHERE everywhere = 1 AND undone = @undone AND sequence < @below ORDER BY sequence DESC LIMIT 1)
  UNION ALL
  SELECT id, sequence, own FROM (
    SELECT edits.id, edits.sequence, 1 AS own FROM edit_images JOIN edits ON edits.id = edit_images.edit_id
    WHERE edit_images.image_id = @image AND edits.undone = @undone AND edits.sequence < @below
    ORDER BY edits.sequence DESC LIMIT 1)
  ORDER BY sequence DESC, own DESC LIMIT 1`

export const createEditsTable = (db: Database): EditsTable => {
  const next = '(SELECT coalesce(max(sequence), 0) + 1 FROM edits)'
  const insert = db.prepare<[string, 0 | 1, number, string]>(
    `INSERT INTO edits (sequence, kind, everywhere, created_at, diff) VALUES (${next}, ?, ?, ?, ?)`,
  )
  const insertImage = db.prepare<[number, number | bigint]>(
    'INSERT INTO edit_images (image_id, edit_id) VALUES (?, ?)',
  )
  const selectNewest = db.prepare<
    [{ image: number | null; undone: 0 | 1; below: number }],
    { id: number; sequence: number; own: 0 | 1 }
  >(newest)
  const selectDiff = db.prepare<[number], string>('SELECT diff FROM edits WHERE id = ?').pluck()
  const update = db.prepare<[0 | 1, number]>(`UPDATE edits SET undone = ?, sequence = ${next} WHERE id = ?`)
  const dropOfImage = db.prepare<[number]>(
    `DELETE FROM edits WHERE undone = 1 AND id IN (SELECT edit_id FROM edit_images WHERE image_id = ?)`,
  )
  const dropAll = db.prepare<[]>('DELETE FROM edits WHERE undone = 1')
  const countEverywhere = db
    .prepare<[], number>('SELECT EXISTS (SELECT 1 FROM edits WHERE everywhere = 1 AND undone = 1)')
    .pluck()

  const find = (scope: EditScope, undone: boolean, below: number) =>
    selectNewest.get({ image: scope, undone: undone ? 1 : 0, below })

  return {
    insert({ diff, kind, everywhere, images }) {
      const edit = insert.run(kind, everywhere ? 1 : 0, Date.now(), JSON.stringify(diff)).lastInsertRowid
      for (const image of images) insertImage.run(image, edit)
    },
    newest(scope, undone, below) {
      const row = find(scope, undone, below)
      if (row === undefined) return null
      const text = selectDiff.get(row.id) ?? ''
      const diff = readJson(diffSchema, text, `Edit ${row.id} of the undo log`)
      return { id: row.id, sequence: row.sequence, diff, own: row.own === 1 }
    },
    has: (scope, undone) => find(scope, undone, Infinity) !== undefined,
    setUndone: (id, undone) => void update.run(undone ? 1 : 0, id),
    dropUndone: (images) => {
      for (const image of images) dropOfImage.run(image)
    },
    dropAllUndone: () => void dropAll.run(),
    undoneEverywhere: () => countEverywhere.get() === 1,
  }
}

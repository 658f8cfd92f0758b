/**
 * The undo log: each edit's Diff and the images it touches. `sequence` orders what happened; an undo or a redo moves
 * its edit to the end, so that applied and undone edits are two stacks in one table.
 */
import type { Database } from 'better-sqlite3'
import { randomUUID } from 'node:crypto'
import type { Diff } from '../../common/diff.ts'
import type { ImageId } from '../../common/model.ts'
import type { AddedObjects } from './added-objects.ts'
import { NEWEST_FORMAT, readDiff } from './edit-formats.ts'
import { textOfDiff } from './edit-text.ts'
import { IS_ADDED_BY } from './numbered-ids.ts'
import type { ShapeTexts } from './shape-texts.ts'

export type EditKind = 'commit' | 'label-delete'

export interface Edit {
  readonly id: number
  readonly sequence: number
  /** null when it can't be read: its text is damaged. */
  readonly diff: Diff | null
  /** It touches the image of the scope itself; false of one that is only seen from there. */
  readonly own: boolean
  readonly everywhere: boolean
}

interface NewEdit {
  readonly diff: Diff
  readonly kind: EditKind
  readonly everywhere: boolean
  readonly images: readonly ImageId[]
  /** The name of whoever made it; empty when it is not known. */
  readonly author: string
  /** The run of long work that made it; null for one that the user made. */
  readonly run: string | null
}

/** What one run of long work has left in the log. */
export interface StoredRun {
  readonly run: string
  /** When its first edit was stored, ms since 1970. */
  readonly at: number
  /** Objects that it made or changed. */
  readonly objects: number
  readonly images: number
  /** All of it was taken back, and can be done again. */
  readonly isUndone: boolean
}

interface StoredDiff {
  readonly diff: string
  readonly format: number
  readonly added_ids: string | null
}

/** An image sees the edits that touch it and those that are everywhere; null sees only the latter. */
export type EditScope = ImageId | null

export interface EditsTable {
  insert(edit: NewEdit): void
  /** The newest edit of one of the stacks, below `sequence`. */
  newest(scope: EditScope, undone: boolean, sequence: number): Edit | null
  has(scope: EditScope, undone: boolean): boolean
  /** Whether there is an edit that is not undone. */
  hasAny(): boolean
  /** The newest edit of the run on one of the stacks, below `sequence`. */
  newestOfRun(run: string, undone: boolean, sequence: number): Edit | null
  /** The newest runs that can be undone or done again, the newest first. */
  runs(limit: number): StoredRun[]
  /** Moves the edit to the other stack. */
  setUndone(id: number, undone: boolean): void
  /** Drops the undone edits that a new commit in these images makes unreachable. */
  dropUndone(images: readonly ImageId[]): void
  dropAllUndone(): void
  undoneEverywhere(): boolean
}

// The newest of both kinds by an index each; the Diff is read for the one that wins.
const NEWEST = `
  SELECT id, sequence, own, everywhere FROM (
    SELECT id, sequence, 0 AS own, everywhere FROM edits
    WHERE everywhere = 1 AND undone = @undone AND sequence < @below ORDER BY sequence DESC LIMIT 1)
  UNION ALL
  SELECT id, sequence, own, everywhere FROM (
    SELECT edits.id, edits.sequence, 1 AS own, everywhere FROM edit_images JOIN edits ON edits.id = edit_images.edit_id
    WHERE edit_images.image_id = @image AND edits.undone = @undone AND edits.sequence < @below
    ORDER BY edits.sequence DESC LIMIT 1)
  ORDER BY sequence DESC, own DESC LIMIT 1`

// Asked at each commit. What is undone is always little and has an index of its own, so it is asked first there; of
// what is not, the first of the image's is enough.
const IS_UNDONE = `
  SELECT EXISTS (SELECT 1 FROM edits WHERE everywhere = 1 AND undone = 1) OR EXISTS (
    SELECT 1 FROM edits INDEXED BY edits_undone
    WHERE undone = 1 AND EXISTS (SELECT 1 FROM edit_images WHERE image_id = @image AND edit_id = edits.id))`
const IS_APPLIED = `
  SELECT EXISTS (SELECT 1 FROM edits WHERE everywhere = 1 AND undone = 0) OR EXISTS (
    SELECT 1 FROM edit_images JOIN edits ON edits.id = edit_images.edit_id
    WHERE edit_images.image_id = @image AND edits.undone = 0)`

// The runs first, by their index; what they hold is counted for those alone that are shown.
const RUNS = `
  WITH newest AS (
    SELECT run, min(created_at) AS at, min(undone) AS isUndone FROM edits
    WHERE run IS NOT NULL GROUP BY run ORDER BY at DESC, max(id) DESC LIMIT ?)
  SELECT run, at, isUndone,
    (SELECT coalesce(sum(CASE WHEN json_valid(diff) THEN
        coalesce(json_array_length(diff, '$.annotations.added'), 0) +
        coalesce(json_array_length(diff, '$.annotations.updated'), 0) +
        coalesce(json_array_length(diff, '$.annotations.removed'), 0) ELSE 0 END +
        CASE WHEN added_ids IS NULL THEN 0 ELSE (SELECT count(*) FROM annotations WHERE ${IS_ADDED_BY}) END), 0)
      FROM edits WHERE edits.run = newest.run AND undone = isUndone) AS objects,
    (SELECT count(DISTINCT image_id) FROM edit_images JOIN edits ON edits.id = edit_images.edit_id
      WHERE edits.run = newest.run AND undone = isUndone) AS images
  FROM newest`

export const createEditsTable = (db: Database, texts: ShapeTexts, objects: AddedObjects): EditsTable => {
  const next = '(SELECT coalesce(max(sequence), 0) + 1 FROM edits)'
  const insert = db.prepare<
    [
      Record<'kind' | 'diff' | 'uid', string> &
        Record<'everywhere' | 'now' | 'format', number> &
        Record<'author' | 'run' | 'added', string | null>,
    ]
  >(
    `INSERT INTO edits (sequence, kind, everywhere, created_at, diff, format, uid, author, run, added_ids)
     VALUES (${next}, @kind, @everywhere, @now, @diff, @format, @uid, @author, @run, @added)`,
  )
  const insertImage = db.prepare<[number, number | bigint]>(
    'INSERT INTO edit_images (image_id, edit_id) VALUES (?, ?)',
  )
  const selectNewest = db.prepare<
    [{ image: number | null; undone: 0 | 1; below: number }],
    { id: number; sequence: number; own: 0 | 1; everywhere: 0 | 1 }
  >(NEWEST)
  const selectOfRun = db.prepare<
    [string, 0 | 1, number],
    { id: number; sequence: number; own: 1; everywhere: 0 | 1 }
  >(
    `SELECT id, sequence, 1 AS own, everywhere FROM edits
     WHERE run = ? AND undone = ? AND sequence < ? ORDER BY sequence DESC LIMIT 1`,
  )
  const selectRuns = db.prepare<[number], Omit<StoredRun, 'isUndone'> & { isUndone: 0 | 1 }>(RUNS)
  const selectDiff = db.prepare<[number], StoredDiff>(
    'SELECT diff, format, added_ids FROM edits WHERE id = ?',
  )
  const selectAny = db.prepare<[], number>('SELECT EXISTS (SELECT 1 FROM edits WHERE undone = 0)').pluck()
  const update = db.prepare<[0 | 1, number]>(`UPDATE edits SET undone = ?, sequence = ${next} WHERE id = ?`)
  const selectUndone = db.prepare<[{ image: number | null }], number>(IS_UNDONE).pluck()
  const selectApplied = db.prepare<[{ image: number | null }], number>(IS_APPLIED).pluck()
  const dropOfImage = db.prepare<[number]>(
    `DELETE FROM edits INDEXED BY edits_undone
     WHERE undone = 1 AND EXISTS (SELECT 1 FROM edit_images WHERE image_id = ? AND edit_id = edits.id)`,
  )
  const dropAll = db.prepare<[]>('DELETE FROM edits WHERE undone = 1')
  const countEverywhere = db
    .prepare<[], number>('SELECT EXISTS (SELECT 1 FROM edits WHERE everywhere = 1 AND undone = 1)')
    .pluck()

  const diffOfRow = ({ diff: text, format, added_ids: beginning }: StoredDiff): Diff | null => {
    const diff = readDiff(text, format)
    if (diff === null || beginning === null) return diff
    const added = [...diff.annotations.added, ...objects.read(beginning)]
    return { ...diff, annotations: { ...diff.annotations, added } }
  }
  const editOfRow = (row: { id: number; sequence: number; own: 0 | 1; everywhere: 0 | 1 } | undefined) => {
    if (row === undefined) return null
    const stored = selectDiff.get(row.id)
    const diff = stored === undefined ? null : diffOfRow(stored)
    return { ...row, diff, own: row.own === 1, everywhere: row.everywhere === 1 }
  }

  return {
    insert({ diff, kind, everywhere, images, author, run }) {
      const { added: fresh } = diff.annotations
      const added = objects.beginningOf(fresh)
      const edit = insert.run({
        kind,
        everywhere: everywhere ? 1 : 0,
        now: Date.now(),
        diff: textOfDiff(diff, added === null ? fresh.map((one) => texts.ofWhole(one)) : []),
        format: NEWEST_FORMAT,
        uid: randomUUID(),
        author: author === '' ? null : author,
        run,
        added,
      }).lastInsertRowid
      for (const image of images) insertImage.run(image, edit)
    },
    newest: (scope, undone, below) =>
      editOfRow(selectNewest.get({ image: scope, undone: undone ? 1 : 0, below })),
    newestOfRun: (run, undone, below) => editOfRow(selectOfRun.get(run, undone ? 1 : 0, below)),
    runs: (limit) => selectRuns.all(limit).map((row) => ({ ...row, isUndone: row.isUndone === 1 })),
    has: (scope, undone) => (undone ? selectUndone : selectApplied).get({ image: scope }) === 1,
    hasAny: () => selectAny.get() === 1,
    setUndone: (id, undone) => void update.run(undone ? 1 : 0, id),
    dropUndone: (images) => {
      for (const image of images) dropOfImage.run(image)
    },
    dropAllUndone: () => void dropAll.run(),
    undoneEverywhere: () => countEverywhere.get() === 1,
  }
}

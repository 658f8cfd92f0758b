/**
 * What an edit of very many new objects keeps of them in the undo log: how their ids begin, as long as every one of
 * them is as it was added. Their rows are the log then, and the objects are written once. Owns that the log has their
 * text before the first of them changes or goes, in the same transaction.
 */
import type { Database } from 'better-sqlite3'
import type { Annotation, AnnotationId } from '../../common/model.ts'
import { guardedColumns, readable, textOfRow, type Row } from './annotation-rows.ts'
import { NEWEST_FORMAT, readDiff } from './edit-formats.ts'
import { textOfDiff } from './edit-text.ts'
import { beginningOfId, endOfIds, numberedId } from './numbered-ids.ts'

/** Fewer are told one by one: it is not worth the look-up when one of them changes. */
const FEWEST = 64

/** An edit that a stranger's file says to have added more, or more text, is one that can't be taken back whole. */
const MOST = 100_000
const MOST_LETTERS = 2 ** 27

export interface AddedObjects {
  /** How the ids begin, when the log can leave these objects to their rows; null when it has to hold them. */
  beginningOf(added: readonly Annotation[]): string | null
  /** Those of an edit whose rows are as it added them, in its order; what can't be read is left out. */
  read(beginning: string): Annotation[]
  /** Before the object is changed or removed: writes into its edit what the edit has added. */
  beforeChange(id: AnnotationId): void
}

export const createAddedObjects = (db: Database): AddedObjects => {
  const selectEdit = db.prepare<[string], { id: number; diff: string; format: number }>(
    'SELECT id, diff, format FROM edits WHERE added_ids = ?',
  )
  const update = db.prepare<[string, number, number]>(
    'UPDATE edits SET diff = ?, format = ?, added_ids = NULL WHERE id = ?',
  )
  const select = db.prepare<[{ first: string; last: string }], Row>(
    `SELECT ${guardedColumns} FROM annotations WHERE id BETWEEN @first AND @last ORDER BY id LIMIT ${MOST}`,
  )
  /** Within what memory takes. */
  const rowsOf = (beginning: string): Row[] => {
    const rows: Row[] = []
    let letters = 0
    const between = { first: numberedId(beginning, 0), last: endOfIds(beginning) }
    for (const row of select.iterate(between)) {
      letters += row.shape.length + row.prompts.length
      if (letters > MOST_LETTERS) break
      rows.push(row)
    }
    return rows
  }
  return {
    beginningOf(added) {
      const beginning = beginningOfId(added[0]?.id ?? '')
      if (added.length < FEWEST || added.length > MOST || beginning === '') return null
      const isNumbered = added.every(({ id }, index) => id === numberedId(beginning, index))
      return isNumbered && selectEdit.get(beginning) === undefined ? beginning : null
    },
    read: (beginning) => readable(rowsOf(beginning)),
    beforeChange(id) {
      const beginning = beginningOfId(id)
      const edit = selectEdit.get(beginning)
      if (edit === undefined) return
      const rest = readDiff(edit.diff, edit.format)
      const texts = rowsOf(beginning).flatMap((row) => textOfRow(row) ?? [])
      if (rest === null) update.run(edit.diff, edit.format, edit.id)
      else update.run(textOfDiff(rest, texts), NEWEST_FORMAT, edit.id)
    },
  }
}

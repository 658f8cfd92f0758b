/** The labels (classes) of the project. */
import type { Database } from 'better-sqlite3'
import { labelSchema, type Label, type LabelId } from '../../common/model.ts'
import { canonicalJson, readJson } from './json.ts'

export interface LabelsReader {
  /** By position. */
  list(): Label[]
  get(id: LabelId): Label | null
}

export interface LabelsTable extends LabelsReader {
  has(id: LabelId): boolean
  /** Is this very record stored? */
  isStored(label: Label): boolean
  /** False when the id is taken. */
  insert(label: Label): boolean
  update(label: Label): void
  remove(id: LabelId): void
}

const COLUMNS = 'id, name, color, position, locked, key, supercategory, description, attributes'

/** SQLite has no truth values and no lists. */
type Row = Omit<Label, 'locked' | 'attributes'> & { locked: number; attributes: string | null }
const labelOfRow = (row: Row): Label => ({
  ...row,
  locked: row.locked !== 0,
  attributes: readJson(labelSchema.shape.attributes, row.attributes) ?? [],
})
const rowOfLabel = (label: Label): Row => ({
  ...label,
  locked: label.locked ? 1 : 0,
  attributes: label.attributes.length === 0 ? null : JSON.stringify(label.attributes),
})

export const createLabelsTable = (db: Database): LabelsTable => {
  const selectAll = db.prepare<[], Row>(`SELECT ${COLUMNS} FROM labels ORDER BY position, rowid`)
  const select = db.prepare<[string], Row>(`SELECT ${COLUMNS} FROM labels WHERE id = ?`)
  const insert = db.prepare<[Row]>(
    `INSERT INTO labels (${COLUMNS})
     VALUES (@id, @name, @color, @position, @locked, @key, @supercategory, @description, @attributes)
     ON CONFLICT (id) DO NOTHING`,
  )
  const update = db.prepare<[Row]>(
    `UPDATE labels SET name = @name, color = @color, position = @position, locked = @locked, key = @key,
       supercategory = @supercategory, description = @description, attributes = @attributes
     WHERE id = @id`,
  )
  const remove = db.prepare<[string]>('DELETE FROM labels WHERE id = ?')
  const get = (id: LabelId) => {
    const row = select.get(id)
    return row === undefined ? null : labelOfRow(row)
  }
  return {
    list: () => selectAll.all().map(labelOfRow),
    get,
    has: (id) => get(id) !== null,
    isStored: (label) => canonicalJson(get(label.id)) === canonicalJson(label),
    insert: (label) => insert.run(rowOfLabel(label)).changes === 1,
    update: (label) => void update.run(rowOfLabel(label)),
    remove: (id) => void remove.run(id),
  }
}

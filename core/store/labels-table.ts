/** The labels (classes) of the project. */
import type { Database } from 'better-sqlite3'
import type { Label, LabelId } from '../../common/model.ts'
import { canonicalJson } from './json.ts'

export interface LabelsReader {
  /** By position. */
  list(): Label[]
  get(id: LabelId): Label | null
}

export interface LabelsTable extends LabelsReader {
  has(id: LabelId): boolean
  /** Is this very record stored? */
  isStored(label: Label): boolean
  insert(label: Label): void
  update(label: Label): void
  remove(id: LabelId): void
}

const COLUMNS = 'id, name, color, position'

export const createLabelsTable = (db: Database): LabelsTable => {
  const selectAll = db.prepare<[], Label>(`SELECT ${COLUMNS} FROM labels ORDER BY position, rowid`)
  const select = db.prepare<[string], Label>(`SELECT ${COLUMNS} FROM labels WHERE id = ?`)
  const insert = db.prepare<[Label]>(
    'INSERT INTO labels (id, name, color, position) VALUES (@id, @name, @color, @position)',
  )
  const update = db.prepare<[Label]>(
    'UPDATE labels SET name = @name, color = @color, position = @position WHERE id = @id',
  )
  const remove = db.prepare<[string]>('DELETE FROM labels WHERE id = ?')
  const get = (id: LabelId) => select.get(id) ?? null
  return {
    list: () => selectAll.all(),
    get,
    has: (id) => get(id) !== null,
    isStored: (label) => canonicalJson(get(label.id)) === canonicalJson(label),
    insert: (label) => void insert.run(label),
    update: (label) => void update.run(label),
    remove: (id) => void remove.run(id),
  }
}

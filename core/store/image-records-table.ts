/** The images table as edits see it: what the user says of an image. What its file tells is in images-table.ts. */
import type { Database } from 'better-sqlite3'
import type { ImageId, ImageRecord } from '../../common/model.ts'
import { canonicalJson } from './json.ts'

export interface ImageRecordsTable {
  has(id: ImageId): boolean
  /** Is this very record stored? */
  isStored(record: ImageRecord): boolean
  update(record: ImageRecord): void
}

export const createImageRecordsTable = (db: Database): ImageRecordsTable => {
  const select = db.prepare<[number], ImageRecord>('SELECT id, status, side FROM images WHERE id = ?')
  const update = db.prepare<[ImageRecord]>('UPDATE images SET status = @status, side = @side WHERE id = @id')
  const get = (id: ImageId) => select.get(id) ?? null
  return {
    has: (id) => get(id) !== null,
    isStored: (record) => canonicalJson(get(record.id)) === canonicalJson(record),
    update: (record) => void update.run(record),
  }
}

/** Rows of the annotations table that are no annotation any more: found, taken out and put back as they are. */
import type { Database } from 'better-sqlite3'
import type { DamagedObject } from '../../common/contract/damaged.ts'
import type { ImageId } from '../../common/model.ts'
import { readObjects } from './annotation-rows.ts'

/** Every column as it is stored. */
export type RawRow = Readonly<Record<string, unknown>>

export interface DamagedRows {
  ofImage(imageId: ImageId): DamagedObject[]
  /** Deletes the row; null when there is none, or it is an object that can be read. */
  take(imageId: ImageId, sequence: number): RawRow | null
  put(row: RawRow): void
}

export const createDamagedRows = (db: Database): DamagedRows => {
  const select = db
    .prepare<[number, number], RawRow>('SELECT * FROM annotations WHERE image_id = ? AND sequence = ?')
    .safeIntegers()
  const remove = db.prepare<[number]>('DELETE FROM annotations WHERE sequence = ?')
  const read = readObjects(db)
  const ofImage = (imageId: ImageId) => read(imageId).damaged
  return {
    ofImage,
    take(imageId, sequence) {
      if (!ofImage(imageId).some((object) => object.sequence === sequence)) return null
      const row = select.get(imageId, sequence) ?? null
      if (row !== null) remove.run(sequence)
      return row
    },
    put(row) {
      const columns = Object.keys(row)
      db.prepare(
        `INSERT INTO annotations (${columns.join(', ')}) VALUES (${columns.map((name) => `@${name}`).join(', ')})`,
      ).run(row)
    },
  }
}

/** The images table as edits see it: what the user says of an image. What its file tells is in images-table.ts. */
import type { Database } from 'better-sqlite3'
import { imageRecordSchema, type ImageId, type ImageRecord } from '../../common/model.ts'
import { canonicalJson, readJson } from './json.ts'

export interface ImageRecordsTable {
  /** Null when there is no such image. */
  get(id: ImageId): ImageRecord | null
  has(id: ImageId): boolean
  /** Is this very record stored? */
  isStored(record: ImageRecord): boolean
  update(record: ImageRecord): void
}

/** The columns of it, beside `id`. */
export const RECORD_COLUMNS =
  'status, side, flag, reviewed_by, reviewed_at, tags, stretch_black, stretch_white'

export interface RecordRow extends Pick<ImageRecord, 'id' | 'status' | 'side' | 'flag'> {
  readonly reviewed_by: string | null
  readonly reviewed_at: number | null
  readonly tags: string | null
  readonly stretch_black: number | null
  readonly stretch_white: number | null
}

/** The tags that a column holds; none where it can't be read. */
export const tagsOf = (text: string | null): string[] => readJson(imageRecordSchema.shape.tags, text) ?? []

/** A file of somebody else may hold any numbers. */
const stretchOf = (black: number | null, white: number | null): ImageRecord['stretch'] =>
  black !== null && white !== null && Number.isFinite(white - black) && black < white
    ? { black, white }
    : null

export const recordOfRow = ({
  id,
  status,
  side,
  flag,
  reviewed_by,
  reviewed_at,
  tags,
  stretch_black: black,
  stretch_white: white,
}: RecordRow): ImageRecord => ({
  id,
  status,
  side,
  flag,
  reviewed: reviewed_at === null ? null : { by: reviewed_by ?? '', at: reviewed_at },
  tags: tagsOf(tags),
  stretch: stretchOf(black, white),
})

const rowOfRecord = ({ reviewed, tags, stretch, ...record }: ImageRecord): RecordRow => ({
  ...record,
  reviewed_by: reviewed?.by ?? null,
  reviewed_at: reviewed?.at ?? null,
  tags: tags.length === 0 ? null : JSON.stringify(tags),
  stretch_black: stretch?.black ?? null,
  stretch_white: stretch?.white ?? null,
})

export const createImageRecordsTable = (db: Database): ImageRecordsTable => {
  const select = db.prepare<[number], RecordRow>(`SELECT id, ${RECORD_COLUMNS} FROM images WHERE id = ?`)
  const update = db.prepare<[RecordRow]>(
    `UPDATE images SET status = @status, side = @side, flag = @flag, reviewed_by = @reviewed_by,
       reviewed_at = @reviewed_at, tags = @tags, stretch_black = @stretch_black, stretch_white = @stretch_white
     WHERE id = @id`,
  )
  const selectHas = db.prepare<[number], number>('SELECT 1 FROM images WHERE id = ?').pluck()
  const get = (id: ImageId) => {
    const row = select.get(id)
    return row === undefined ? null : recordOfRow(row)
  }
  return {
    get,
    has: (id) => selectHas.get(id) !== undefined,
    isStored: (record) => canonicalJson(get(record.id)) === canonicalJson(record),
    update: (record) => void update.run(rowOfRecord(record)),
  }
}

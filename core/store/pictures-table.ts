/** Which picture the objects of an image were made on. Set with the first object, changed by edits alone. */
import type { Database } from 'better-sqlite3'
import type { ImageId, PictureRecord } from '../../common/model.ts'

export interface PicturesReader {
  /** Null when the image never had objects. */
  get(id: ImageId): PictureRecord | null
  /** The file as it was read last: what objects that come now are made on. */
  current(id: ImageId): PictureRecord | null
  /** Images with objects whose file has another time than their picture and the same size: only its hash tells more. */
  undecided(): ImageId[]
  /** Images with objects, in the order of the list. */
  labelled(): ImageId[]
  /** Has the photo changed under its objects? Asked at each commit. */
  isChanged(id: ImageId): boolean
  /** How many photos have changed under their objects. */
  countChanged(): number
}

export interface PicturesTable extends PicturesReader {
  has(id: ImageId): boolean
  /** Is this the picture that is stored? What was only read of it later (hash, size) does not count. */
  isStored(record: PictureRecord): boolean
  update(record: PictureRecord): void
  /** The image has objects from now on: they are made on its file as it is, unless it had some before. */
  begin(id: ImageId): void
}

/** Of a row of `images`: there are objects or proposals, which were made on its picture as well. */
export const HAS_ANY = 'EXISTS (SELECT 1 FROM annotations WHERE image_id = images.id)'

/** Of a row of `images` that is joined with its picture: as `isChanged` of common/changed-picture.ts. */
export const IS_CHANGED = `(${HAS_ANY} AND (pictures.bytes <> images.bytes
  OR coalesce(pictures.content_hash <> images.content_hash, 0)))`

const COLUMNS = 'bytes, modified_at AS modifiedAt, content_hash AS contentHash, width, height, orientation'

export const createPicturesTable = (db: Database): PicturesTable => {
  const select = db.prepare<[number], PictureRecord>(
    `SELECT image_id AS id, ${COLUMNS} FROM pictures WHERE image_id = ?`,
  )
  const selectCurrent = db.prepare<[number], PictureRecord>(`SELECT id, ${COLUMNS} FROM images WHERE id = ?`)
  const selectUndecided = db
    .prepare<[], number>(
      `SELECT images.id FROM pictures JOIN images ON images.id = pictures.image_id
       WHERE images.modified_at <> pictures.modified_at AND images.bytes = pictures.bytes AND images.missing = 0
         AND images.content_hash IS NULL AND pictures.content_hash IS NOT NULL
         AND ${HAS_ANY}`,
    )
    .pluck()
  const selectLabelled = db
    .prepare<[], number>(`SELECT id FROM images WHERE missing = 0 AND ${HAS_ANY} ORDER BY position`)
    .pluck()
  const changed = `FROM pictures JOIN images ON images.id = pictures.image_id WHERE ${IS_CHANGED}`
  const countChanged = db.prepare<[], number>(`SELECT count(*) ${changed}`).pluck()
  const selectChanged = db
    .prepare<[number], number>(`SELECT EXISTS (SELECT 1 ${changed} AND images.id = ?)`)
    .pluck()
  const update = db.prepare<[PictureRecord]>(
    `UPDATE pictures SET bytes = @bytes, modified_at = @modifiedAt, content_hash = @contentHash, width = @width,
       height = @height, orientation = @orientation
     WHERE image_id = @id`,
  )
  const begin = db.prepare<[number]>(
    `INSERT INTO pictures (image_id, bytes, modified_at, content_hash, width, height, orientation)
     SELECT id, bytes, modified_at, content_hash, width, height, orientation FROM images WHERE id = ?
     ON CONFLICT DO NOTHING`,
  )
  const get = (id: ImageId) => select.get(id) ?? null
  return {
    get,
    current: (id) => selectCurrent.get(id) ?? null,
    undecided: () => selectUndecided.all(),
    labelled: () => selectLabelled.all(),
    isChanged: (id) => selectChanged.get(id) === 1,
    countChanged: () => countChanged.get() ?? 0,
    has: (id) => get(id) !== null,
    isStored(record) {
      const stored = get(record.id)
      return stored?.bytes === record.bytes && stored.modifiedAt === record.modifiedAt
    },
    update: (record) => void update.run(record),
    begin: (id) => void begin.run(id),
  }
}

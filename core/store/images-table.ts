/** The images of the folder, in natural order, with the facts that were read from their files. */
import type { Database } from 'better-sqlite3'
import type { ImageFilter } from '../../common/contract/images.ts'
import type { ImageId, ImageItem, ImageStatus } from '../../common/model.ts'
import { IS_CHANGED, LABELLED } from './pictures-table.ts'

interface Row {
  id: number
  path: string
  bytes: number
  modified_at: number
  content_hash: string | null
  width: number | null
  height: number | null
  orientation: number | null
  status: ImageStatus
  problem: string | null
  annotation_count: number
  made_bytes: number | null
  made_hash: string | null
  made_width: number | null
  made_height: number | null
  made_orientation: number | null
}

/** What reading a file tells. */
export interface ImageFacts {
  readonly bytes: number
  readonly modifiedAt: number
  readonly contentHash: string | null
  readonly width: number | null
  readonly height: number | null
  readonly orientation: number | null
  readonly problem: string | null
}

export interface ImagesReader {
  get(id: ImageId): ImageItem | null
  /** Those that exist, in the order of `ids`. */
  getMany(ids: readonly ImageId[]): ImageItem[]
  page(filter: ImageFilter, offset: number, limit: number): ImageItem[]
  total(filter: ImageFilter): number
  /** The image's place among those that the filter shows; null when it hides it. */
  locate(id: ImageId, filter: ImageFilter): number | null
  /** How many that the filter shows come before the image, which it may hide. */
  before(id: ImageId, filter: ImageFilter): number
  /** All ids in natural order. */
  ids(): ImageId[]
  count(): number
}

/** What files tell. What the user says of an image is written by image-records-table.ts. */
export interface ImagesTable extends ImagesReader {
  /** Of a file that is there. */
  setFacts(id: ImageId, facts: ImageFacts): void
  /** Unless the file was changed since it was hashed. */
  setContentHash(id: ImageId, hash: string, file: { bytes: number; modifiedAt: number }): void
}

// The count is a probe of annotations_by_image for each row of the page: no trigger, no second truth.
const COLUMNS = `id, path, images.bytes, images.modified_at, images.content_hash, images.width, images.height,
  images.orientation, status, problem,
  (SELECT count(*) FROM annotations WHERE image_id = images.id) AS annotation_count,
  pictures.bytes AS made_bytes, pictures.content_hash AS made_hash, pictures.width AS made_width,
  pictures.height AS made_height, pictures.orientation AS made_orientation`
const FROM = 'FROM images LEFT JOIN pictures ON pictures.image_id = images.id'

const conditions: Record<ImageFilter['show'], string | null> = {
  all: null,
  todo: "status = 'todo'",
  done: "status = 'done'",
  labelled: LABELLED,
  unlabelled: `NOT ${LABELLED}`,
  problem: `(problem IS NOT NULL
    OR EXISTS (SELECT 1 FROM pictures WHERE pictures.image_id = images.id AND ${IS_CHANGED}))`,
}

/** A path or a search text in the form in which they are compared: NFC and lower case. */
export const foldText = (text: string): string => text.normalize('NFC').toLowerCase()

/** The filter as SQL; @text is bound when there is a text. */
const whereOf = (filter: ImageFilter, more: string | null = null): string => {
  const text = filter.text === '' ? null : 'instr(folded_path, @text) > 0'
  const all = [text, conditions[filter.show], more].filter((condition) => condition !== null)
  return all.length === 0 ? '' : `WHERE ${all.join(' AND ')}`
}

const toItem = (row: Row): ImageItem => ({
  id: row.id,
  path: row.path,
  bytes: row.bytes,
  modifiedAt: row.modified_at,
  contentHash: row.content_hash,
  width: row.width,
  height: row.height,
  orientation: row.orientation,
  status: row.status,
  problem: row.problem,
  annotationCount: row.annotation_count,
  madeOn:
    row.annotation_count === 0 || row.made_bytes === null
      ? null
      : {
          bytes: row.made_bytes,
          contentHash: row.made_hash,
          width: row.made_width,
          height: row.made_height,
          orientation: row.made_orientation,
        },
})

export const createImagesTable = (db: Database): ImagesTable => {
  const select = db.prepare<[number], Row>(`SELECT ${COLUMNS} ${FROM} WHERE id = ?`)
  const selectIds = db.prepare<[], number>('SELECT id FROM images ORDER BY position').pluck()
  const count = db.prepare<[], number>('SELECT count(*) FROM images').pluck()
  const setFacts = db.prepare<[ImageFacts & { id: number }]>(
    `UPDATE images SET bytes = @bytes, modified_at = @modifiedAt, content_hash = @contentHash, width = @width,
       height = @height, orientation = @orientation, problem = @problem, missing = 0
     WHERE id = @id`,
  )
  const setContentHash = db.prepare<[string, number, number, number]>(
    'UPDATE images SET content_hash = ? WHERE id = ? AND bytes = ? AND modified_at = ?',
  )
  // What was not read yet when the first object came.
  const completePicture = db.prepare<[number]>(
    `UPDATE pictures SET content_hash = coalesce(pictures.content_hash, images.content_hash),
       width = coalesce(pictures.width, images.width), height = coalesce(pictures.height, images.height),
       orientation = coalesce(pictures.orientation, images.orientation)
     FROM images WHERE images.id = ? AND pictures.image_id = images.id
       AND pictures.bytes = images.bytes AND pictures.modified_at = images.modified_at`,
  )
  const get = (id: ImageId) => {
    const row = select.get(id)
    return row === undefined ? null : toItem(row)
  }
  const countWhere = (where: string, values: object) =>
    db.prepare<[object], number>(`SELECT count(*) FROM images ${where}`).pluck().get(values) ?? 0

  const before = (id: ImageId, filter: ImageFilter) =>
    countWhere(whereOf(filter, 'position < (SELECT position FROM images WHERE id = @id)'), {
      text: foldText(filter.text),
      id,
    })

  return {
    get,
    getMany: (ids) => ids.map(get).filter((item) => item !== null),
    page(filter, offset, limit) {
      // Unfiltered, positions have no gaps: the page is a range of the index, however far down it lies.
      const plain = filter.text === '' && filter.show === 'all'
      const rest = plain
        ? 'WHERE position >= @offset AND position < @offset + @limit ORDER BY position'
        : `${whereOf(filter)} ORDER BY position LIMIT @limit OFFSET @offset`
      return db
        .prepare<[object], Row>(`SELECT ${COLUMNS} ${FROM} ${rest}`)
        .all({ text: foldText(filter.text), offset, limit })
        .map(toItem)
    },
    total: (filter) => countWhere(whereOf(filter), { text: foldText(filter.text) }),
    locate(id, filter) {
      const values = { text: foldText(filter.text), id }
      if (countWhere(whereOf(filter, 'id = @id'), values) === 0) return null
      return before(id, filter)
    },
    before,
    ids: () => selectIds.all(),
    count: () => count.get() ?? 0,
    setFacts(id, facts) {
      setFacts.run({ ...facts, id })
      completePicture.run(id)
    },
    setContentHash(id, hash, { bytes, modifiedAt }) {
      setContentHash.run(hash, id, bytes, modifiedAt)
      completePicture.run(id)
    },
  }
}

/** The images of the folder, in natural order, with the facts that were read from their files. */
import type { Database } from 'better-sqlite3'
import type { ImageFilter } from '../../common/contract/images.ts'
import type { ImageId, ImageItem } from '../../common/model.ts'
import { imageStates, type ImageState } from '../../common/image-query.ts'
import { createImageLists, isPlain } from './image-lists.ts'
import { RECORD_COLUMNS, recordOfRow, type RecordRow } from './image-records-table.ts'
import type { Bands } from '../../common/rendition.ts'
import { bandsOfRow, type BandsRow } from './bands-table.ts'
import { createImageWhere, tagLists } from './image-where.ts'

interface Row extends RecordRow, BandsRow {
  path: string
  bytes: number
  modified_at: number
  content_hash: string | null
  width: number | null
  height: number | null
  orientation: number | null
  bands: number | null
  problem: string | null
  annotation_count: number
  proposed_count: number
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
  readonly bands: number | null
  readonly problem: string | null
}

export interface ImagesReader {
  get(id: ImageId): ImageItem | null
  /** Those that exist, in the order of `ids`. */
  getMany(ids: readonly ImageId[]): ImageItem[]
  /** A page of the list. @throws CodedError bad-input when the filter's text is no query, as all that take one */
  page(filter: ImageFilter, offset: number, limit: number): ImageItem[]
  total(filter: ImageFilter): number
  /** The image's place among those that the filter shows; null when it hides it. */
  locate(id: ImageId, filter: ImageFilter): number | null
  /** How many that the filter shows come before the image, which it may hide. */
  before(id: ImageId, filter: ImageFilter): number
  /** The place of the next image of that state behind the place, from the top again; null when there is none. */
  next(after: number, state: ImageState, filter: ImageFilter): number | null
  /** How many images are in each state, and all; of those that a query means. */
  counts(text?: string): Record<ImageState | 'all', number>
  /** Every tag that an image has, with how many images have it, in the order of their letters. */
  tags(): { name: string; images: number }[]
  /** All ids in natural order; of a filter, those of its list. */
  ids(filter?: ImageFilter): readonly ImageId[]
  /** Those with so many bands to choose from. */
  ofBands(bands: number): ImageId[]
  /** Which bands are shown of pictures with so many; null: the first three. */
  choiceOf(bands: number): Bands | null
  count(): number
  /** What `change` writes is about these images alone: lists that are kept are mended. Null: it may be about any. */
  note<R>(change: () => R, imagesOf: (result: R) => readonly ImageId[] | null): R
}

/** What files tell. What the user says of an image is written by image-records-table.ts. */
export interface ImagesTable extends ImagesReader {
  /** Of a file that is there. */
  setFacts(id: ImageId, facts: ImageFacts): void
  /** Unless the file was changed since it was hashed. */
  setContentHash(id: ImageId, hash: string, file: { bytes: number; modifiedAt: number }): void
}

// The counts are probes of annotations_by_state for each row of the page: what a trigger counted is for lists alone.
const COLUMNS = `id, path, images.bytes, images.modified_at, images.content_hash, images.width, images.height,
  images.orientation, images.bands, red, green, blue, ${RECORD_COLUMNS}, problem,
  (SELECT count(*) FROM annotations WHERE image_id = images.id AND proposed = 0) AS annotation_count,
  (SELECT count(*) FROM annotations WHERE image_id = images.id AND proposed = 1) AS proposed_count,
  pictures.bytes AS made_bytes, pictures.content_hash AS made_hash, pictures.width AS made_width,
  pictures.height AS made_height, pictures.orientation AS made_orientation`
const FROM = `FROM images LEFT JOIN pictures ON pictures.image_id = images.id
  LEFT JOIN band_choices ON band_choices.bands = images.bands`

const toItem = (row: Row): ImageItem => ({
  ...recordOfRow(row),
  path: row.path,
  bytes: row.bytes,
  modifiedAt: row.modified_at,
  contentHash: row.content_hash,
  width: row.width,
  height: row.height,
  orientation: row.orientation,
  bands: row.bands,
  shownBands: bandsOfRow(row.bands, row),
  problem: row.problem,
  annotationCount: row.annotation_count,
  proposedCount: row.proposed_count,
  madeOn:
    row.annotation_count + row.proposed_count === 0 || row.made_bytes === null
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
  const selectChoice = db.prepare<[number], BandsRow>(
    'SELECT red, green, blue FROM band_choices WHERE bands = ?',
  )
  const selectOfBands = db
    .prepare<[number], number>('SELECT id FROM images WHERE bands = ? ORDER BY position')
    .pluck()
  const count = db.prepare<[], number>('SELECT count(*) FROM images').pluck()
  const selectPosition = db.prepare<[number], number>('SELECT position FROM images WHERE id = ?').pluck()
  const setFacts = db.prepare<[ImageFacts & { id: number }]>(
    `UPDATE images SET bytes = @bytes, modified_at = @modifiedAt, content_hash = @contentHash, width = @width,
       height = @height, orientation = @orientation, bands = @bands, problem = @problem, missing = 0
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
  const lists = createImageLists(db)
  const whereOf = createImageWhere(db)
  const selectRange = db.prepare<[number, number], Row>(
    `SELECT ${COLUMNS} ${FROM} WHERE position >= ? AND position < ? ORDER BY position`,
  )
  const selectListed = db.prepare<[string], Row>(
    `SELECT ${COLUMNS} ${FROM} JOIN (SELECT key, value FROM json_each(?)) AS listed ON images.id = listed.value ORDER BY listed.key`,
  )
  /** In one look at all of them; what is the rest of another count is not looked for. */
  const countStates = (text: string): Record<ImageState | 'all', number> => {
    const { sql, values } = whereOf({ text, show: 'all' })
    const sums = imageStates
      .filter((state) => state !== 'todo' && state !== 'unlabelled')
      .map((state) => `CAST(total(${whereOf({ text: '', show: state }).sql}) AS INTEGER) AS ${state}`)
    const counts = db
      .prepare<
        (string | number | null)[],
        Record<Exclude<ImageState, 'todo' | 'unlabelled'> | 'all', number>
      >(`SELECT count(*) AS "all", ${sums.join(', ')} ${FROM} ${sql === '' ? '' : `WHERE ${sql}`}`)
      .get(...values)!
    return { ...counts, todo: counts.all - counts.done, unlabelled: counts.all - counts.labelled }
  }

  return {
    get,
    // In one statement, which takes a tenth of the time of as many.
    getMany: (ids) =>
      ids.length < 2
        ? ids.map(get).filter((item) => item !== null)
        : selectListed.all(JSON.stringify(ids)).map(toItem),
    page(filter, offset, limit) {
      // Unfiltered, positions have no gaps: the page is a range of the index, however far down it lies.
      if (isPlain(filter)) return selectRange.all(offset, offset + limit).map(toItem)
      const page = lists.ids(filter).slice(offset, offset + limit)
      return selectListed.all(JSON.stringify(page)).map(toItem)
    },
    total: (filter) => (isPlain(filter) ? (count.get() ?? 0) : lists.ids(filter).length),
    locate(id, filter) {
      if (isPlain(filter)) return selectPosition.get(id) ?? null
      const index = lists.ids(filter).indexOf(id)
      return index === -1 ? null : index
    },
    before: (id, filter) =>
      isPlain(filter) ? (selectPosition.get(id) ?? 0) : Math.max(0, lists.before(id, filter)),
    next(after, state, filter) {
      const ids = lists.ids(filter)
      const meant = new Set(lists.ids({ text: '', show: state }))
      const later = ids.findIndex((id, index) => index > after && meant.has(id))
      const index = later === -1 ? ids.findIndex((id) => meant.has(id)) : later
      return index === -1 ? null : index
    },
    counts: (text = '') => countStates(text),
    tags() {
      const counts = new Map<string, number>()
      for (const { tags, images } of tagLists(db))
        for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + images)
      return [...counts]
        .map(([name, images]) => ({ name, images }))
        .sort((a, b) => a.name.localeCompare(b.name))
    },
    ofBands: (bands) => selectOfBands.all(bands),
    choiceOf(bands) {
      const row = selectChoice.get(bands)
      return row === undefined ? null : bandsOfRow(bands, row)
    },
    ids: (filter) => (filter === undefined ? selectIds.all() : lists.ids(filter)),
    count: () => count.get() ?? 0,
    note: (change, imagesOf) => lists.note(change, imagesOf),
    setFacts(id, facts) {
      const write = () => {
        setFacts.run({ ...facts, id })
        completePicture.run(id)
      }
      lists.note(write, () => [id])
    },
    setContentHash(id, hash, { bytes, modifiedAt }) {
      const write = () => {
        setContentHash.run(hash, id, bytes, modifiedAt)
        completePicture.run(id)
      }
      lists.note(write, () => [id])
    },
  }
}

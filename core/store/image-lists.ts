/**
 * The list of images as a filter and an order make it: ids in their order, kept until something in the file changes, so
 * that a page far down, the place of an image and the next unlabelled one cost no second look at 100,000 rows. An edit
 * moves the images that it touches in the lists that are kept: the others are where they were.
 */
import type { Database } from 'better-sqlite3'
import type { ImageFilter, ImageSort } from '../../common/contract/images.ts'
import { changesByItself } from '../../common/image-query.ts'
import type { ImageId } from '../../common/model.ts'
import { createImageWhere } from './image-where.ts'
import { createKeptLists } from './kept-lists.ts'

const COUNTS = 'LEFT JOIN image_counts ON image_counts.image_id = images.id'

/** What is sorted by, smallest first; images without it come last. */
const keys: Record<ImageSort['by'], { readonly join: string; readonly key: string }> = {
  name: { join: '', key: 'position' },
  date: { join: '', key: 'images.modified_at' },
  objects: {
    join: COUNTS,
    key: 'coalesce(objects, 0)',
  },
  score: { join: COUNTS, key: 'lowest' },
  change: { join: 'LEFT JOIN image_changes ON image_changes.image_id = images.id', key: 'changed_at' },
  status: {
    join: COUNTS,
    key: `CASE WHEN reviewed_at IS NOT NULL THEN 3 WHEN status = 'done' THEN 2 ELSE coalesce(objects + proposals, 0) > 0 END`,
  },
  split: { join: '', key: "CASE side WHEN 'train' THEN 0 WHEN 'val' THEN 1 WHEN 'test' THEN 2 END" },
}

const byName: ImageSort = { by: 'name', descending: false }

export const isPlain = ({ text, show, sort = byName }: ImageFilter): boolean =>
  text.trim() === '' && show === 'all' && sort.by === 'name' && !sort.descending

export interface ImageLists {
  /** @throws CodedError bad-input when the filter's text is no query */
  ids(filter: ImageFilter): readonly ImageId[]
  /** How many images of the list come before the image, which the filter may hide. */
  before(id: ImageId, filter: ImageFilter): number
  /** What `change` writes is about these images alone; null when it may be about any. @returns what it returns */
  note<R>(change: () => R, imagesOf: (result: R) => readonly ImageId[] | null): R
}

interface Placed {
  readonly id: ImageId
  readonly key: number | null
  readonly position: number
}

/** As ORDER BY has it: what has no key comes last in both directions. */
const compareIn = (descending: boolean) => (a: Placed, b: Placed) => {
  if (a.key === null || b.key === null) {
    if (a.key !== b.key) return a.key === null ? 1 : -1
  } else if (a.key !== b.key) return descending ? b.key - a.key : a.key - b.key
  return descending ? b.position - a.position : a.position - b.position
}

/** Lists kept at once: the one that is shown, and those that are asked about beside it. */
const MOST_LISTS = 4

export const createImageLists = (db: Database): ImageLists => {
  const whereOf = createImageWhere(db)
  const kept = createKeptLists<ImageId>(db, MOST_LISTS)

  /** @param also an image that is in the list although the filter may hide it */
  const query = (filter: ImageFilter, also: ImageId | null): ImageId[] => {
    const { by, descending } = filter.sort ?? byName
    const { join, key } = keys[by]
    const { sql, values } = whereOf(filter)
    const hidden = sql === '' || also === null ? [] : [also]
    const meant = hidden.length === 0 ? sql : `(${sql}) OR images.id = ?`
    const where = meant === '' ? '' : `WHERE ${meant}`
    const order = descending ? 'DESC' : 'ASC'
    return db
      .prepare<(string | number | null)[], ImageId>(
        `SELECT images.id FROM images LEFT JOIN pictures ON pictures.image_id = images.id ${join} ${where}
         ORDER BY ${key} ${order} NULLS LAST, position ${order}`,
      )
      .pluck()
      .all(...values, ...hidden)
  }

  /** The list with the touched images where they belong now, in a fiftieth of the time of a new one. */
  const mend = (filter: ImageFilter, list: readonly ImageId[], touched: ReadonlySet<ImageId>): ImageId[] => {
    const { by, descending } = filter.sort ?? byName
    const { join, key } = keys[by]
    const { sql, values } = whereOf(filter)
    const columns = `SELECT images.id AS id, ${key} AS key, position FROM images
      LEFT JOIN pictures ON pictures.image_id = images.id ${join}`
    const placeOf = db.prepare<[ImageId], Placed>(`${columns} WHERE images.id = ?`)
    const listed = db
      .prepare<(string | number | null)[], Placed>(
        `${columns} WHERE images.id IN (SELECT value FROM json_each(?)) ${sql === '' ? '' : `AND (${sql})`}`,
      )
      .all(JSON.stringify([...touched]), ...values)
    const compare = compareIn(descending)
    const mended = list.filter((id) => !touched.has(id))
    for (const image of listed) {
      let [low, high] = [0, mended.length]
      while (low < high) {
        const middle = (low + high) >> 1
        if (compare(placeOf.get(mended[middle]!)!, image) < 0) low = middle + 1
        else high = middle
      }
      mended.splice(low, 0, image.id)
    }
    return mended
  }

  const ids = (filter: ImageFilter) =>
    kept.get(
      JSON.stringify([filter.text, filter.show, filter.sort]),
      () => query(filter, null),
      changesByItself(filter.text) ? undefined : (list, touched) => mend(filter, list, touched),
    )
  return {
    ids,
    before(id, filter) {
      const place = ids(filter).indexOf(id)
      return place === -1 ? query(filter, id).indexOf(id) : place
    },
    note: (change, imagesOf) => kept.note(change, imagesOf),
  }
}

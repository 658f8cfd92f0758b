/**
 * All objects of a class as a filter of images and an order make them: numbers of rows in their order, kept until
 * something in the file changes, so that a page far down costs no second look.
 */
import type { Database } from 'better-sqlite3'
import type { GalleryRequest } from '../../common/contract/gallery.ts'
import { CodedError } from '../../common/errors.ts'
import { bboxOf } from '../../common/geometry/measure.ts'
import { shapeSchema, type Annotation, type ImageId } from '../../common/model.ts'
import { said } from '../../common/said.ts'
import { annotationOfRow, guardedColumns, type Row } from './annotation-rows.ts'
import type { ImagesReader } from './images-table.ts'
import { readJson } from './json.ts'
import { createKeptLists } from './kept-lists.ts'

export interface ObjectLists {
  total(request: GalleryRequest): number
  /** Null for one that can't be read. @throws CodedError bad-input when the filter is no query, or there is too much to sort */
  page(request: GalleryRequest, offset: number, limit: number): (Annotation | null)[]
  ids(request: GalleryRequest, offset: number, limit: number): string[]
}

/** Outlines that are read to sort by size: some .5 s. */
const MOST_SIZES = 50_000
const MOST_LISTS = 2

interface Found {
  readonly sequence: number
  readonly imageId: ImageId
}

export const createObjectLists = (db: Database, images: Pick<ImagesReader, 'ids'>): ObjectLists => {
  const select = db.prepare<[string], Found>(
    `SELECT sequence, image_id AS imageId FROM annotations INDEXED BY annotations_by_class
     WHERE label_id = ? AND proposed = 0`,
  )
  const selectScore = db
    .prepare<[number], number | null>('SELECT score FROM annotations WHERE sequence = ?')
    .pluck()
  const selectShape = db
    .prepare<[number], string | null>(
      `SELECT CASE WHEN octet_length(shape) <= 1000000 THEN shape END FROM annotations WHERE sequence = ?`,
    )
    .pluck()
  const selectRow = db.prepare<[number], Row>(`SELECT ${guardedColumns} FROM annotations WHERE sequence = ?`)
  const selectId = db.prepare<[number], string>('SELECT id FROM annotations WHERE sequence = ?').pluck()
  const kept = createKeptLists<number>(db, MOST_LISTS)

  const sizeOf = (sequence: number): number | null => {
    const shape = readJson(shapeSchema, selectShape.get(sequence))
    if (shape === null) return null
    const { width, height } = bboxOf(shape)
    return Math.max(width, height)
  }
  const keyOf = { score: (sequence: number) => selectScore.get(sequence) ?? null, size: sizeOf }

  const make = ({ labelId, filter, sort }: GalleryRequest): number[] => {
    const ids = images.ids(filter)
    const place = new Map(ids.map((id, at) => [id, at]))
    const found = select.all(labelId).filter(({ imageId }) => place.has(imageId))
    const before = sort.descending ? -1 : 1
    if (sort.by === 'place')
      found.sort(
        (a, b) => before * (place.get(a.imageId)! - place.get(b.imageId)! || a.sequence - b.sequence),
      )
    else {
      if (sort.by === 'size' && found.length > MOST_SIZES)
        throw new CodedError(
          'bad-input',
          said('More than {mostSizes, number} objects can’t be sorted by size. Filter the images first.', {
            mostSizes: MOST_SIZES,
          }),
        )
      const key = new Map(
        found.map(({ sequence }) => [sequence, keyOf[sort.by as 'score' | 'size'](sequence)]),
      )
      // What has none comes last, whatever the direction.
      const of = (sequence: number) => key.get(sequence) ?? before * Infinity
      found.sort((a, b) => {
        const [x, y] = [of(a.sequence), of(b.sequence)]
        return x === y ? a.sequence - b.sequence : before * (x < y ? -1 : 1)
      })
    }
    return found.map(({ sequence }) => sequence)
  }
  const rows = (request: GalleryRequest): readonly number[] =>
    kept.get(JSON.stringify([request.labelId, request.filter, request.sort]), () => make(request))
  return {
    total: (request) => rows(request).length,
    page: (request, offset, limit) =>
      rows(request)
        .slice(offset, offset + limit)
        .map((sequence) => {
          const row = selectRow.get(sequence)
          const annotation = row === undefined ? null : annotationOfRow(row)
          return annotation !== null && 'id' in annotation ? annotation : null
        }),
    ids: (request, offset, limit) =>
      rows(request)
        .slice(offset, offset + limit)
        .flatMap((sequence) => selectId.get(sequence) ?? []),
  }
}

/** The annotations. Rows are checked when they are read; the damaged ones are listed by `damaged-rows.ts`. */
import type { Database } from 'better-sqlite3'
import type { Annotation, AnnotationId, ImageId, LabelId } from '../../common/model.ts'
import type { AddedObjects } from './added-objects.ts'
import {
  guardedColumns,
  readable,
  readObjects,
  rowColumns,
  rowOfAnnotation,
  type Objects,
  type Row,
} from './annotation-rows.ts'
import { canonicalJson } from './json.ts'
import type { ShapeTexts } from './shape-texts.ts'

export interface LabelUsage {
  annotations: number
  images: number
}

export interface AnnotationsReader {
  /** In the order in which they are drawn; those that can be read. */
  ofImage(imageId: ImageId): Annotation[]
  /** The same, with those that can't be read. */
  readImage(imageId: ImageId): Objects
  /** Those that can be read. */
  ofLabel(labelId: LabelId): Annotation[]
  /** It can be read or not. */
  has(id: AnnotationId): boolean
  /** Null also when it can't be read. */
  get(id: AnnotationId): Annotation | null
  usage(labelId: LabelId): LabelUsage
  count(): number
  /** The numbers of all tracks. */
  tracks(): number[]
  /** The images in which a person has made or accepted an object of the track. */
  imagesOfTrack(track: number): ImageId[]
}

export interface AnnotationsTable extends AnnotationsReader {
  /** Is this very record stored? */
  isStored(annotation: Annotation): boolean
  /** False when an id is taken; what was stored of them until then is the transaction's to take back. */
  insert(annotations: readonly Annotation[]): boolean
  update(annotation: Annotation): void
  remove(id: AnnotationId): void
}

const columns = rowColumns.join(', ')

/** What is bound of a row, one by one; the other columns are the same in every row of the kind. */
interface RowKind {
  readonly bound: readonly (keyof Row)[]
  readonly places: string
}

const whole: RowKind = { bound: rowColumns, places: `(${rowColumns.map(() => '?').join(', ')})` }

/** Columns of most objects that long work makes by the thousand: half the time to write a row is its values. */
const usual: Partial<Record<keyof Row, string>> = {
  model_id: 'NULL',
  candidate: 'NULL',
  locked: '0',
  proposed: '0',
  group_id: 'NULL',
  track_id: 'NULL',
  prompts: "'[]'",
  mask: 'NULL',
  consistency: 'NULL',
  attributes: 'NULL',
  rank: 'NULL',
}
const plain: RowKind = {
  bound: rowColumns.filter((column) => usual[column] === undefined),
  places: `(${rowColumns.map((column) => usual[column] ?? '?').join(', ')})`,
}
const isPlain = (row: Row): boolean =>
  row.model_id === null &&
  row.candidate === null &&
  row.locked === 0 &&
  row.proposed === 0 &&
  row.group_id === null &&
  row.track_id === null &&
  row.prompts === '[]' &&
  row.mask === null &&
  row.consistency === null &&
  row.attributes === null &&
  row.rank === null

/**
 * Rows of one statement, most first. The trigger that counts them makes SQLite keep, for each statement, the pages that it
 * changes, in case it has to be taken back: row by row that takes longer than the rows do.
 */
const rowsAtOnce = [1000, 50, 1] as const

export const createAnnotationsTable = (
  db: Database,
  texts: ShapeTexts,
  objects: AddedObjects,
): AnnotationsTable => {
  const readImage = readObjects(db)
  const selectOfLabel = db.prepare<[string], Row>(
    `SELECT ${guardedColumns} FROM annotations WHERE label_id = ? ORDER BY sequence`,
  )
  const selectHas = db.prepare<[string], number>('SELECT 1 FROM annotations WHERE id = ?').pluck()
  const select = db.prepare<[string], Row>(`SELECT ${guardedColumns} FROM annotations WHERE id = ?`)
  // By place: names are looked up in each object, which takes as long as writing it.
  const prepareInsert = (rows: number, { places }: RowKind) =>
    db.prepare<[Row[keyof Row][]]>(
      `INSERT INTO annotations (${columns}) VALUES ${Array<string>(rows).fill(places).join(', ')}
       ON CONFLICT (id) DO NOTHING`,
    )
  const inserts = rowsAtOnce.map((rows) => ({ rows, insert: prepareInsert(rows, whole) }))
  const insertPlain = prepareInsert(rowsAtOnce[0], plain)
  const valuesOf = (rows: readonly Row[], { bound }: RowKind) => {
    const values: Row[keyof Row][] = []
    for (const row of rows) for (const column of bound) values.push(row[column])
    return values
  }
  const insertRows = (rows: readonly Row[], insert: ReturnType<typeof prepareInsert>): number =>
    rows.length === rowsAtOnce[0] && rows.every(isPlain)
      ? insertPlain.run(valuesOf(rows, plain)).changes
      : insert.run(valuesOf(rows, whole)).changes
  const update = db.prepare<[Row]>(
    `UPDATE annotations SET ${rowColumns.map((column) => `${column} = @${column}`).join(', ')} WHERE id = @id`,
  )
  const remove = db.prepare<[string]>('DELETE FROM annotations WHERE id = ?')
  const usage = db.prepare<[string], LabelUsage>(
    'SELECT count(*) AS annotations, count(DISTINCT image_id) AS images FROM annotations WHERE label_id = ?',
  )
  const count = db.prepare<[], number>('SELECT count(*) FROM annotations').pluck()
  const tracks = db
    .prepare<[], number>('SELECT DISTINCT track_id FROM annotations WHERE track_id IS NOT NULL')
    .pluck()
  const imagesOfTrack = db
    .prepare<[number], ImageId>(
      'SELECT DISTINCT image_id FROM annotations WHERE track_id = ? AND proposed = 0',
    )
    .pluck()
  const rowOf = (annotation: Annotation) => rowOfAnnotation(annotation, texts.of(annotation.shape))
  return {
    ofImage: (imageId) => readImage(imageId).annotations,
    readImage,
    ofLabel: (labelId) => readable(selectOfLabel.all(labelId)),
    get: (id) => {
      const row = select.get(id)
      return (row && readable([row])[0]) ?? null
    },
    has: (id) => selectHas.get(id) !== undefined,
    isStored(annotation) {
      const row = select.get(annotation.id)
      if (row === undefined) return false
      // Mostly the texts are the same as they were written, which saves reading thousands of points.
      const same = rowOf(annotation)
      if (rowColumns.every((column) => row[column] === same[column])) return true
      return canonicalJson(readable([row])[0]) === canonicalJson(annotation)
    },
    insert(annotations) {
      let at = 0
      for (const { rows, insert } of inserts)
        for (; at + rows <= annotations.length; at += rows)
          if (insertRows(annotations.slice(at, at + rows).map(rowOf), insert) < rows) return false
      return true
    },
    update(annotation) {
      objects.beforeChange(annotation.id)
      update.run(rowOf(annotation))
    },
    remove(id) {
      objects.beforeChange(id)
      remove.run(id)
    },
    usage: (labelId) => usage.get(labelId) ?? { annotations: 0, images: 0 },
    count: () => count.get() ?? 0,
    tracks: () => tracks.all(),
    imagesOfTrack: (track) => imagesOfTrack.all(track),
  }
}

/** The annotations. Shapes and prompts are JSON columns, checked when they are read. */
import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import type { Annotation, AnnotationId, ImageId, LabelId } from '../../common/model.ts'
import { promptSchema, shapeSchema } from '../../common/model.ts'
import { canonicalJson, readJson } from './json.ts'

interface Row {
  id: string
  image_id: number
  label_id: string
  source: Annotation['source']
  model_id: string | null
  score: number | null
  candidate: number | null
  created_at: number
  updated_at: number
  shape: string
  prompts: string
}

export interface LabelUsage {
  annotations: number
  images: number
}

export interface AnnotationsTable {
  /** In the order in which they were added. */
  ofImage(imageId: ImageId): Annotation[]
  ofLabel(labelId: LabelId): Annotation[]
  get(id: AnnotationId): Annotation | null
  /** Is this very record stored? */
  isStored(annotation: Annotation): boolean
  insert(annotation: Annotation): void
  update(annotation: Annotation): void
  remove(id: AnnotationId): void
  usage(labelId: LabelId): LabelUsage
  count(): number
}

const rowColumns = [
  'id',
  'image_id',
  'label_id',
  'source',
  'model_id',
  'score',
  'candidate',
  'created_at',
  'updated_at',
  'shape',
  'prompts',
] as const satisfies (keyof Row)[]
const columns = rowColumns.join(', ')
const promptsSchema = z.array(promptSchema)

const toAnnotation = (row: Row): Annotation => ({
  id: row.id,
  imageId: row.image_id,
  labelId: row.label_id,
  shape: readJson(shapeSchema, row.shape, `The shape of annotation ${row.id}`),
  source: row.source,
  modelId: row.model_id,
  score: row.score,
  prompts: readJson(promptsSchema, row.prompts, `The prompts of annotation ${row.id}`),
  candidate: row.candidate,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
})

const toRow = (annotation: Annotation): Row => ({
  id: annotation.id,
  image_id: annotation.imageId,
  label_id: annotation.labelId,
  source: annotation.source,
  model_id: annotation.modelId,
  score: annotation.score,
  candidate: annotation.candidate,
  created_at: annotation.createdAt,
  updated_at: annotation.updatedAt,
  shape: JSON.stringify(annotation.shape),
  prompts: JSON.stringify(annotation.prompts),
})

export const createAnnotationsTable = (db: Database): AnnotationsTable => {
  const selectOfImage = db.prepare<[number], Row>(
    `SELECT ${columns} FROM annotations WHERE image_id = ? ORDER BY sequence`,
  )
  const selectOfLabel = db.prepare<[string], Row>(
    `SELECT ${columns} FROM annotations WHERE label_id = ? ORDER BY sequence`,
  )
  const select = db.prepare<[string], Row>(`SELECT ${columns} FROM annotations WHERE id = ?`)
  const insert = db.prepare<[Row]>(
    `INSERT INTO annotations (${columns}) VALUES (@id, @image_id, @label_id, @source, @model_id, @score, @candidate,
       @created_at, @updated_at, @shape, @prompts)`,
  )
  const update = db.prepare<[Row]>(
    `UPDATE annotations SET image_id = @image_id, label_id = @label_id, source = @source, model_id = @model_id,
       score = @score, candidate = @candidate, created_at = @created_at, updated_at = @updated_at, shape = @shape,
       prompts = @prompts
     WHERE id = @id`,
  )
  const remove = db.prepare<[string]>('DELETE FROM annotations WHERE id = ?')
  const usage = db.prepare<[string], LabelUsage>(
    'SELECT count(*) AS annotations, count(DISTINCT image_id) AS images FROM annotations WHERE label_id = ?',
  )
  const count = db.prepare<[], number>('SELECT count(*) FROM annotations').pluck()
  return {
    ofImage: (imageId) => selectOfImage.all(imageId).map(toAnnotation),
    ofLabel: (labelId) => selectOfLabel.all(labelId).map(toAnnotation),
    get: (id) => {
      const row = select.get(id)
      return row === undefined ? null : toAnnotation(row)
    },
    isStored(annotation) {
      const row = select.get(annotation.id)
      if (row === undefined) return false
      // Mostly the texts are the same as they were written, which saves reading thousands of points.
      const same = toRow(annotation)
      if (rowColumns.every((column) => row[column] === same[column])) return true
      return canonicalJson(toAnnotation(row)) === canonicalJson(annotation)
    },
    insert: (annotation) => void insert.run(toRow(annotation)),
    update: (annotation) => void update.run(toRow(annotation)),
    remove: (id) => void remove.run(id),
    usage: (labelId) => usage.get(labelId) ?? { annotations: 0, images: 0 },
    count: () => count.get() ?? 0,
  }
}

/** Reads a project file with Node's own SQLite, apart from the product's store. */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { partsOf, ringsOfPart } from '../../common/geometry/measure.ts'
import { shapeSchema, promptSchema, type Prompt, type Shape } from '../../common/model.ts'

export interface StoredObject {
  readonly id: string
  readonly image: string
  readonly label: string
  readonly source: string
  readonly score: number | null
  readonly candidate: number | null
  readonly shape: Shape
  readonly prompts: readonly Prompt[]
  /** JSON. */
  readonly consistency: string | null
  readonly width: number
  readonly height: number
}

/** The stored objects in the order they were added. @param folder The image folder. */
export const readStoredObjects = (folder: string): StoredObject[] => {
  const db = new DatabaseSync(join(folder, '.maskwright', 'project.sqlite'), { readOnly: true })
  try {
    const rows = db
      .prepare(
        `SELECT annotations.id, images.path AS image, labels.name AS label, source, score, candidate, shape, prompts, consistency,
           width, height
         FROM annotations
         JOIN images ON images.id = annotations.image_id
         JOIN labels ON labels.id = annotations.label_id
         ORDER BY annotations.sequence`,
      )
      .all() as unknown as (Omit<StoredObject, 'shape' | 'prompts'> & { shape: string; prompts: string })[]
    return rows.map((row) => ({
      ...row,
      shape: shapeSchema.parse(JSON.parse(row.shape)),
      prompts: promptSchema.array().parse(JSON.parse(row.prompts)),
    }))
  } finally {
    db.close()
  }
}

/** Corner points of a stored shape, part by part, ring by ring. */
export const ringsOf = (shape: Shape): [number, number][][][] =>
  partsOf(shape).map((part) => [...ringsOfPart(part)])

/** Makes proposals of the stored objects, as another program that has the project open. @returns how many */
export const makeProposals = (folder: string): number => {
  const db = new DatabaseSync(join(folder, '.maskwright', 'project.sqlite'))
  try {
    return Number(db.prepare('UPDATE annotations SET proposed = 1').run().changes)
  } finally {
    db.close()
  }
}

/** Who made the objects of an image, as the undo log has it: the author of the newest edit that touched each. */
import type { Database } from 'better-sqlite3'
import type { AnnotationId, ImageId } from '../../common/model.ts'
import { IS_ADDED_BY } from './numbered-ids.ts'

export interface AuthorsReader {
  /** Asked of an object of the image; null where it is not known. */
  ofImage(imageId: ImageId): (id: AnnotationId) => string | null
}

/** The ids of the objects that an edit touched; it may be of any format and of a stranger. */
const OBJECTS = `
  SELECT json_extract(value, '$.id') AS id FROM edits, json_each(edits.diff, '$.annotations.added')
    WHERE edits.id = @edit AND json_valid(edits.diff)
  UNION ALL SELECT json_extract(value, '$[1].id') FROM edits, json_each(edits.diff, '$.annotations.updated')
    WHERE edits.id = @edit AND json_valid(edits.diff)
  UNION ALL SELECT annotations.id FROM edits JOIN annotations ON ${IS_ADDED_BY} WHERE edits.id = @edit`

/** Edits of many images whose objects are remembered, for the next image of the same edit. */
const REMEMBERED = 64

export const createAuthors = (db: Database): AuthorsReader => {
  const selectEdits = db.prepare<[number], { id: number; author: string | null }>(
    `SELECT edits.id, author FROM edit_images JOIN edits INDEXED BY edits_by_id ON edits.id = edit_id
     WHERE image_id = ? AND undone = 0 ORDER BY sequence DESC`,
  )
  const selectObjects = db.prepare<[{ edit: number }]>(OBJECTS).pluck()
  const known = new Map<number, ReadonlySet<unknown>>()
  const objectsOf = (edit: number): ReadonlySet<unknown> => {
    const remembered = known.get(edit)
    if (remembered !== undefined) return remembered
    const objects = new Set(selectObjects.all({ edit }))
    const [oldest] = known.keys()
    if (known.size >= REMEMBERED && oldest !== undefined) known.delete(oldest)
    known.set(edit, objects)
    return objects
  }
  return {
    ofImage(imageId) {
      const edits = selectEdits.all(imageId)
      const [first] = edits
      // Mostly one person has labelled an image: then no edit need be read.
      if (first === undefined || edits.every(({ author }) => author === first.author))
        return () => first?.author ?? null
      return (id) => edits.find((edit) => objectsOf(edit.id).has(id))?.author ?? null
    },
  }
}

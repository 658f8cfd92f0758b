/**
 * Maskwright's own projects as labels: those of another folder, which may be a stranger's. The file is looked at as any
 * that is opened (store/look.ts), read-only, and nothing is written beside it.
 */
import { objectOf as placeOf } from './places.ts'
import type { Database } from 'better-sqlite3'
import { existsSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { CodedError } from '../../common/errors.ts'
import { bboxOf, cornersOfRotated } from '../../common/geometry/measure.ts'
import { cleanLabelName } from '../../common/label-name.ts'
import { limits } from '../../common/limits.ts'
import { shapeSchema, type Shape } from '../../common/model.ts'
import { said } from '../../common/said.ts'
import { PROJECT_FILE_NAME, PROJECT_FOLDER_NAME } from '../files/names.ts'
import { lookAt } from '../store/look.ts'
import {
  readProblem,
  type LabelledImage,
  type LabelSet,
  type LoadedObjects,
  type ReadObject,
  type ReadShape,
} from './objects.ts'
import { readAttributes, readMarks, readNumber, type ReadExtras } from './extras.ts'

/** What the user may say that the labels are. */
export const OWN_PROJECT = 'maskwright'

/** The project file that a path means: of a folder of images, of its .maskwright, or the file itself. */
export const findOwnProject = (path: string): string | null =>
  [
    join(path, PROJECT_FOLDER_NAME, PROJECT_FILE_NAME),
    join(path, PROJECT_FILE_NAME),
    ...(path.endsWith(PROJECT_FILE_NAME) ? [path] : []),
  ].find((file) => existsSync(file)) ?? null

export const isSameFile = (file: string, other: string | null): boolean =>
  other !== null && existsSync(other) && realpathSync(file) === realpathSync(other)

interface Row {
  readonly image_id: number
  readonly label_id: string
  /** Null where it is longer than a shape may be. */
  readonly shape: string | null
  readonly score: number | null
  readonly group_id: number | null
  readonly track_id: number | null
  readonly attributes: string | null
}

interface Contents {
  readonly images: readonly {
    readonly id: number
    readonly path: string
    readonly status: string
    readonly tags: string | null
    readonly flag: string | null
  }[]
  readonly labels: readonly { readonly id: string; readonly name: string }[]
  readonly rows: readonly Row[]
}

const columnsOf = (db: Database, table: 'annotations' | 'images'): ReadonlySet<string> =>
  new Set(
    db
      .prepare<[], { readonly name: string }>(`SELECT name FROM pragma_table_info('${table}')`)
      .all()
      .map(({ name }) => name),
  )

/** What older files do not have is null. */
const listOf = (known: ReadonlySet<string>, columns: readonly string[]): string =>
  columns.map((name) => (known.has(name) ? name : `NULL AS ${name}`)).join(', ')

/** What is suggested alone is no label. */
const acceptedOf = (known: ReadonlySet<string>): string => (known.has('proposed') ? 'WHERE proposed = 0' : '')

const readContents = (db: Database): Contents => readColumns(db, columnsOf(db, 'annotations'))

const readColumns = (db: Database, ofObjects: ReadonlySet<string>): Contents => ({
  images: db
    .prepare<[], Contents['images'][number]>(
      `SELECT id, path, status, ${listOf(columnsOf(db, 'images'), ['tags', 'flag'])} FROM images ORDER BY id`,
    )
    .all(),
  labels: db
    .prepare<[], Contents['labels'][number]>('SELECT id, name FROM labels ORDER BY position, rowid')
    .all(),
  rows: db
    .prepare<[], Row>(
      `SELECT image_id, label_id, CASE WHEN octet_length(shape) <= ${limits.shapeBytes} THEN shape END AS shape,
         ${listOf(ofObjects, ['score', 'group_id', 'track_id', 'attributes'])}
       FROM annotations ${acceptedOf(ofObjects)} ORDER BY sequence`,
    )
    .all(),
})

const parsed = (text: string | null): unknown => {
  try {
    return text === null ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

const extrasOf = ({ group_id: group, track_id: track, attributes: text }: Row): ReadExtras => ({
  attributes: readAttributes(parsed(text)).attributes,
  groupId: readNumber(group),
  trackId: readNumber(track),
})

const readShapeOf = (shape: Shape): ReadShape => {
  switch (shape.type) {
    case 'rectangle':
      return { type: 'box' }
    case 'rotated-rectangle':
      return { type: 'rotated', corners: cornersOfRotated(shape) }
    case 'point':
      return { type: 'point' }
    case 'polyline':
      return { type: 'line', points: shape.points }
    case 'polygon':
      return { type: 'parts', parts: shape.parts }
  }
}

const objectOf = (row: Row, label: string, where: string): ReadObject | null => {
  const shape = shapeSchema.safeParse(parsed(row.shape)).data
  if (shape === undefined) return null
  const { x, y, width, height } = bboxOf(shape)
  return {
    label,
    box: [x, y, x + width, y + height],
    unit: 'pixel',
    shape: readShapeOf(shape),
    score: row.score,
    size: null,
    where,
    extras: extrasOf(row),
  }
}

/**
 * @param file of the project
 * @param current of the project that is open, which can't be looked at beside itself
 * @throws CodedError bad-input for the open project, damaged-project, newer-project
 */
export const openOwnProject = (file: string, current: string | null): LabelSet => {
  if (isSameFile(file, current))
    throw new CodedError('bad-input', said('{file} is the project that is open.', { file }))
  const { images, labels, rows } = lookAt(file, readContents)
  const names = new Map(labels.map(({ id, name }) => [id, cleanLabelName(name) || 'unnamed']))
  const byImage = new Map<number, Row[]>()
  for (const row of rows) {
    const known = byImage.get(row.image_id)
    if (known) known.push(row)
    else byImage.set(row.image_id, [row])
  }
  const load = ({ id, path, tags, flag }: Contents['images'][number]): LoadedObjects => {
    const own = byImage.get(id) ?? []
    const objects: ReadObject[] = []
    const problems: LoadedObjects['problems'][number][] = []
    for (const [index, row] of own.entries()) {
      const where = placeOf(path, index + 1)
      const label = names.get(row.label_id)
      const object = label === undefined ? null : objectOf(row, label, where)
      if (object === null)
        problems.push(readProblem(path, said("{where} can't be read; it is left out.", { where })))
      else objects.push(object)
    }
    return { objects, problems, marks: readMarks(parsed(tags), flag) }
  }
  const labelled = images.filter(
    ({ id, status, tags, flag }) => byImage.has(id) || status === 'done' || tags !== null || flag !== null,
  )
  return {
    format: said('Maskwright project'),
    images: labelled.map((image): LabelledImage => ({
      name: image.path,
      isNumber: false,
      isReviewed: image.status === 'done',
      load: () => Promise.resolve(load(image)),
    })),
    classes: [...names.values()],
    problems: [],
    notes: [],
    namesFrom: null,
    firstClass: null,
    parts: null,
    close: () => undefined,
  }
}

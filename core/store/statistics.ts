/**
 * Counts over the whole project, each from an index alone: none reads the shapes of all objects. Owns the SQL; what is
 * made of the numbers is in core/statistics/.
 */
import type { Database } from 'better-sqlite3'
import { limits } from '../../common/limits.ts'
import { shapeSchema, type Annotation, type LabelId, type Shape, type Side } from '../../common/model.ts'

type SideName = Side | 'none'

/** A step by hand, as the undo log keeps it. */
export interface Step {
  /** ms since 1970. */
  readonly at: number
  readonly author: string | null
  /** Objects that it made, or proposals that it accepted. */
  readonly added: number
  /** Points and boxes that they were made with. */
  readonly prompts: number
}

export interface StatisticsReader {
  /** What machines suggested and nobody has accepted; no other count takes it for an object. */
  proposals(): number
  imagesByState(): { state: string; images: number }[]
  imagesBySide(): Record<SideName, number>
  /** Objects of each class that has some, in all and by what their image is for. */
  objectsByClass(): ReadonlyMap<LabelId, { objects: number; sides: Record<SideName, number> }>
  /** Images that have that many objects, for each number that occurs above 0. */
  imagesByObjects(): { objects: number; images: number }[]
  /** Objects made in [from, to), ms since 1970, by how they were made. */
  madeBetween(from: number, to: number): Record<Annotation['source'], number>
  /** When the first and the last object were made; null when there is none. */
  span(): { first: number; last: number } | null
  /** The shapes of up to `most` objects, evenly picked; those that can be read. */
  sample(most: number): Shape[]
  /** The newest steps by hand that are not undone, the oldest first. */
  steps(most: number): Step[]
  /** When the first step since `from` was made by hand; null when none was. */
  firstStepSince(from: number): number | null
  /** Images that were changed by hand since `from`, and are done, or have objects. */
  finishedSince(from: number, by: 'done' | 'labelled'): number
}

const noSides = (): Record<SideName, number> => ({ train: 0, val: 0, test: 0, none: 0 })

/** Long enough for thousands of outlines; what is longer is no step by hand. */
const LONGEST_DIFF = 4_000_000

const LONGEST_SHAPE = limits.shapeBytes

/** Null when it can't be read: the list of damaged objects tells of it. */
const shapeOf = (text: string | null): Shape | null => {
  try {
    return shapeSchema.safeParse(JSON.parse(text ?? '')).data ?? null
  } catch {
    return null
  }
}

const BY_HAND = 'undone = 0 AND run IS NULL'

export const createStatistics = (db: Database): StatisticsReader => {
  const number = (sql: string) => db.prepare<[], number>(sql).pluck()
  const countProposals = number('SELECT count(*) FROM annotations WHERE proposed = 1')
  const countFlagged = number('SELECT count(*) FROM images WHERE flag IS NOT NULL')
  const countReviewed = number('SELECT count(*) FROM images WHERE reviewed_at IS NOT NULL')
  const states = db.prepare<[], { state: string; images: number }>(
    'SELECT status AS state, count(*) AS images FROM images GROUP BY status',
  )
  const sides = db.prepare<[], { side: Side | null; images: number }>(
    'SELECT side, count(*) AS images FROM images GROUP BY side',
  )
  const byObjects = db.prepare<[], { objects: number; images: number }>(
    'SELECT objects, count(*) AS images FROM image_counts WHERE objects > 0 GROUP BY objects ORDER BY objects',
  )
  const made = db.prepare<[number, number], Record<Annotation['source'], number>>(
    `SELECT coalesce(sum(source = 'hand'), 0) AS hand, coalesce(sum(source = 'model'), 0) AS model,
       coalesce(sum(source = 'import'), 0) AS import
     FROM annotations INDEXED BY annotations_by_time
     WHERE created_at >= ? AND created_at < ? AND proposed = 0`,
  )
  const end = (order: 'ASC' | 'DESC') =>
    number(
      `SELECT created_at FROM annotations INDEXED BY annotations_by_time
       WHERE proposed = 0 ORDER BY created_at ${order} LIMIT 1`,
    )
  const [first, last] = [end('ASC'), end('DESC')]
  const ends = db.prepare<[], { low: number | null; high: number | null }>(
    'SELECT min(sequence) AS low, max(sequence) AS high FROM annotations',
  )
  const from = db.prepare<[number], { sequence: number; shape: string | null; proposed: 0 | 1 }>(
    `SELECT sequence, proposed, CASE WHEN octet_length(shape) <= ${LONGEST_SHAPE} THEN shape END AS shape
     FROM annotations WHERE sequence >= ? ORDER BY sequence LIMIT 1`,
  )
  const steps = db.prepare<[number], Step>(
    `SELECT at, author, coalesce(json_array_length(diff, '$.annotations.added'), 0) +
       (SELECT count(*) FROM json_each(diff, '$.annotations.updated')
         WHERE json_extract(value, '$[0].proposed') = 1 AND json_extract(value, '$[1].proposed') = 0) AS added,
       (SELECT coalesce(sum(json_array_length(value, '$.prompts')), 0) FROM json_each(diff, '$.annotations.added'))
         AS prompts
     FROM (
       SELECT created_at AS at, author,
         CASE WHEN octet_length(diff) <= ${LONGEST_DIFF} AND json_valid(diff) THEN diff ELSE '{}' END AS diff
       FROM edits INDEXED BY edits_by_time WHERE ${BY_HAND} ORDER BY created_at DESC LIMIT ?)
     ORDER BY at`,
  )
  const firstStep = db
    .prepare<[number], number | null>(
      `SELECT min(created_at) FROM edits INDEXED BY edits_by_time WHERE created_at >= ? AND ${BY_HAND}`,
    )
    .pluck()
  const finished = (isFinished: string) =>
    db
      .prepare<[number], number>(
        `SELECT count(*) FROM images WHERE ${isFinished} AND id IN (
           SELECT image_id FROM edits INDEXED BY edits_by_time JOIN edit_images ON edit_id = edits.id
           WHERE created_at >= ? AND ${BY_HAND})`,
      )
      .pluck()
  const finishedBy = {
    done: finished("status = 'done'"),
    labelled: finished('EXISTS (SELECT 1 FROM annotations WHERE image_id = images.id AND proposed = 0)'),
  }

  const imagesBySide = () => {
    const found = noSides()
    for (const { side, images } of sides.all()) found[side ?? 'none'] += images
    return found
  }

  return {
    proposals: () => countProposals.get() ?? 0,
    imagesByState: () => [
      ...states.all(),
      { state: 'flagged', images: countFlagged.get() ?? 0 },
      { state: 'reviewed', images: countReviewed.get() ?? 0 },
    ],
    imagesBySide,
    objectsByClass() {
      // The side with the most images is what is left: it need not be looked for, and often there is no other.
      const images = imagesBySide()
      const [most = 'none', ...others] = (Object.keys(images) as SideName[])
        .filter((side) => images[side] > 0)
        .sort((a, b) => images[b] - images[a])
      const counted = others.map(
        (side) =>
          `, sum(image_id IN (SELECT id FROM images WHERE side IS ${side === 'none' ? 'NULL' : `'${side}'`}))`,
      )
      const rows = db
        .prepare<[], [LabelId, ...number[]]>(
          `SELECT label_id, count(*)${counted.join('')}
           FROM annotations INDEXED BY annotations_by_class WHERE proposed = 0 GROUP BY label_id`,
        )
        .raw()
        .all()
      return new Map(
        rows.map(([labelId, objects = 0, ...ofOthers]) => {
          const of = noSides()
          others.forEach((side, index) => (of[side] = ofOthers[index] ?? 0))
          of[most] = objects - ofOthers.reduce((sum, some) => sum + some, 0)
          return [labelId, { objects, sides: of }]
        }),
      )
    },
    imagesByObjects: () => byObjects.all(),
    madeBetween: (start, end) => made.get(start, end) ?? { hand: 0, model: 0, import: 0 },
    span() {
      const [start, end] = [first.get() ?? null, last.get() ?? null]
      return start === null || end === null ? null : { first: start, last: end }
    },
    sample(most) {
      const { low, high } = ends.get() ?? { low: null, high: null }
      if (low === null || high === null) return []
      const picked: Shape[] = []
      const step = Math.max(1, (high - low + 1) / most)
      let before = -Infinity
      for (let at = low; at <= high; at += step) {
        const row = from.get(Math.floor(at))
        // Where rows were deleted, two places lead to the same one.
        if (row === undefined || row.sequence <= before) continue
        before = row.sequence
        const shape = row.proposed === 0 ? shapeOf(row.shape) : null
        if (shape !== null) picked.push(shape)
      }
      return picked
    },
    steps: (most) => steps.all(most),
    firstStepSince: (start) => firstStep.get(start) ?? null,
    finishedSince: (start, by) => finishedBy[by].get(start) ?? 0,
  }
}

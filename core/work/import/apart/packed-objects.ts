/**
 * The objects of an image as they go from thread to thread: lists of one kind of value each, which are copied in a third
 * of the time of the objects themselves, and shapes as the JSON that is stored. Pure.
 */
import type { ImportedObject, ImportedObjects } from '../../../import/fit-objects.ts'
import type { Shape } from '../../../../common/model.ts'
import { TextPolygon } from '../../../store/text-polygon.ts'

/** What most objects have none of. */
type Rest = Pick<ImportedObject, 'extras' | 'lost'> & {
  readonly changes?: readonly string[]
  readonly problem?: string
}

export interface PackedObjects extends Pick<ImportedObjects, 'problems' | 'marks'> {
  readonly labels: readonly string[]
  readonly places: readonly string[]
  /** NaN: none. */
  readonly scores: Float64Array
  readonly points: Uint32Array
  readonly areBoxes: Uint8Array
  /** '' of an object that has no shape. */
  readonly shapes: readonly string[]
  /** By the object's place. */
  readonly rest: ReadonlyMap<number, Rest>
}

const restOf = ({ extras, lost, fitted }: ImportedObject): Rest | null => {
  const rest: Rest = {
    ...(extras === undefined ? {} : { extras }),
    ...(lost === undefined ? {} : { lost }),
    ...('problem' in fitted
      ? { problem: fitted.problem }
      : fitted.changes.length > 0
        ? { changes: fitted.changes }
        : {}),
  }
  return Object.keys(rest).length === 0 ? null : rest
}

/** @param jsonOf of a shape */
export const packObjects = (
  { objects, problems, marks }: ImportedObjects,
  jsonOf: (shape: Shape) => string,
): PackedObjects => ({
  problems,
  marks: marks ?? null,
  labels: objects.map(({ label }) => label),
  places: objects.map(({ where }) => where),
  scores: Float64Array.from(objects, ({ score }) => score ?? NaN),
  points: Uint32Array.from(objects, ({ points }) => points),
  areBoxes: Uint8Array.from(objects, ({ isBox }) => (isBox ? 1 : 0)),
  shapes: objects.map(({ fitted }) =>
    'problem' in fitted ? '' : (TextPolygon.textOf(fitted.shape) ?? jsonOf(fitted.shape)),
  ),
  rest: new Map(
    objects.flatMap((object, index) => {
      const rest = restOf(object)
      return rest === null ? [] : [[index, rest]]
    }),
  ),
})

const POLYGON = '{"type":"polygon"'

const shapeOf = (text: string): Shape =>
  text.startsWith(POLYGON) ? new TextPolygon(text) : (JSON.parse(text) as Shape)

const noChanges: readonly string[] = []

export const unpackObjects = (packed: PackedObjects): ImportedObjects => ({
  problems: packed.problems,
  marks: packed.marks ?? null,
  objects: packed.labels.map((label, index): ImportedObject => {
    const { extras, lost, problem, changes = noChanges } = packed.rest.get(index) ?? {}
    const score = packed.scores[index]!
    return {
      label,
      score: Number.isNaN(score) ? null : score,
      where: packed.places[index]!,
      isBox: packed.areBoxes[index] === 1,
      points: packed.points[index]!,
      fitted: problem === undefined ? { shape: shapeOf(packed.shapes[index]!), changes } : { problem },
      ...(extras === undefined ? {} : { extras }),
      ...(lost === undefined ? {} : { lost }),
    }
  }),
})

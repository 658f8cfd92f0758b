/** The classes of one export: which of the project's, in which order, and what became of their numbers. */
import type { ExportRequest } from '../../common/contract/export.ts'
import { CodedError } from '../../common/errors.ts'
import type { Label, LabelId } from '../../common/model.ts'

export interface ExportClass {
  readonly name: string
}

export interface ExportClasses {
  /** In the order of their numbers. */
  readonly labels: readonly ExportClass[]
  /** The place of each label among them; several labels may share one. */
  readonly labelIndex: ReadonlyMap<LabelId, number>
  /** Labels that the request leaves out. */
  readonly omitted: ReadonlySet<LabelId>
}

/**
 * The classes that are asked for; all of the project's in their order when none are said.
 * @throws CodedError bad-input when a class is said twice or is not there
 */
export const classesOf = (labels: readonly Label[], asked: ExportRequest['classes']): ExportClasses => {
  if (asked === undefined)
    return { labels, labelIndex: new Map(labels.map(({ id }, index) => [id, index])), omitted: new Set() }
  const known = new Set(labels.map(({ id }) => id))
  const labelIndex = new Map<LabelId, number>()
  const names = new Set<string>()
  asked.forEach(({ name, labels: own }, index) => {
    if (names.has(name)) throw new CodedError('bad-input', `The class "${name}" is asked for twice.`)
    names.add(name)
    for (const id of own) {
      if (!known.has(id))
        throw new CodedError('bad-input', `A class of "${name}" is not in the project any more.`)
      if (labelIndex.has(id)) throw new CodedError('bad-input', `A class of "${name}" is asked for twice.`)
      labelIndex.set(id, index)
    }
  })
  return {
    labels: asked.map(({ name }) => ({ name })),
    labelIndex,
    omitted: new Set([...known].filter((id) => !labelIndex.has(id))),
  }
}

/** Classes of a change that are named; the rest is counted. */
const NAMED = 5

/**
 * Says which classes have another number than in the export before; null when none has.
 * @param first the number of the first class; null for a format that writes names
 */
export const renumberedNote = (
  before: readonly string[],
  now: readonly ExportClass[],
  first: number | null,
): string | null => {
  if (first === null || before.length === 0) return null
  const numberNow = new Map(now.map(({ name }, index) => [name, index + first]))
  const changes = before.flatMap((name, index) => {
    const number = numberNow.get(name)
    if (number === undefined) return [`"${name}" was ${index + first} and is gone`]
    return number === index + first ? [] : [`"${name}" was ${index + first} and is ${number}`]
  })
  if (changes.length === 0) return null
  const more = changes.length > NAMED ? `, and ${changes.length - NAMED} more` : ''
  return `Numbers of classes are others than in the last export into this folder: ${changes.slice(0, NAMED).join(', ')}${more}.`
}

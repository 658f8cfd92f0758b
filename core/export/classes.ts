/** The classes of one export: which of the project's, in which order, and what became of their numbers. */
import type { ExportRequest } from '../../common/contract/export.ts'
import { CodedError } from '../../common/errors.ts'
import { limits } from '../../common/limits.ts'
import type { Label, LabelId } from '../../common/model.ts'
import { said } from '../../common/said.ts'

export interface ExportClass {
  readonly name: string
  /** Of the project, the first of those that it takes; null where that is not known. */
  readonly label: LabelId | null
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
    return {
      labels: labels.map(({ id, name }) => ({ name, label: id })),
      labelIndex: new Map(labels.map(({ id }, index) => [id, index])),
      omitted: new Set(),
    }
  const known = new Set(labels.map(({ id }) => id))
  const labelIndex = new Map<LabelId, number>()
  const names = new Set<string>()
  asked.forEach(({ name, labels: own }, index) => {
    if (names.has(name))
      throw new CodedError('bad-input', said('The class "{name}" is asked for twice.', { name }))
    names.add(name)
    for (const id of own) {
      if (!known.has(id))
        throw new CodedError(
          'bad-input',
          said('A class of "{name}" is not in the project any more.', { name }),
        )
      if (labelIndex.has(id))
        throw new CodedError('bad-input', said('A class of "{name}" is asked for twice.', { name }))
      labelIndex.set(id, index)
    }
  })
  return {
    labels: asked.map(({ name, labels: own }) => ({ name, label: own[0]! })),
    labelIndex,
    omitted: new Set([...known].filter((id) => !labelIndex.has(id))),
  }
}

export interface KeptClasses extends ExportClasses {
  /** Numbers, from 0, of classes that are not asked for any more: nobody else gets them. */
  readonly gone: ReadonlySet<number>
}

/**
 * The classes with the numbers that they had in the export before: found by their names, or by their labels when they
 * were renamed since. New ones come after; one that is gone keeps its place, without objects. Null when no class is of
 * before, or all together are more than a project can have: then there is nothing to keep.
 */
export const keepNumbers = (now: ExportClasses, before: readonly ExportClass[]): KeptClasses | null => {
  const byName = new Map(now.labels.map(({ name }, index) => [name, index]))
  const byLabel = new Map(now.labels.map(({ label }, index) => [label, index]))
  const named = before.map(({ name }) => byName.get(name))
  const used = new Set<number | undefined>(named)
  const places = before.map(({ label }, number) => {
    const renamed = label === null ? undefined : byLabel.get(label)
    const place = named[number] ?? (used.has(renamed) ? undefined : renamed)
    used.add(place)
    return place
  })
  const fresh = [...now.labels.keys()].filter((index) => !used.has(index))
  const labels = [
    ...places.map((place, number) => (place === undefined ? before[number]! : now.labels[place]!)),
    ...fresh.map((index) => now.labels[index]!),
  ]
  if (fresh.length === now.labels.length || labels.length > limits.classes) return null
  const numbers = new Map([...places, ...fresh].map((place, number) => [place, number]))
  return {
    labels,
    labelIndex: new Map([...now.labelIndex].map(([id, index]) => [id, numbers.get(index)!])),
    omitted: now.omitted,
    gone: new Set([...places.keys()].filter((number) => places[number] === undefined)),
  }
}

/** Classes of a change that are named; the rest is counted. */
const NAMED = 5

const listed = (texts: readonly string[]): string =>
  texts.length > NAMED
    ? said('{names}, and {count, number} more', {
        names: texts.slice(0, NAMED).join(', '),
        count: texts.length - NAMED,
      })
    : texts.join(', ')

/**
 * Says which classes have a number that they would not have in an export of their own; none when all have it.
 * @param now the classes as they would be numbered anew
 */
export const keptNotes = (
  now: readonly ExportClass[],
  { labels, gone }: KeptClasses,
  first: number,
): string[] => {
  const anew = new Map(now.map((one, index) => [one, index]))
  const kept = labels.flatMap((one, number) => {
    const without = anew.get(one)
    return without === undefined || without === number
      ? []
      : [
          said('"{name}" has {number} (anew it would have {anew})', {
            name: one.name,
            number: number + first,
            anew: without + first,
          }),
        ]
  })
  const empty = [...gone].map((number) => `"${labels[number]!.name}" (${number + first})`)
  return [
    ...(kept.length > 0
      ? [
          said('Classes keep the numbers of the last export into this folder: {kept}.', {
            kept: listed(kept),
          }),
        ]
      : []),
    ...(empty.length > 0
      ? [
          said(
            'Classes of the last export that are not among those of this one stay in the list without objects, so that no other gets their numbers: {empty}.',
            { empty: listed(empty) },
          ),
        ]
      : []),
  ]
}

/**
 * Says which classes have another number than in the export before; null when none has.
 * @param first the number of the first class; null for a format that writes names
 */
export const renumberedNote = (
  before: readonly ExportClass[],
  now: readonly ExportClass[],
  first: number | null,
): string | null => {
  if (first === null || before.length === 0) return null
  const numberNow = new Map(now.map(({ name }, index) => [name, index + first]))
  const changes = before.flatMap(({ name }, index) => {
    const number = numberNow.get(name)
    if (number === undefined)
      return [said('"{name}" was {before} and is gone', { name, before: index + first })]
    return number === index + first
      ? []
      : [said('"{name}" was {before} and is {number}', { name, before: index + first, number })]
  })
  if (changes.length === 0) return null
  return said('Numbers of classes are others than in the last export into this folder: {changes}.', {
    changes: listed(changes),
  })
}

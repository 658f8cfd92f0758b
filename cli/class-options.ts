/** Which classes a command takes, in which order, and which become one: options of the terminal. */
import type { ExportRequest } from '../common/contract/export.ts'
import type { Label } from '../common/model.ts'
import { UsageError } from './command.ts'

export const classOptionTypes = {
  class: { type: 'string', multiple: true },
  without: { type: 'string', multiple: true },
  merge: { type: 'string', multiple: true },
} as const

export const classOptionsHelp: readonly string[] = [
  '--class NAME   a class to write; said several times it gives their order, and all others are left out',
  '--without NAME a class to leave out; can be said several times',
  '--merge A=B    objects of class A are written as class B; can be said several times',
]

interface Values {
  readonly class?: string[] | undefined
  readonly without?: string[] | undefined
  readonly merge?: string[] | undefined
}

/**
 * The classes for a request; undefined when nothing is asked, which means all.
 * @throws UsageError for a class that is not there, or `--merge` without "="
 */
export const classesOf = (values: Values, labels: readonly Label[]): ExportRequest['classes'] => {
  const { class: order, without = [], merge = [] } = values
  if (order === undefined && without.length === 0 && merge.length === 0) return undefined
  const byName = new Map(labels.map((label) => [label.name, label]))
  const known = (name: string): string => {
    if (byName.has(name)) return name
    throw new UsageError(`there is no class "${name}"; there are ${[...byName.keys()].join(', ')}`)
  }
  /** Names may have "=" in them: the first one that parts two classes counts. */
  const pairOf = (text: string): readonly [from: string, to: string] => {
    const pairs = [...text.matchAll(/=/g)].map(
      ({ index }) => [text.slice(0, index), text.slice(index + 1)] as const,
    )
    const [first] = pairs
    if (!first) throw new UsageError(`--merge takes A=B, not "${text}"`)
    return pairs.find((pair) => pair.every((name) => byName.has(name))) ?? [known(first[0]), known(first[1])]
  }
  const into = new Map(merge.map(pairOf))
  const omitted = new Set(without.map(known))
  const names = (order?.map(known) ?? [...byName.keys()]).filter(
    (name) => !into.has(name) && !omitted.has(name),
  )
  const taken = [...new Set(names)].map((name) => ({
    name,
    labels: [name, ...[...into].filter(([, to]) => to === name).map(([from]) => from)].map(
      (one) => byName.get(one)!.id,
    ),
  }))
  if (taken.length === 0) throw new UsageError('no class is left')
  return taken
}

/** Keeps the cases that failed: the first ones of each kind as files, with the line that repeats them. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CaseId } from './messages.ts'
import type { Case } from './target.ts'

export interface Failure {
  /** What was wrong, of the first case. */
  readonly what: string
  times: number
  readonly repeat: string
}

/** Files of so many cases of a kind are written. */
const KEPT = 3

/** Two of a kind differ in numbers, names, places and what a message says. */
const kindOf = (what: string) =>
  what
    .replace(/ in a message: .*/s, '')
    .replaceAll(/[\d"'/][^\s:]*/g, '')
    .slice(0, 80)

const fileName = (path: string) => path.replaceAll(/[^\w.-]/g, '_').slice(-80)

export const createFailures = (folder: string, target: string) => {
  const kinds = new Map<string, Failure>()
  let cases = 0

  const keep = (id: CaseId, faults: readonly string[], repeat: string, { about, files, sent }: Case) => {
    const start = join(folder, `${target}-${fileName(String(id))}`)
    mkdirSync(folder, { recursive: true })
    writeFileSync(`${start}.txt`, [about, ...faults, `Again: ${repeat}`, ''].join('\n'))
    sent?.forEach((bytes, index) => writeFileSync(`${start}-sent-${index}.bin`, bytes))
    for (const [path, entry] of files)
      writeFileSync(
        `${start}-${fileName(path)}.bin`,
        entry instanceof Uint8Array ? entry : `link to ${entry.link}`,
      )
  }

  return {
    add(id: CaseId, faults: readonly string[], makeAgain: () => Case): void {
      cases += 1
      const repeat =
        typeof id === 'number'
          ? `npm run fuzz -- --only ${target} --count 1 --seed ${id}`
          : `npm run fuzz -- --only ${target} --count 0 (${id})`
      const fresh = faults.map((what) => {
        const failure = kinds.get(kindOf(what)) ?? { what, times: 0, repeat }
        failure.times += 1
        kinds.set(kindOf(what), failure)
        return failure.times <= KEPT
      })
      if (fresh.includes(true)) keep(id, faults, repeat, makeAgain())
    },
    list: (): readonly Failure[] => [...kinds.values()].sort((a, b) => b.times - a.times),
    count: () => cases,
  }
}

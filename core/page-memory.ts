/** What pages remember, as a JSON file in the data folder. It is worth no question: what can't be read begins anew. */
import { join } from 'node:path'
import { memoryCalls, type MemoryEntry } from '../common/contract/memory.ts'
import { writeFileAtomic } from './files/atomic.ts'
import { readSmallTextSync } from './files/small-file.ts'

export interface PageMemory {
  /** What was kept last at the end. */
  recall(): readonly MemoryEntry[]
  /** @throws CodedError disk-full, not-writable */
  keep(entries: readonly MemoryEntry[]): void
}

/** Older ones go. */
const MOST_ENTRIES = 400
const MOST_CHARACTERS = 4_000_000
const LONGEST_FILE = 20_000_000

const read = (file: string): readonly MemoryEntry[] => {
  try {
    const kept: unknown = JSON.parse(readSmallTextSync(file, { limit: LONGEST_FILE }))
    return memoryCalls['memory.recall'].output.parse({ entries: kept }).entries
  } catch {
    return []
  }
}

/** The newest ones that fit. */
const fitting = (entries: readonly MemoryEntry[]): readonly MemoryEntry[] => {
  let characters = 0
  const kept = entries.toReversed().filter(({ key, value }, at) => {
    characters += key.length + value.length
    return at < MOST_ENTRIES && characters <= MOST_CHARACTERS
  })
  return kept.reverse()
}

export const openPageMemory = (dataFolder: string): PageMemory => {
  const file = join(dataFolder, 'page-memory.json')
  let known: readonly MemoryEntry[] | null = null
  const recall = () => (known ??= read(file))
  return {
    recall,
    keep(entries) {
      const changed = new Set(entries.map(({ key }) => key))
      const next = fitting([...recall().filter(({ key }) => !changed.has(key)), ...entries])
      writeFileAtomic(file, `${JSON.stringify(next)}\n`)
      known = next
    },
  }
}

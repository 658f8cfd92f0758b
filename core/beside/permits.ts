/**
 * Which projects may have files written beside their photos on this machine. A project alone can't say so: it may be a
 * stranger's.
 */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import { writeFileAtomic } from '../files/atomic.ts'
import { readSmallTextSync } from '../files/small-file.ts'

export interface Permits {
  has(project: string): boolean
  /** @throws CodedError disk-full, not-writable */
  give(project: string): void
}

const LONGEST_FILE = 1_000_000
const schema = z.array(z.string().length(64))

const keyOf = (project: string) => createHash('sha256').update(project).digest('hex')

/** @param dataFolder what is kept there for this machine: hashes of the projects' own names */
export const createPermits = (dataFolder: string): Permits => {
  const file = join(dataFolder, 'beside-photos.json')
  const read = (): readonly string[] => {
    try {
      return schema.parse(JSON.parse(readSmallTextSync(file, { limit: LONGEST_FILE })))
    } catch {
      return []
    }
  }
  const given = new Set(read())
  return {
    has: (project) => given.has(keyOf(project)),
    give(project) {
      if (given.has(keyOf(project))) return
      // Another window may have given one meanwhile.
      const all = new Set([...read(), keyOf(project)])
      writeFileAtomic(file, `${JSON.stringify([...all])}\n`)
      for (const key of all) given.add(key)
    },
  }
}

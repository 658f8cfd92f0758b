/** Lists that were made of what the file holds, kept until something in it changes, and mended where it is known what did. */
import type { Database } from 'better-sqlite3'
import { LRUCache } from 'lru-cache'

export interface KeptLists<T> {
  /**
   * The list of that name, made anew only when something was written since, by us or by another process.
   * @param mend what `note` told is put to rights in the list that was; without it the list is made anew
   */
  get(name: string, make: () => T[], mend?: (list: readonly T[], touched: ReadonlySet<T>) => T[]): T[]
  /** What `change` writes touches these alone; null when it may be anything. @returns what it returns */
  note<R>(change: () => R, touchedBy: (result: R) => readonly T[] | null): R
}

/** As many are mended one by one; more make the list anew. */
const MOST_TOUCHED = 50

interface Kept<T> {
  readonly changes: number
  readonly dataVersion: number
  readonly list: T[]
  /** What is to be mended in it. */
  readonly touched: ReadonlySet<T>
}

/** @param most lists that are kept at once */
export const createKeptLists = <T>(db: Database, most: number): KeptLists<T> => {
  const changes = db.prepare<[], number>('SELECT total_changes()').pluck()
  const dataVersion = db.prepare<[], number>('PRAGMA data_version').pluck()
  const now = () => ({ changes: changes.get() ?? 0, dataVersion: dataVersion.get() ?? 0 })
  const lists = new LRUCache<string, Kept<T>>({ max: most })
  const none: ReadonlySet<T> = new Set()
  return {
    get(name, make, mend) {
      const version = now()
      const known = lists.get(name)
      const isNewest =
        known?.changes === version.changes && known.dataVersion === version.dataVersion ? known : null
      if (isNewest?.touched.size === 0) return isNewest.list
      const list = isNewest && mend ? mend(isNewest.list, isNewest.touched) : make()
      lists.set(name, { ...version, list, touched: none })
      return list
    },
    note(change, touchedBy) {
      const before = now()
      const result = change()
      const after = now()
      const touched = touchedBy(result)
      if (touched === null || before.dataVersion !== after.dataVersion) return result
      // The one that was used last stays the last.
      for (const name of [...lists.rkeys()]) {
        const kept = lists.peek(name)
        if (kept?.changes !== before.changes || kept.dataVersion !== before.dataVersion) continue
        const all = new Set([...kept.touched, ...touched])
        if (all.size <= MOST_TOUCHED) lists.set(name, { ...kept, ...after, touched: all })
      }
      return result
    },
  }
}

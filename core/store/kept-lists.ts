/** Lists that were made of what the file holds, kept until something in it changes. */
import type { Database } from 'better-sqlite3'
import { LRUCache } from 'lru-cache'

/** @returns the list of that name, made anew only when something was written since, by us or by another process */
export type KeptLists<T> = (name: string, make: () => T[]) => T[]

/** @param most lists that are kept at once */
export const createKeptLists = <T>(db: Database, most: number): KeptLists<T> => {
  const changes = db.prepare<[], number>('SELECT total_changes()').pluck()
  const dataVersion = db.prepare<[], number>('PRAGMA data_version').pluck()
  const lists = new LRUCache<string, { readonly version: string; readonly list: T[] }>({ max: most })
  return (name, make) => {
    const version = `${changes.get()} ${dataVersion.get()}`
    const known = lists.get(name)
    if (known?.version === version) return known.list
    const list = make()
    lists.set(name, { version, list })
    return list
  }
}

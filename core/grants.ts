/** Which paths a page was given. */
import { realpathSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { isWithin } from './files/inside.ts'

/** Where `path` leads when links are resolved; of what is not there yet, where it would lie. */
const placeOf = (path: string): string => {
  const whole = resolve(path)
  try {
    return realpathSync(whole)
  } catch {
    const parent = dirname(whole)
    return parent === whole ? whole : join(placeOf(parent), basename(whole))
  }
}

export interface Grants {
  give(path: string): void
  /** True for what was given and for what lies inside it, wherever links on the way lead. */
  has(path: string): boolean
}

export const createGrants = (given: readonly string[] = []): Grants => {
  const places = new Set(given.map(placeOf))
  return {
    give: (path) => void places.add(placeOf(path)),
    has: (path) => {
      const place = placeOf(path)
      return [...places].some((folder) => place === folder || isWithin(place, folder))
    },
  }
}

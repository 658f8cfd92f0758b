/**
 * A folder beside the project file for what is not to be seen yet: the file that is looked at before it is opened, and
 * the new one before it is whole. Owns that what a killed process left of them is cleared away.
 */
import { lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const PREFIX = '.look-'

/** What is older, ms, was left by a process that was killed: a look takes milliseconds, a copy for it minutes. */
const ABANDONED_AFTER = 3_600_000

const clearAbandoned = (parent: string): void => {
  for (const name of readdirSync(parent)) {
    if (!name.startsWith(PREFIX)) continue
    const stats = lstatSync(join(parent, name), { throwIfNoEntry: false })
    if (stats !== undefined && Date.now() - stats.mtimeMs > ABANDONED_AFTER)
      rmSync(join(parent, name), { recursive: true, force: true })
  }
}

/**
 * Makes an empty folder in `parent`, which only this call knows.
 * @throws the file system's error
 */
export const makePrivateFolder = (parent: string): string => {
  clearAbandoned(parent)
  return mkdtempSync(join(parent, PREFIX))
}

/** Takes away a project that was made and in which nothing was done. */
import { rmdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { removeUnlessOpen } from '../store/remove.ts'

/** Removes the file of a project that is closed, and its folder when nothing else lies there; not what is open elsewhere. */
export const dropEmpty = (file: string): void => {
  if (!removeUnlessOpen(file)) return
  try {
    rmdirSync(dirname(file))
  } catch {
    // Something else lies there.
  }
}

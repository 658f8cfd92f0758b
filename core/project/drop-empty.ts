/** Takes away a project that was made and in which nothing was done. */
import { existsSync, rmdirSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { partEnds } from '../store/parts.ts'

/**
 * Removes the file of a project that is closed, and its folder when nothing else lies there. One that another process
 * has open stays: SQLite keeps files beside it until the last one has closed it.
 */
export const dropEmpty = (file: string): void => {
  if (partEnds.some((end) => end !== '' && existsSync(file + end))) return
  rmSync(file, { force: true })
  try {
    rmdirSync(dirname(file))
  } catch {
    // Something else lies there.
  }
}

/**
 * A view of a project file that can be read without a byte of it changing: SQLite keeps what it writes for itself (the
 * log's index, an empty log) beside the name it opened, so the view is another name for the same file, in a private
 * folder, with a copy of its log.
 */
import { constants, copyFileSync, linkSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { readFirstPage } from './pages.ts'
import type { Parts } from './parts.ts'
import { makePrivateFolder } from './private-folder.ts'

export interface View {
  readonly file: string
  /**
   * To be opened read only. False when it is the file itself, where no other name for it can be made: nothing lies
   * beside it then, and a connection that may write and does not leaves nothing behind.
   */
  readonly isPrivate: boolean
  remove(): void
}

const isBeside = ({ wal, shm }: Parts): boolean => wal !== null || shm !== null

/** @returns false when it can't be linked and a copy is not needed */
const placeMain = (file: string, to: string, mayCopy: boolean): boolean => {
  try {
    // A second name costs nothing, also of a file of gigabytes; FAT and some network drives have none.
    linkSync(file, to)
  } catch {
    if (!mayCopy) return false
    copyFileSync(file, to, constants.COPYFILE_FICLONE)
  }
  return true
}

const fill = (file: string, to: string, parts: Parts, mayCopy: boolean): boolean => {
  if (parts.main !== null) {
    if (!placeMain(file, to, mayCopy)) return false
  } else {
    // The log alone: SQLite reads it when there is a file to begin with.
    const first = readFirstPage(`${file}-wal`)
    if (first !== null) writeFileSync(to, first)
  }
  if (parts.wal !== null) copyFileSync(`${file}-wal`, `${to}-wal`, constants.COPYFILE_FICLONE)
  return true
}

/**
 * @param parts what lies there: `main` may be missing when there is a log
 * @param mayCopy the file may be copied where it can't be linked, however large it is
 */
export const makeView = (file: string, parts: Parts, mayCopy = isBeside(parts)): View => {
  const itself: View = { file, isPrivate: false, remove: () => undefined }
  for (const parent of [dirname(file), tmpdir()]) {
    let folder: string | null = null
    const remove = () => folder !== null && rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
    try {
      folder = makePrivateFolder(parent)
      const view = join(folder, basename(file))
      if (fill(file, view, parts, mayCopy))
        return { file: view, isPrivate: true, remove: () => void remove() }
      remove()
      return itself
    } catch {
      // A read-only or a full drive: elsewhere, or without.
      remove()
    }
  }
  return itself
}

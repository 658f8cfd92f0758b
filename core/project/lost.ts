/**
 * What is known and done while the path of the open project does not lead to its file. All that was stored is copied
 * to the data folder at once, where the next opening of the folder finds it, so that not even a kill loses it; the copy
 * goes when the file is there again.
 */
import { existsSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { CodedError, toErrorReply } from '../../common/errors.ts'
import type { ProjectLost } from '../../common/model.ts'
import { said } from '../../common/said.ts'
import type { Gone } from '../store/identity.ts'
import type { OpenFile } from '../store/read-store.ts'
import { PROJECT_FOLDER_NAME } from '../files/names.ts'
import { removeProject, writeElsewhere, writeProject } from './rescue.ts'

export interface Lost {
  /** Null while the file is where it belongs. */
  state(): ProjectLost | null
  /** Asks the file itself: a refused write may have found the loss before the watcher. */
  isLost(): boolean
  /** What the watcher found; resolves when the copy is made. */
  update(gone: Gone | null): Promise<void>
  /**
   * Writes the project to its path, to be opened anew from there. @returns the new name of what was in its place
   * @throws CodedError not-found when the folder of images is gone, disk-full, not-writable
   */
  writeBack(): Promise<string | null>
  /** Leaves the copy in the data folder as the project. @throws CodedError disk-full, not-writable */
  leaveCopy(): Promise<void>
  /** @returns the file @throws CodedError not-found, conflict, disk-full, not-writable */
  writeElsewhere(folder: string): Promise<string>
  /** Before the store is closed, after which a file without a name is gone for ever. */
  close(): Promise<void>
}

export interface LostOptions {
  readonly store: OpenFile
  /** Of the images. */
  readonly folder: string
  /** The place of this folder's project in the data folder. */
  readonly spare: string
  readonly onChange: () => void
}

/** A copy that could not be made (a full disk) is tried again after this, ms. */
const TRY_AGAIN_AFTER = 5_000

const whatHappened = ({ why, path, by = '' }: Gone, movedTo: string | null): string => {
  if (movedTo !== null) return said('The folder was moved or renamed. It is now {movedTo}.', { movedTo })
  switch (why) {
    case 'taken':
      return `${by}.`
    case 'missing':
      return said('The project file is gone: {path} was removed or moved, or its drive is not connected.', {
        path,
      })
    case 'replaced':
      return said('Another file has taken the place of {path}.', { path })
    case 'link':
      return said('{path} was replaced by a link to another place.', { path })
    case 'unreachable':
      return said("{path} can't be reached any more. Its drive may have been taken out.", { path })
  }
}

/** The folder of images that a project file at `path` belongs to. */
const folderOf = (path: string | null): string | null =>
  path !== null && basename(dirname(path)) === PROJECT_FOLDER_NAME ? dirname(dirname(path)) : null

export const createLost = ({ store, folder, spare, onChange }: LostOptions): Lost => {
  let state: ProjectLost | null = null
  let copy: string | null = null
  let copyProblem: string | null = null
  let copying: Promise<void> = Promise.resolve()
  let triedAt = -Infinity
  let released = false
  const isReleased = () => released

  const show = (next: ProjectLost | null) => {
    if (JSON.stringify(next) === JSON.stringify(state)) return
    state = next
    onChange()
  }
  const makeCopy = async () => {
    if ((copy !== null && existsSync(copy)) || spare === store.file) return
    await writeProject(store, spare)
    copy = spare
    copyProblem = null
  }
  const tryCopy = () => {
    if (performance.now() - triedAt < TRY_AGAIN_AFTER) return copying
    copying = makeCopy().catch((thrown: unknown) => {
      triedAt = performance.now()
      copyProblem = toErrorReply(thrown).message
    })
    return copying
  }
  const dropCopy = () => {
    if (copy !== null) removeProject(copy)
    copy = null
    copyProblem = null
  }
  const canWriteBack = () => dirname(store.file) === dirname(spare) || existsSync(folder)
  const writeBack = async () => {
    if (!canWriteBack())
      throw new CodedError(
        'not-found',
        said(
          "The folder {folder} is gone, so the project can't be written back. Put it back, or save a copy elsewhere.",
          { folder },
        ),
      )
    const kept = await writeProject(store, store.file)
    released = true
    dropCopy()
    return kept
  }

  return {
    state: () => state,
    isLost: () => state !== null || store.identity.find() !== null,
    async update(gone) {
      if (isReleased()) return
      if (gone === null) {
        dropCopy()
        return show(null)
      }
      if (gone.why === 'taken') {
        // All that was stored is in the file, which is somebody else's now.
        const message = whatHappened(gone, null)
        return show({
          why: 'taken',
          message,
          movedTo: null,
          canWriteBack: false,
          copy: null,
          copyProblem: null,
        })
      }
      const movedTo = folderOf(store.identity.whereNow())
      const now = () => ({
        why: gone.why,
        message: whatHappened(gone, movedTo),
        movedTo,
        canWriteBack: movedTo === null && canWriteBack(),
        copy,
        copyProblem,
      })
      show(now())
      if (movedTo !== null) return
      await tryCopy()
      if (!isReleased()) show(now())
    },
    writeBack,
    async leaveCopy() {
      await copying
      await makeCopy()
      released = true
    },
    writeElsewhere: (chosen) => writeElsewhere(store, chosen),
    async close() {
      await copying
      if (released) return
      const gone = store.identity.find()
      if (gone === null || gone.why === 'taken' || folderOf(store.identity.whereNow()) !== null)
        return dropCopy()
      try {
        await makeCopy()
      } catch {
        // The last resort is where it was.
      }
      if (copy === null && gone.why === 'missing') await writeBack().catch(() => null)
    },
  }
}

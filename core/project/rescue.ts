/** Writes a project that has lost its file anew, from the file that SQLite still has open. Nothing is overwritten. */
import { closeSync, fsyncSync, lstatSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { CodedError, messageOf } from '../../common/errors.ts'
import { said } from '../../common/said.ts'
import { freeName } from '../files/atomic.ts'
import { isDiskFull, systemCode } from '../files/system-code.ts'
import { isDirectory } from '../library/folders.ts'
import { projectFileEnds } from '../store/identity.ts'
import type { OpenFile } from '../store/read-store.ts'
import { PROJECT_FOLDER_NAME } from '../files/names.ts'

type Source = Pick<OpenFile, 'file' | 'backup'>

const statOf = (path: string) => lstatSync(path, { throwIfNoEntry: false })

/** So that a power cut leaves the name as well as the bytes. */
const sync = (path: string, flags: 'r' | 'r+') => {
  const handle = openSync(path, flags)
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

const syncFolder = (folder: string) => {
  try {
    sync(folder, 'r')
  } catch {
    // Windows opens no folders; its file systems keep names in a journal.
  }
}

/** Gives the project file and its WAL another name; a link itself, not what it leads to. @returns the name, or null */
const moveAside = (file: string): string | null => {
  const there = projectFileEnds.filter((end) => statOf(file + end) !== undefined)
  if (there.length === 0) return null
  const kept = freeName(`${file}.other`)
  for (const end of there) renameSync(file + end, kept + end)
  return kept
}

/** A folder to write in: a link or a file at its place is given another name. */
const makeFolder = (folder: string) => {
  const found = statOf(folder)
  if (found !== undefined && !found.isDirectory()) renameSync(folder, freeName(`${folder}.other`))
  mkdirSync(folder, { recursive: true })
}

/**
 * Writes all that `store` holds to `file`, whole and on the disk when it resolves. What was there keeps lying beside it.
 * @returns the name that it has now, or null when there was nothing
 * @throws CodedError disk-full, not-writable
 */
export const writeProject = async (store: Source, file: string): Promise<string | null> => {
  const draft = `${file}.${process.pid}.tmp`
  try {
    makeFolder(dirname(file))
    rmSync(draft, { force: true })
    await store.backup(draft)
    sync(draft, 'r+')
    const kept = moveAside(file)
    renameSync(draft, file)
    syncFolder(dirname(file))
    return kept
  } catch (thrown) {
    removeProject(draft)
    if (thrown instanceof CodedError) throw thrown
    if (isDiskFull(systemCode(thrown)))
      throw new CodedError(
        'disk-full',
        said("The disk is full: the project can't be written to {file}.", { file }),
        {
          cause: thrown,
        },
      )
    throw new CodedError(
      'not-writable',
      said("The project can't be written to {file} ({why}).", { file, why: messageOf(thrown) }),
      {
        cause: thrown,
      },
    )
  }
}

/** Deletes a copy that is needed no more. */
export const removeProject = (file: string): void => {
  for (const end of [...projectFileEnds, '-journal']) rmSync(file + end, { force: true })
}

/**
 * Writes the project into another folder, where opening that folder finds it.
 * @returns the file
 * @throws CodedError not-found, conflict when a project is there, disk-full, not-writable
 */
export const writeElsewhere = async (store: Source, folder: string): Promise<string> => {
  const chosen = resolve(folder)
  if (!(await isDirectory(chosen)))
    throw new CodedError(
      'not-found',
      said('There is no folder {chosen}. Choose one that exists.', { chosen }),
    )
  const file = join(chosen, PROJECT_FOLDER_NAME, basename(store.file))
  if (statOf(dirname(file)) !== undefined)
    throw new CodedError(
      'conflict',
      said('{chosen} has a project of its own already. Choose another folder.', { chosen }),
    )
  if (file === store.file)
    throw new CodedError('conflict', said('This is the folder of the project. Write it back instead.'))
  await writeProject(store, file)
  return file
}

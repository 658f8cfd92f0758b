/** The project of somebody else, to be merged: where it lies, and what is read of it. Nothing is written to it or beside it. */
import { dirname, resolve } from 'node:path'
import { CodedError } from '../../common/errors.ts'
import { said } from '../../common/said.ts'
import { PROJECT_FILE_NAME, PROJECT_FOLDER_NAME } from '../files/names.ts'
import { findOwnProject, isSameFile } from '../import/own-project.ts'
import { fallbackFile } from '../project/place.ts'
import { isAnything, partsOf } from '../store/parts.ts'
import { openPrivateCopy } from '../store/private-copy.ts'
import type { ReadStore } from '../store/read-store.ts'

export interface OtherProject {
  /** The original. */
  readonly file: string
  /** Where its photos lie, if they do; absolute. */
  readonly folder: string
  readonly store: ReadStore
  /** Writes all of it to a new file. */
  writeTo(file: string): Promise<void>
  close(): void
}

/** The project file of a folder, of its photos or of the data folder; or of a path that is one. */
const findOther = (path: string, dataFolder: string): string => {
  const absolute = resolve(path)
  const own = findOwnProject(absolute)
  if (own !== null) return own
  const spare = fallbackFile(absolute, dataFolder)
  if (isAnything(partsOf(spare))) return spare
  throw new CodedError(
    'not-found',
    said(
      '{absolute} has no project: there is no {inside} in it. Choose a folder that was labelled with Maskwright, or import its labels.',
      { absolute, inside: `${PROJECT_FOLDER_NAME}/${PROJECT_FILE_NAME}` },
    ),
  )
}

const folderOf = (file: string, path: string): string => {
  const absolute = resolve(path)
  if (file !== absolute && dirname(file) !== absolute) return absolute
  return dirname(file).endsWith(PROJECT_FOLDER_NAME) ? dirname(dirname(file)) : dirname(file)
}

/**
 * @param path a folder of photos with a project, or a project file
 * @param current the file of the project that takes, which is no other one
 * @throws CodedError not-found, bad-input, damaged-project, newer-project, conflict, disk-full
 */
export const openOther = async (
  path: string,
  dataFolder: string,
  current: string | null,
): Promise<OtherProject> => {
  const file = findOther(path, dataFolder)
  if (isSameFile(file, current))
    throw new CodedError(
      'bad-input',
      said("{file} is the project that is open. Choose the other person's copy.", { file }),
    )
  return { file, folder: folderOf(file, path), ...(await openPrivateCopy(file)) }
}

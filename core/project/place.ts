/**
 * Where a folder's project file lies: in the folder, so that it travels with the photos, or in the data folder when the
 * photos can't be written to. A project that exists is always found again, wherever it was made; of two, the one with
 * the newest edit goes on, and the other one is kept and named.
 */
import { createHash } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { CodedError } from '../../common/errors.ts'
import { said } from '../../common/said.ts'
import { PROJECT_FILE_NAME, PROJECT_FOLDER_NAME } from '../files/names.ts'
import { freeName, writeFileAtomic } from '../files/atomic.ts'
import { isAnything, partsOf } from '../store/parts.ts'
import { ageOf, isNewer, writtenAt } from './age.ts'
import { nameOfFolder } from './recent.ts'

export interface Place {
  readonly file: string
  /** Set when the file is not in the folder: where it is and why. */
  readonly notice: string | null
}

/** The path's hash keeps folders of one name apart. */
export const fallbackFile = (folder: string, dataFolder: string): string => {
  const hash = createHash('sha256').update(folder).digest('hex').slice(0, 12)
  const name = nameOfFolder(folder).replace(/[^\p{L}\p{N}._-]+/gu, '_')
  return join(dataFolder, 'projects', `${name}-${hash}`, PROJECT_FILE_NAME)
}

/** Tries it: permissions alone don't tell of read-only drives. */
const canWriteIn = (folder: string): boolean => {
  const probe = join(folder, '.write-test')
  try {
    mkdirSync(folder, { recursive: true })
    writeFileAtomic(probe, '')
    rmSync(probe)
    return true
  } catch {
    return false
  }
}

const canWriteFile = (file: string): boolean => {
  if (!existsSync(file)) return true
  try {
    accessSync(file, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/** A project file with its WAL, which holds the newest commits when the program was killed. */
const ends = ['-wal', ''] as const

const copyProject = (from: string, to: string): void => {
  for (const end of ends) {
    if (!existsSync(from + end)) continue
    copyFileSync(from + end, to + end)
    // A copy takes over that the original can't be written to.
    chmodSync(to + end, 0o644)
  }
}

const moveProject = (from: string, to: string): void => {
  for (const end of ends) if (existsSync(from + end)) renameSync(from + end, to + end)
  // The index of the WAL; SQLite makes it anew.
  rmSync(`${from}-shm`, { force: true })
}

/** So that the user hears of it once. @returns where it is kept: where it was when it can't be moved */
const setAside = (file: string): string => {
  const kept = freeName(`${file}.older`)
  try {
    moveProject(file, kept)
    return kept
  } catch {
    return file
  }
}

/** The files of one project: the one that travels with the photos, and the one in the data folder. */
interface Files {
  readonly inFolder: string
  readonly fallback: string
}

/** Both are there and the folder can be written to. */
const newerPlace = ({ inFolder, fallback }: Files): Place => {
  const [ours, other] = [ageOf(inFolder), ageOf(fallback)]
  if (ours === null && other !== null && other.writtenAt > writtenAt(inFolder))
    return {
      file: fallback,
      notice: said(
        "The project file in the folder can't be read and was left as it is: {inFolder}. Work goes on in the copy that was made of it later: {fallback}.",
        { inFolder, fallback },
      ),
    }
  // One that can't be read is not passed over without a word: opening it says what is wrong.
  if (ours === null) return { file: inFolder, notice: null }
  if (other !== null && isNewer(other, ours))
    return {
      file: fallback,
      notice: said(
        'The newest work on this folder was done while it could not be written to; it goes on in {fallback}. The older project file in the folder is left as it is: {inFolder}.',
        { fallback, inFolder },
      ),
    }
  if (other !== null && !isNewer(ours, other)) return { file: inFolder, notice: null }
  return {
    file: inFolder,
    notice: said(
      'Work goes on in the newest project file, {inFolder}. Another one of this folder is kept as {fallback}.',
      { inFolder, fallback: setAside(fallback) },
    ),
  }
}

/**
 * The folder can't be written to: the copy goes on, made anew when the original has newer edits.
 * @returns what to tell of a copy that was replaced
 */
const renewCopy = ({ inFolder, fallback }: Files): string | null => {
  const fresh = `${fallback}.${process.pid}`
  copyProject(inFolder, fresh)
  const [original, copy] = [ageOf(fresh), existsSync(fallback) ? ageOf(fallback) : null]
  const isNeeded = !existsSync(fallback) || (original !== null && (copy === null || isNewer(original, copy)))
  if (!isNeeded) {
    for (const end of [...ends, '-shm']) rmSync(fresh + end, { force: true })
    return null
  }
  const kept = existsSync(fallback) ? setAside(fallback) : null
  moveProject(fresh, fallback)
  return kept === null
    ? null
    : said('The original, {inFolder}, is newer than the copy before, kept as {kept}.', { inFolder, kept })
}

/** A link would have the program write where somebody else has chosen. */
const refuseLink = (projectFolder: string): void => {
  if (!lstatSync(projectFolder, { throwIfNoEntry: false })?.isSymbolicLink()) return
  throw new CodedError(
    'damaged-project',
    said(
      '{projectFolder} is a link, which Maskwright never makes and does not follow. Remove the link to start a project here, or open the folder that it leads to.',
      { projectFolder },
    ),
  )
}

/**
 * Finds or chooses the place of the project file of `folder` (an absolute path).
 * @param current The place of the project that this process has open: it is not looked at again.
 * @param scratch Where a project is made for a folder that has none, so that nothing is left in the folder.
 * @param isScratchOnly A project that the folder has is passed over: it is made in `scratch` all the same.
 * @throws CodedError not-writable, disk-full when neither place can be written; damaged-project when a link is in the way
 */
export const findPlace = (
  folder: string,
  dataFolder: string,
  current: Place | null = null,
  scratch: string | null = null,
  isScratchOnly = false,
): Place => {
  if (scratch !== null && isScratchOnly) return { file: join(scratch, PROJECT_FILE_NAME), notice: null }
  const inFolder = join(folder, PROJECT_FOLDER_NAME, PROJECT_FILE_NAME)
  const fallback = fallbackFile(folder, dataFolder)
  refuseLink(dirname(inFolder))
  if (current !== null && [inFolder, fallback].includes(current.file) && existsSync(current.file))
    return current
  const exists = isAnything(partsOf(inFolder))
  const existsElsewhere = isAnything(partsOf(fallback))
  if (scratch !== null && !exists && !existsElsewhere)
    return { file: join(scratch, PROJECT_FILE_NAME), notice: null }
  const writable = canWriteIn(dirname(inFolder)) && canWriteFile(inFolder)
  if (writable && exists && existsElsewhere) return newerPlace({ inFolder, fallback })
  if (writable && (exists || !existsElsewhere)) return { file: inFolder, notice: null }

  if (writable)
    return {
      file: fallback,
      notice: said(
        'The project of this folder is kept in {fallback}: the folder could not be written to, or its project file was gone, when it was last open.',
        { fallback },
      ),
    }
  if (!canWriteIn(dirname(fallback)))
    throw new CodedError(
      'not-writable',
      said("The project can't be kept: neither {folder} nor {dataFolder} can be written to.", {
        folder,
        dataFolder,
      }),
    )
  const renewed = exists ? renewCopy({ inFolder, fallback }) : null
  const notice = exists
    ? said('The project file in this folder can only be read, so work goes on in a copy: {fallback}', {
        fallback,
      })
    : said("This folder can't be written to, so its project is kept elsewhere: {fallback}", { fallback })
  return { file: fallback, notice: renewed === null ? notice : `${notice}. ${renewed}` }
}

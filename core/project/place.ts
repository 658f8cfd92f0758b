/**
 * Where a folder's project file lies: in the folder, so that it travels with the photos, or in the data folder when the
 * photos can't be written to. A project that exists is always found again, wherever it was made.
 */
import { createHash } from 'node:crypto'
import { accessSync, chmodSync, constants, copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { CodedError } from '../../common/errors.ts'
import { writeFileAtomic } from '../atomic-file.ts'
import { nameOfFolder } from './recent.ts'

export interface Place {
  readonly file: string
  /** Set when the file is not in the folder: where it is and why. */
  readonly notice: string | null
}

export const projectFolderName = '.maskwright'
const fileName = 'project.sqlite'

/** The path's hash keeps folders of one name apart. */
const fallbackFile = (folder: string, dataFolder: string): string => {
  const hash = createHash('sha256').update(folder).digest('hex').slice(0, 12)
  const name = nameOfFolder(folder).replace(/[^\p{L}\p{N}._-]+/gu, '_')
  return join(dataFolder, 'projects', `${name}-${hash}`, fileName)
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
  try {
    accessSync(file, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/**
 * Finds or chooses the place of the project file of `folder` (an absolute path).
 * @throws CodedError not-writable, disk-full when neither place can be written
 */
export const findPlace = (folder: string, dataFolder: string): Place => {
  const inFolder = join(folder, projectFolderName, fileName)
  const fallback = fallbackFile(folder, dataFolder)
  const exists = existsSync(inFolder)
  const writable = canWriteIn(dirname(inFolder)) && (!exists || canWriteFile(inFolder))
  if (writable && (exists || !existsSync(fallback))) return { file: inFolder, notice: null }

  if (writable)
    return {
      file: fallback,
      notice: `This folder could not be written to when its project was made. The project is still kept in ${fallback}.`,
    }
  if (!canWriteIn(dirname(fallback)))
    throw new CodedError(
      'not-writable',
      `The project can't be kept: neither ${folder} nor ${dataFolder} can be written to.`,
    )
  if (exists && !existsSync(fallback)) copyProject(inFolder, fallback)
  const why = exists
    ? 'The project file in this folder can only be read, so work goes on in a copy'
    : "This folder can't be written to, so its project is kept elsewhere"
  return { file: fallback, notice: `${why}: ${fallback}` }
}

/** With its WAL, which holds the newest commits when the program was killed. */
const copyProject = (from: string, to: string): void => {
  for (const end of ['-wal', '']) {
    if (!existsSync(from + end)) continue
    copyFileSync(from + end, to + end)
    // A copy takes over that the original can't be written to.
    chmodSync(to + end, 0o644)
  }
}

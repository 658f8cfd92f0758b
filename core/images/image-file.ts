/** Where the file of an image lies, and what is said of an image whose file can't be had. */
import { join } from 'node:path'
import { CodedError } from '../../common/errors.ts'
import { said } from '../../common/said.ts'
import { findInside, findInsideSync, type InnerFile, type PathFault } from '../files/inside.ts'
import { GONE_PROBLEM, NO_FILE_PROBLEM, OUTSIDE_PROBLEM } from '../files/problems.ts'

/** What the list says of an image whose stored path gives no file. */
export const problemOfFault: Readonly<Record<PathFault, string>> = {
  outside: OUTSIDE_PROBLEM,
  gone: GONE_PROBLEM,
  'no-file': NO_FILE_PROBLEM,
}

const fileIn = (found: InnerFile): string => {
  if ('file' in found) return found.file
  throw new CodedError(
    'image-unreadable',
    found.fault === 'gone' ? said('The file is no longer there.') : problemOfFault[found.fault],
  )
}

/**
 * Absolute path of the image that is stored as `path` in the project of `folder`.
 * @throws CodedError image-unreadable when it leads out of the folder, is gone, or is no regular file
 */
export const imageFileOf = async (folder: string, path: string): Promise<string> =>
  fileIn(await findInside(folder, path))

/** As `imageFileOf`, at once; a file that is gone is left to whoever reads it. */
export const imageFileNow = (folder: string, path: string): string => {
  const found = findInsideSync(folder, path)
  return 'fault' in found && found.fault === 'gone' ? join(folder, path) : fileIn(found)
}

/** What the list says of a file that can't be shown, in words for the user. */
import { said } from '../../common/said.ts'

export const GONE_PROBLEM = said(
  'The file is gone from the folder. Its annotations are kept: put the file back, and they are there again.',
)

export const OUTSIDE_PROBLEM = said(
  'It lies outside the folder; left out. Copy the file into the folder, or open the folder it lies in.',
)

export const NO_FILE_PROBLEM = said('It is no file, but a folder, a pipe or a device; left out.')

/** What the size alone tells; null when the file has to be read to know more. */
export const problemOfSize = (bytes: number): string | null =>
  bytes === 0 ? said('The file is empty (0 bytes).') : null

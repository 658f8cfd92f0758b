/** SQLite's errors in words for the user. */
import { CodedError, type ErrorCode } from '../../common/errors.ts'
import { said } from '../../common/said.ts'

const meanings: readonly [prefix: string, code: ErrorCode, text: (file: string) => string][] = [
  [
    'SQLITE_FULL',
    'disk-full',
    (file) =>
      said('The disk is full: the change could not be saved in {file}. Free some space and do it again.', {
        file,
      }),
  ],
  [
    'SQLITE_BUSY',
    'not-writable',
    (file) =>
      said(
        '{file} is in use by another program. Close the other Maskwright (or what else holds it) and do it again.',
        { file },
      ),
  ],
  ['SQLITE_LOCKED', 'not-writable', (file) => said('{file} is in use. Do it again in a moment.', { file })],
  [
    'SQLITE_READONLY',
    'not-writable',
    (file) => said("{file} can't be written. Check its permissions.", { file }),
  ],
  [
    'SQLITE_CANTOPEN',
    'not-writable',
    (file) => said("{file} can't be opened. Check the folder's permissions.", { file }),
  ],
  [
    'SQLITE_PERM',
    'not-writable',
    (file) => said("{file} can't be written. Check its permissions.", { file }),
  ],
  [
    'SQLITE_IOERR',
    'not-writable',
    (file) =>
      said("{file} can't be read or written: the drive reported an error. Check that it is connected.", {
        file,
      }),
  ],
  ['SQLITE_NOTADB', 'damaged-project', (file) => damaged(file)],
  ['SQLITE_CORRUPT', 'damaged-project', (file) => damaged(file)],
]

/** What to say of a damaged project file, which is left as it is. @param reason follows "because" */
export function damaged(file: string, reason?: string): string {
  return reason === undefined
    ? said("The project file {file} can't be opened: it is damaged. It was left as it is.", { file })
    : said("The project file {file} can't be opened, because {reason}. It was left as it is.", {
        file,
        reason,
      })
}

/** A SQLite error as a CodedError that says what happened and what to do; any other thrown value as it is. */
export const toStoreError = (thrown: unknown, file: string): unknown => {
  if (!(thrown instanceof Error) || !('code' in thrown) || typeof thrown.code !== 'string') return thrown
  const { code } = thrown
  const meaning = meanings.find(([prefix]) => code.startsWith(prefix))
  if (meaning === undefined) return thrown
  // SQLite's own words ("disk image is malformed") tell nobody more; its finer codes may.
  const detail = meaning[1] === 'damaged-project' ? '' : ` (${code})`
  return new CodedError(meaning[1], `${meaning[2](file)}${detail}`, { cause: thrown })
}

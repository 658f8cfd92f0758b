/** What went wrong on disk, as a coded error that says what to do. */
import { CodedError, messageOf } from '../../common/errors.ts'
import { said } from '../../common/said.ts'
import { isDiskFull, systemCode } from '../files/system-code.ts'

const isForbidden = (code: string | null) =>
  ['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR'].includes(code ?? '')

/** An error while writing under `out`, for the user; what was exported before still stands. */
export const writeFailure = (thrown: unknown, out: string): Error => {
  if (thrown instanceof CodedError) return thrown
  const code = systemCode(thrown)
  const options = { cause: thrown }
  if (isDiskFull(code))
    return new CodedError(
      'disk-full',
      said(
        'The disk of {out} is full. Make room or choose a folder on another disk; nothing was changed there.',
        { out },
      ),
      options,
    )
  if (isForbidden(code))
    return new CodedError(
      'not-writable',
      said("{out} can't be written to. Choose another folder, or allow writing there.", { out }),
      options,
    )
  const reason = messageOf(thrown)
  return new CodedError('internal', said('Writing to {out} failed: {reason}', { out, reason }), options)
}

/** The disk does not take a file of this name; other files may be fine. */
export const isNameRefused = (thrown: unknown): boolean =>
  ['ENAMETOOLONG', 'EINVAL', 'EILSEQ'].includes(systemCode(thrown) ?? '')

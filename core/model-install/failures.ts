/** What can go wrong while a model is fetched or copied, in words that say what to do next. */
import { CodedError } from '../../common/errors.ts'
import { said } from '../../common/said.ts'
import { systemCode } from '../files/system-code.ts'

/** An error of the file system while writing under `folder`; a coded one as it is. */
export const diskFailure = (thrown: unknown, folder: string): Error => {
  if (thrown instanceof CodedError) return thrown
  const options = { cause: thrown }
  switch (systemCode(thrown)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new CodedError(
        'disk-full',
        said('The disk of {folder} is full. Make room and install again: what is there is kept.', { folder }),
        options,
      )
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOTDIR':
      return new CodedError(
        'not-writable',
        said("{folder} can't be written to. Allow writing there and install again.", { folder }),
        options,
      )
    default:
      return thrown instanceof Error ? thrown : new Error(String(thrown))
  }
}

export const cancelled = (): CodedError =>
  new CodedError('cancelled', said('The installation was cancelled.'))

export const offline = (url: URL, reason: string, kept: string, cause?: unknown): CodedError =>
  new CodedError(
    'offline',
    said(
      '{host} can\'t be reached ({reason}). {kept} Check the connection and install again, or copy the files from a computer that is online and use "Install from folder".',
      { host: url.host, reason, kept },
    ),
    { cause },
  )

/** Says what an HTTP status means for the user. */
export const refused = (url: URL, status: number): CodedError => {
  if (status === 404 || status === 410)
    return new CodedError(
      'download-failed',
      said(
        '{href} does not exist ({status}): the file was moved or taken away. Update Maskwright, or install the model from a folder.',
        { href: url.href, status },
      ),
    )
  return new CodedError(
    'download-failed',
    said(
      '{host} refuses to send {pathname} ({status}). Try again later, or install the model from a folder.',
      { host: url.host, pathname: url.pathname, status },
    ),
  )
}

export const wrongFile = (name: string, host: string, what: string): CodedError =>
  new CodedError(
    'download-failed',
    said(
      '{host} sends another {name} than expected: {what}. It was not kept. A proxy or a sign-in page of the network may stand in between; try again later or on another network.',
      { host, name, what },
    ),
  )

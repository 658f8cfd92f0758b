/** Why a picture can't be shown, in words for the user: the only place that turns what a library says into them. */
import { CodedError } from '../../common/errors.ts'
import { said } from '../../common/said.ts'
import { systemCode } from '../files/system-code.ts'

/** A picture that can't be read, with the reason in words. `cause` is for the log. */
export const unreadable = (what: string, cause?: unknown): CodedError =>
  new CodedError('image-unreadable', what, { cause })

export const notAnImage = (): CodedError =>
  unreadable(
    said(
      'This is not an image that Maskwright reads (JPEG, PNG, WebP, BMP, GIF, AVIF, TIFF, JPEG 2000, HEIC).',
    ),
  )

export const emptyFile = (): CodedError => unreadable(said('The file is empty (0 bytes).'))

/** Of the file system. */
export const readFailure = (thrown: unknown): CodedError => {
  const code = systemCode(thrown)
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return unreadable(said('The file is no longer there.'), thrown)
    case 'EACCES':
    case 'EPERM':
      return unreadable(said('No permission to read the file.'), thrown)
    case 'EISDIR':
      return unreadable(said('This is a folder, not an image.'), thrown)
    case 'EIO':
      return unreadable(said("The file can't be read from its disk."), thrown)
    default:
      return unreadable(
        code === null ? said("The file can't be read.") : said("The file can't be read ({code}).", { code }),
        thrown,
      )
  }
}

/**
 * Of a decoder: what its library says is for programmers, so only the kind of failure is passed on.
 * @param format as people call it
 */
export const decodeFailure = (format: string, thrown: unknown): CodedError => {
  if (thrown instanceof CodedError) return thrown
  const text = thrown instanceof Error ? thrown.message : String(thrown)
  if (/memory|allocat|limit|array length|too large/i.test(text))
    return unreadable(
      said('The {format} file is damaged, or its picture takes more memory than Maskwright gives.', {
        format,
      }),
      thrown,
    )
  if (/unsupported|not supported|not implemented|unknown compression|unhandled/i.test(text))
    return unreadable(
      said("This kind of {format} file can't be read. Save the picture as PNG or JPEG.", { format }),
      thrown,
    )
  return unreadable(said("The {format} file is damaged: its pixels can't be decoded.", { format }), thrown)
}

/** Of a decode that was ended after this number of seconds. */
export const tooLong = (seconds: number): CodedError =>
  unreadable(
    said(
      'Decoding this picture was ended after {seconds} seconds: the file is damaged or made to do harm. It is tried again when the file changes.',
      { seconds },
    ),
  )

/** Bytes of a text file that somebody made with any editor -> text. Nothing is guessed: no letter is lost or replaced. */
import { encodingNames, isEncoding } from '../../common/encodings.ts'
import { CodedError } from '../../common/errors.ts'

const marks = [
  { encoding: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', bytes: [0xff, 0xfe] },
  { encoding: 'utf-16be', bytes: [0xfe, 0xff] },
] as const

/** The byte order mark that the bytes begin with. */
export const markOf = (bytes: Uint8Array): (typeof marks)[number] | null =>
  marks.find((mark) => mark.bytes.every((byte, index) => bytes[index] === byte)) ?? null

/** The text in that encoding; null when the bytes are none. A byte order mark is no part of it. */
const decodeAs = (bytes: Uint8Array, encoding: string): string | null => {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    return text.includes('\0') ? null : text
  } catch {
    return null
  }
}

/**
 * UTF-8, or UTF-16 when a byte order mark says so, or what the user says it is; the mark is no part of the text.
 * @param name of the file, for the message
 * @param encoding one of `encodings`, where there is no mark; null: UTF-8
 * @throws CodedError bad-input when the bytes are in another encoding, or no text
 */
export const decodeText = (bytes: Uint8Array, name: string, encoding: string | null = null): string => {
  if (encoding !== null && !isEncoding(encoding))
    throw new CodedError('bad-input', `There is no encoding "${encoding}". There are ${encodingNames}.`)
  const mark = markOf(bytes)
  const asked = mark?.encoding ?? encoding ?? 'utf-8'
  const text = decodeAs(bytes, asked)
  if (text !== null) return text
  if (mark === null && asked !== 'utf-8')
    throw new CodedError('bad-input', `${name} is no text in ${asked}. Choose another encoding.`)
  throw new CodedError(
    'bad-input',
    `${name} is not text in UTF-8. Say which encoding it has (${encodingNames}), or open it in an editor and save it ` +
      'as UTF-8: names in it would be wrong otherwise.',
  )
}

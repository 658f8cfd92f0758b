/** Bytes of a text file that somebody made with any editor -> text. Nothing is guessed: no letter is lost or replaced. */
import { CodedError } from '../../common/errors.ts'

const marks = [
  { encoding: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', bytes: [0xff, 0xfe] },
  { encoding: 'utf-16be', bytes: [0xfe, 0xff] },
] as const

const encodingOf = (bytes: Uint8Array) =>
  marks.find((mark) => mark.bytes.every((byte, index) => bytes[index] === byte))?.encoding ?? 'utf-8'

/**
 * UTF-8, or UTF-16 when a byte order mark says so; the mark is no part of the text.
 * @param name of the file, for the message
 * @throws CodedError bad-input when the bytes are in another encoding, or no text
 */
export const decodeText = (bytes: Uint8Array, name: string): string => {
  const encoding = encodingOf(bytes)
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    if (!text.includes('\0')) return text
  } catch {
    // Said below.
  }
  throw new CodedError(
    'bad-input',
    `${name} is not text in UTF-8. Open it in an editor and save it as UTF-8: names in it would be wrong otherwise.`,
  )
}

/** Bytes of a text file that somebody made with any editor -> text. Nothing is guessed: no letter is lost or replaced. */
import { encodingNames, encodings, isEncoding, type EncodingPreview } from '../../common/encodings.ts'
import { CodedError } from '../../common/errors.ts'
import { cleanLabelName } from '../../common/label-name.ts'
import { printable } from '../../common/printable.ts'
import { said } from '../../common/said.ts'

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

/** Bytes that a preview looks at, and its pieces. */
const PREVIEW = { bytes: 1 << 20, samples: 4, before: 12, length: 48 } as const

/** What is not plain ASCII in a text, a piece of a line each. */
const samplesOf = (text: string): string[] => {
  const samples = new Set<string>()
  for (const line of text.split(/\r\n|\r|\n/)) {
    const at = line.search(/[^\0-\x7f]/)
    if (at === -1) continue
    const start = Math.max(0, at - PREVIEW.before)
    samples.add(
      printable(cleanLabelName(line.slice(start, start + PREVIEW.length).replace(/^[\udc00-\udfff]/, ''))),
    )
    if (samples.size === PREVIEW.samples) break
  }
  return [...samples]
}

/** How the bytes read in each encoding that they can be in. */
const previewsOf = (bytes: Uint8Array): EncodingPreview[] => {
  const head = bytes.subarray(0, PREVIEW.bytes)
  // Latin letters in UTF-16 have a zero each; a text without zeros is in an encoding of bytes.
  const isWide = head.includes(0)
  return encodings
    .filter(({ id }) => id.startsWith('utf-16') === isWide)
    .flatMap(({ id }) => {
      try {
        // A letter that is cut at the end is no fault.
        const text = new TextDecoder(id, { fatal: true }).decode(head, { stream: true })
        const samples = samplesOf(text)
        return text.includes('\0') || samples.length === 0 ? [] : [{ encoding: id, samples }]
      } catch {
        return []
      }
    })
}

/**
 * UTF-8, or UTF-16 when a byte order mark says so, or what the user says it is; the mark is no part of the text.
 * @param name of the file, for the message
 * @param encoding one of `encodings`, where there is no mark; null: UTF-8
 * @throws CodedError unknown-encoding when they are in another one, with how they read in those that they can be in;
 * bad-input when they are not in the encoding that the user says
 */
export const decodeText = (bytes: Uint8Array, name: string, encoding: string | null = null): string => {
  if (encoding !== null && !isEncoding(encoding))
    throw new CodedError(
      'bad-input',
      said('There is no encoding "{encoding}". There are {encodingNames}.', { encoding, encodingNames }),
    )
  const mark = markOf(bytes)
  const asked = mark?.encoding ?? encoding ?? 'utf-8'
  const text = decodeAs(bytes, asked)
  if (text !== null) return text
  if (mark === null && asked !== 'utf-8')
    throw new CodedError(
      'bad-input',
      said('{name} is no text in {asked}. Choose another encoding.', { name, asked }),
    )
  throw new CodedError(
    'unknown-encoding',
    said(
      '{name} is not text in UTF-8. Say which encoding it has ({encodingNames}), or open it in an editor and save it as UTF-8: names in it would be wrong otherwise.',
      { name, encodingNames },
    ),
    { previews: previewsOf(bytes) },
  )
}

/** JSON that somebody else has written. */
import { CodedError, messageOf } from '../../common/errors.ts'
import { said } from '../../common/said.ts'
import { isTooDeep } from './depth.ts'

/** V8 says where it stopped, in one of its forms. */
const placeOf = (message: string): string => {
  const line = /\(line (\d+) column \d+\)/.exec(message)?.[1]
  if (line !== undefined) return said('something is wrong in line {line}', { line })
  return message.includes('end of JSON')
    ? said('it ends too early')
    : said('it is damaged, or something else')
}

/** Words that JSON does not have and Python writes; inside texts they are none. */
const notNumbers = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\b(?:NaN|Infinity)\b/g

/** The value that `text` holds, a NaN in it read as null. @throws SyntaxError of JSON.parse, of the text as it is */
export const parseWithNaN = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (thrown) {
    try {
      return JSON.parse(text.replace(notNumbers, (found) => (found.startsWith('"') ? found : 'null')))
    } catch {
      throw thrown
    }
  }
}

/**
 * The value that `text` holds; a NaN in it, as Python writes it, is read as null.
 * @param name of the file, for the message
 * @throws CodedError bad-input when it is no JSON, or nests more than a thousand deep
 */
export const parseJson = (text: string, name: string): unknown => {
  if (isTooDeep(text))
    throw new CodedError(
      'bad-input',
      said('{name} nests deeper than any file of labels: it is damaged.', { name }),
    )
  try {
    return parseWithNaN(text)
  } catch (cause) {
    throw new CodedError(
      'bad-input',
      said('{name} is no JSON: {why}.', { name, why: placeOf(messageOf(cause)) }),
      { cause },
    )
  }
}

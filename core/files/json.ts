/** JSON that somebody else has written. */
import { CodedError, messageOf } from '../../common/errors.ts'
import { isTooDeep } from './depth.ts'

/** V8 says where it stopped, in one of its forms. */
const placeOf = (message: string): string => {
  const line = /\(line (\d+) column \d+\)/.exec(message)?.[1]
  if (line !== undefined) return `something is wrong in line ${line}`
  return message.includes('end of JSON') ? 'it ends too early' : 'it is damaged, or something else'
}

/**
 * The value that `text` holds.
 * @param name of the file, for the message
 * @throws CodedError bad-input when it is no JSON, or nests more than a thousand deep
 */
export const parseJson = (text: string, name: string): unknown => {
  if (isTooDeep(text))
    throw new CodedError('bad-input', `${name} nests deeper than any file of labels: it is damaged.`)
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new CodedError('bad-input', `${name} is no JSON: ${placeOf(messageOf(cause))}.`, { cause })
  }
}

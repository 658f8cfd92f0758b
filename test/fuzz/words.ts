/** What an answer may say: a value, or a CodedError in plain words. What is no such thing is found here. */
import { CodedError } from '../../common/errors.ts'

/** What a library says to programmers; a person can do nothing with it. */
const rawWords: readonly RegExp[] = [
  /ZodError|invalid_type|too_(big|small)|Invalid input|Invalid option|expected \w+, received|Unrecognized key/,
  /Unexpected (token|end|non-whitespace)|in JSON at position|\w.* in JSON at|number after minus sign/,
  /\bat .+\.[tj]s:\d+|node_modules|\bnode:internal/,
  /Cannot read propert|is not a function|is not iterable|is not defined|Maximum call stack|Invalid (array|string) length/,
  /\b(TypeError|RangeError|SyntaxError|ReferenceError)\b|\[object \w+\]|toISOString/,
  /SQLITE_|sqlite_|no such (table|column)|malformed|constraint failed|datatype mismatch/,
  /YAMLParse|Implicit (keys|map)|Map keys must be unique|Nested mappings/,
  /\b(EACCES|EISDIR|ENOTDIR|ENAMETOOLONG|EINVAL|ELOOP)\b:/,
]

/** Longer ones are no message. */
const LONGEST = 4000

/** What is wrong with a message for the user; null when nothing is. */
const faultOfMessage = (message: string): string | null => {
  if (message.trim() === '') return 'a message without words'
  if (message.length > LONGEST) return `a message of ${message.length} characters: ${message.slice(0, 100)}`
  const raw = rawWords.find((pattern) => pattern.test(message))
  return raw === undefined ? null : `raw words in a message: ${message.slice(0, 300)}`
}

/** Fields that hold messages, wherever they lie in an answer. */
const messageFields = new Set(['message', 'problem', 'reason', 'notice', 'notes', 'bad'])

const messagesIn = (value: unknown, isMessage = false): string[] => {
  if (typeof value === 'string') return isMessage ? [value] : []
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return []
  return Object.entries(value).flatMap(([key, part]) =>
    messagesIn(part, Array.isArray(value) ? isMessage : messageFields.has(key)),
  )
}

/** What is wrong with a value that was answered. */
export const faultsOfValue = (value: unknown): string[] =>
  messagesIn(value).flatMap((message) => faultOfMessage(message) ?? [])

/** What is wrong with what was thrown. */
export const faultOfThrown = (thrown: unknown): string | null => {
  if (!(thrown instanceof CodedError)) {
    const stack = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)
    return `no CodedError: ${stack.slice(0, 600)}`
  }
  if (thrown.code === 'internal') return `an unforeseen error: ${thrown.message.slice(0, 400)}`
  return faultOfMessage(thrown.message)
}

/** JSON columns: checked when they are read, compared in one canonical form. */
import type { z } from 'zod'
import { CodedError } from '../../common/errors.ts'

/**
 * The value of a JSON column, checked against its schema.
 * @throws CodedError damaged-project naming `what`
 */
export const readJson = <T extends z.ZodType>(schema: T, text: string, what: string): z.infer<T> => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new CodedError('damaged-project', `${what} in the project file is not JSON.`, { cause })
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  // What the schema says is for us, not for the person in front of the screen.
  throw new CodedError('damaged-project', `${what} in the project file is damaged.`, { cause: parsed.error })
}

const sortKeys = (_key: string, value: unknown): unknown => {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Two records are the same when their canonical texts are: the order of keys and the sign of zero don't count. */
export const canonicalJson = (value: unknown): string => JSON.stringify(value, sortKeys)

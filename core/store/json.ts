/** JSON columns: compared in one canonical form, and checked when they are read. */
import type { z } from 'zod'

const sortKeys = (_key: string, value: unknown): unknown => {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Two records are the same when their canonical texts are: the order of keys and the sign of zero don't count. */
export const canonicalJson = (value: unknown): string => JSON.stringify(value, sortKeys)

/** What a text holds; null when there is none, or it is no JSON of that kind: the file may be a stranger's. */
export const readJson = <T>(schema: z.ZodType<T>, text: unknown): T | null => {
  if (typeof text !== 'string') return null
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

/** JSON columns: compared in one canonical form. */

const sortKeys = (_key: string, value: unknown): unknown => {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Two records are the same when their canonical texts are: the order of keys and the sign of zero don't count. */
export const canonicalJson = (value: unknown): string => JSON.stringify(value, sortKeys)

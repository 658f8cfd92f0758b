/** Tables of texts that read in the language of the window. */
import type { TextValues } from '../../common/said.ts'
import { t } from './t.ts'

type TextOf<T> = { [K in keyof T]: T[K] extends string | undefined ? K : never }[keyof T]

/**
 * The same entry of a table with the texts of these properties, which are keys (`msg`), in the language of the window at
 * the moment they are read. A copy by spreading would keep the language of that moment.
 * @param values for the placeholders in them
 */
export const spoken = <T extends object>(
  entry: T,
  names: readonly (TextOf<T> & string)[],
  values?: TextValues,
): T => {
  const copy = { ...entry }
  for (const name of names) {
    const key = entry[name] as string | undefined
    if (key !== undefined) Object.defineProperty(copy, name, { enumerable: true, get: () => t(key, values) })
  }
  return copy
}

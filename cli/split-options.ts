/** How images are divided, as options of the terminal: the same for every command that divides. */
import type { SplitOptions } from '../common/contract/export.ts'
import { numberOption, UsageError } from './command.ts'

export const splitOptionTypes = {
  test: { type: 'string' },
  group: { type: 'string' },
  similar: { type: 'boolean' },
  balance: { type: 'boolean' },
} as const

export const splitOptionsHelp: readonly string[] = [
  '--test SHARE   share of the images that is kept for a test, 0 to 0.9 (default 0)',
  '--seed N       which images those are; the same for the same number (default 0)',
  '--group HOW    what stays on one side: folder (default), none, or a regular expression; images whose paths have',
  '               the same match, of its first bracket or of the whole, stay together',
  '--similar      pictures that look nearly the same stay on one side; those of the same bytes always do',
  '--balance      each side gets its share of every class, as far as what stays together allows',
]

/**
 * @param values as `parseCommand` gives them for `splitOptionTypes`
 * @throws UsageError for a share that is none, or a pattern that is no regular expression
 */
export const splitOptionsOf = (values: {
  readonly test?: string | undefined
  readonly group?: string | undefined
  readonly similar?: boolean | undefined
  readonly balance?: boolean | undefined
}): SplitOptions => {
  const { test, group = 'folder', similar, balance } = values
  const pattern = group === 'folder' || group === 'none' ? null : group
  try {
    if (pattern !== null) new RegExp(pattern, 'u')
  } catch (thrown) {
    throw new UsageError(`--group takes folder, none or a regular expression, not "${group}"`, {
      cause: thrown,
    })
  }
  return {
    ...(test === undefined ? {} : { test: numberOption('test', test, 0, 0.9) }),
    byFolder: group !== 'none' && pattern === null,
    pattern,
    ...(similar === undefined ? {} : { similar }),
    ...(balance === undefined ? {} : { balance }),
  }
}

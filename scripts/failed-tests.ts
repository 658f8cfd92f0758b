/**
 * What failed, by name and with its first words, for the end of `npm test`: who sees only the last lines of a long log
 * has to see it there. Reads what vitest (`--reporter=json`) and Playwright (`--reporter=json`) write.
 */

/** One test, or one check, that failed. */
export interface Failure {
  readonly title: string
  /** What it said, shortened. */
  readonly said: string
}

/** Characters of a failure's words; a check that lists files says the end of its output. */
const SAID_LIMIT = 1500

// Colours of a terminal.
const COLOURS = /\u001B\[[0-9;]*m/g

const plain = (text: string) => text.replaceAll(COLOURS, '').trim()

export const firstWords = (text: string): string => plain(text).slice(0, SAID_LIMIT)
export const lastWords = (text: string): string => plain(text).slice(-SAID_LIMIT)

interface VitestReport {
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly message?: string
    readonly assertionResults: readonly {
      readonly fullName: string
      readonly status: string
      readonly failureMessages?: readonly string[]
    }[]
  }[]
}

/** Failed tests, and files that did not load and so have no test that failed. */
export const failedInVitest = ({ testResults }: VitestReport): Failure[] =>
  testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults
      .filter((test) => test.status === 'failed')
      .map(({ fullName, failureMessages }) => ({
        title: `${name}: ${fullName}`,
        said: firstWords(failureMessages?.join('\n') ?? ''),
      }))
    const didNotLoad = status === 'failed' && failed.length === 0
    return didNotLoad ? [{ title: name, said: firstWords(message ?? '') }] : failed
  })

interface PlaywrightSuite {
  readonly suites?: readonly PlaywrightSuite[]
  readonly specs?: readonly {
    readonly file: string
    readonly title: string
    readonly tests: readonly {
      readonly status: string
      readonly results: readonly { readonly errors?: readonly { readonly message?: string }[] }[]
    }[]
  }[]
}

/** Tests that failed, or passed only when they were tried again. */
export const failedInPlaywright = ({ suites = [], specs = [] }: PlaywrightSuite): Failure[] => [
  ...specs.flatMap(({ file, title, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ results }) => ({
        title: `${file}: ${title}`,
        said: firstWords(
          results.flatMap(({ errors = [] }) => errors.map(({ message = '' }) => message)).join('\n'),
        ),
      })),
  ),
  ...suites.flatMap(failedInPlaywright),
]

/** The last part of `npm test`'s output before its count; '' when all passed. */
export const failuresText = (failures: readonly Failure[]): string =>
  failures.map(({ title, said }) => `\nFAILED ${title}\n${said.replaceAll(/^/gm, '    ')}`).join('\n')

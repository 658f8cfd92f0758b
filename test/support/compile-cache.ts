/**
 * Node keeps what it compiled between the many processes that tests start: a command of the terminal, the web shell and
 * the processes of the model read hundreds of TypeScript files, and take a third of the time when those are kept.
 */
import { join, resolve } from 'node:path'

/** For this process's children; a folder that is named already stays. */
export const keepCompiled = (): void => {
  process.env.NODE_COMPILE_CACHE ??= join(
    resolve(import.meta.dirname, '..', '..'),
    'test-results',
    'compiled',
  )
}

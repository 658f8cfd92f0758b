/** Gives every handler the words of store/errors.ts for what SQLite throws. */
import type { CallName } from '../common/contract.ts'
import type { Handlers } from '../common/rpc.ts'
import { toStoreError } from './store/errors.ts'

/** @param file The open project file's path, for the message. */
export const withStoreErrors = (handlers: Handlers, file: () => string): Handlers => {
  const wrap = (handler: (input: never) => unknown) => async (input: never) => {
    try {
      return await handler(input)
    } catch (thrown) {
      throw toStoreError(thrown, file())
    }
  }
  const names = Object.keys(handlers) as CallName[]
  return Object.fromEntries(names.map((name) => [name, wrap(handlers[name])])) as unknown as Handlers
}

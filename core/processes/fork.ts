/** A plain child process of Node with a typed wire: for the web shell, the CLI, tests and benches. */
import { fork } from 'node:child_process'
import { said } from '../../common/said.ts'
import type { ChildProcess } from './child-process.ts'

export interface ForkOptions {
  readonly env?: NodeJS.ProcessEnv
  /** Of Node itself. */
  readonly flags?: readonly string[]
  /** What its libraries print goes nowhere; else to this process's stderr, never into the CLI's output. */
  readonly quiet?: boolean
}

/** @param hostFile path of the child's entry or its bundle */
export const forkProcess = <To, From>(
  hostFile: string,
  { env = process.env, flags = [], quiet = false }: ForkOptions = {},
): ChildProcess<To, From> => {
  const output = quiet ? 'ignore' : process.stderr
  const child = fork(hostFile, [], {
    serialization: 'advanced',
    execArgv: [...flags],
    env,
    stdio: ['ignore', output, output, 'ipc'],
  })
  const exits: ((reason: string) => void)[] = []
  let ended: string | null = null
  const end = (reason: string) => {
    if (ended !== null) return
    ended = reason
    for (const listener of exits) listener(reason)
  }
  child.once('error', (error) => end(error.message))
  child.once('exit', (code, signal) =>
    end(
      signal === null
        ? said('it ended with code {code}', { code: String(code) })
        : said('it was ended by {signal}', { signal }),
    ),
  )
  return {
    post(message) {
      // A process that has just died is reported by its exit; a message to it is not an error of its own.
      if (child.connected) child.send(message as object, () => undefined)
    },
    onMessage: (listener) => void child.on('message', (message) => listener(message as From)),
    onExit(listener) {
      if (ended === null) exits.push(listener)
      else listener(ended)
    },
    kill: () => void child.kill('SIGKILL'),
  }
}

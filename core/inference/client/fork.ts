/** The inference process as a plain child process of Node: for the web shell, the CLI, tests and benches. */
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { InferenceProcess } from '../process.ts'
import { inferenceEnvironment } from './environment.ts'
import type { FromHost } from '../messages.ts'

const HOST = new URL('../host/host.ts', import.meta.url)

/** @param hostFile path of host.ts or its bundle */
export const forkInferenceProcess = (hostFile: string = fileURLToPath(HOST)): InferenceProcess => {
  const child = fork(hostFile, [], {
    serialization: 'advanced',
    execArgv: [],
    env: inferenceEnvironment(process.env),
    // What the runtime prints must not end up in the CLI's output.
    stdio: ['ignore', process.stderr, process.stderr, 'ipc'],
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
    end(signal === null ? `it ended with code ${String(code)}` : `it was ended by ${signal}`),
  )
  return {
    post(message) {
      // A process that has just died is reported by its exit; a message to it is not an error of its own.
      if (child.connected) child.send(message, () => undefined)
    },
    onMessage: (listener) => void child.on('message', (message) => listener(message as FromHost)),
    onExit(listener) {
      if (ended === null) exits.push(listener)
      else listener(ended)
    },
    kill: () => void child.kill('SIGKILL'),
  }
}

/** The inference process as a utilityProcess of Electron. */
import { utilityProcess } from 'electron'
import { inferenceEnvironment } from '../core/inference/client/environment.ts'
import type { FromHost } from '../core/inference/messages.ts'
import type { InferenceProcess } from '../core/inference/process.ts'

/** @param entry Absolute path of the bundled inference host. */
export const startInferenceProcess = (entry: string): InferenceProcess => {
  const child = utilityProcess.fork(entry, [], {
    serviceName: 'Maskwright inference',
    stdio: 'inherit',
    env: inferenceEnvironment(process.env),
  })
  const exits: ((reason: string) => void)[] = []
  let ended: string | null = null
  child.once('exit', (code) => {
    ended = `it ended with code ${code}`
    for (const listener of exits) listener(ended)
  })
  return {
    post: (message) => {
      if (ended === null) child.postMessage(message)
    },
    onMessage: (listener) => void child.on('message', (message: FromHost) => listener(message)),
    onExit: (listener) => {
      if (ended === null) exits.push(listener)
      else listener(ended)
    },
    kill: () => void child.kill(),
  }
}

/** The core's child processes as utilityProcesses of Electron. */
import { utilityProcess } from 'electron'
import { said } from '../common/said.ts'
import { decoderFlags } from '../core/images/limits.ts'
import type { DecoderProcess } from '../core/images/decoder/process.ts'
import { inferenceEnvironment } from '../core/inference/client/environment.ts'
import type { InferenceProcess } from '../core/inference/process.ts'
import type { ChildProcess } from '../core/processes/child-process.ts'

const start = <To, From>(
  entry: string,
  options: Electron.ForkOptions & { serviceName: string },
): ChildProcess<To, From> => {
  const child = utilityProcess.fork(entry, [], options)
  const exits: ((reason: string) => void)[] = []
  let ended: string | null = null
  child.once('exit', (code) => {
    ended = said('it ended with code {code}', { code })
    for (const listener of exits) listener(ended)
  })
  return {
    post: (message) => {
      if (ended === null) child.postMessage(message)
    },
    onMessage: (listener) => void child.on('message', (message: From) => listener(message)),
    onExit: (listener) => {
      if (ended === null) exits.push(listener)
      else listener(ended)
    },
    kill: () => {
      try {
        // Electron asks the process to end, which one that hangs does not hear.
        if (ended === null && child.pid !== undefined) process.kill(child.pid, 'SIGKILL')
      } catch {
        // It has ended meanwhile.
      }
      child.kill()
    },
  }
}

/** @param entry Absolute path of the bundled inference host. */
export const startInferenceProcess = (entry: string): InferenceProcess =>
  start(entry, {
    serviceName: 'Maskwright inference',
    stdio: 'inherit',
    env: inferenceEnvironment(process.env),
  })

/** @param entry Absolute path of the bundled decoder host. */
export const startDecoderProcess = (entry: string): DecoderProcess =>
  start(entry, { serviceName: 'Maskwright pictures', stdio: 'ignore', execArgv: [...decoderFlags] })

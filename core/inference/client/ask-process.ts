/** One question to an inference process of its own, so that whatever it does harms nobody. */
import { said } from '../../../common/said.ts'
import type { InferenceProcess } from '../process.ts'
import type { FromHost, ToHost } from '../messages.ts'

/** How a process answers what it was started for. */
type Outcome = Extract<FromHost, { type: 'loaded' | 'unusable' | 'server-tried' | 'measured' }>

export interface Asked {
  /** Null when the process ended without an answer, or was ended. */
  readonly outcome: Outcome | null
  /** Why there is no answer; empty when there is one. */
  readonly reason: string
}

const isOutcome = (said: FromHost): said is Outcome =>
  ['loaded', 'unusable', 'server-tried', 'measured'].includes(said.type)

/**
 * Starts a process, asks it, and ends it when it has answered or `signal` is aborted.
 * @returns when the process has ended: only then it has let go of its files
 */
export const askProcess = (
  startProcess: () => InferenceProcess,
  question: ToHost,
  signal: AbortSignal,
): Promise<Asked> =>
  new Promise((resolve) => {
    const process = startProcess()
    let asked: Asked | null = null
    const end = (found: Asked) => {
      asked ??= found
      process.kill()
    }
    const stop = () => end({ outcome: null, reason: said('it was stopped') })
    signal.addEventListener('abort', stop)
    process.onExit((reason) => {
      signal.removeEventListener('abort', stop)
      resolve(asked ?? { outcome: null, reason })
    })
    process.onMessage((said) => {
      if (said.type === 'hello') process.post(question)
      else if (isOutcome(said)) end({ outcome: said, reason: '' })
    })
    if (signal.aborted) stop()
  })

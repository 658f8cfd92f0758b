/** Masks for the terminal: inference in its own process, without a project. */
import type { InferenceStatus } from '../common/contract/inference.ts'
import type { Settings } from '../common/contract/settings.ts'
import { createInference } from '../core/inference/client/client.ts'
import { forkInferenceProcess } from '../core/inference/client/fork.ts'
import type { Inference } from '../core/inference/client/inference.ts'
import { inferenceOptionsOf } from '../core/settings.ts'
import type { CorePorts } from '../core/ports.ts'
import type { Terminal } from './command.ts'
import { placesOf } from './places.ts'

const stateText: Record<InferenceStatus['state'], string> = {
  starting: 'Loading the model ...',
  encoding: 'Encoding the image ...',
  decoding: 'Finding the object ...',
  restarting: 'Starting again ...',
  idle: '',
  unavailable: '',
}

/**
 * Runs `work` with the model of the app's settings and ends the process after it.
 * @param server in place of the settings' server, where it is given
 */
export const withInference = async <T>(
  settings: Settings,
  terminal: Terminal,
  work: (inference: Inference) => Promise<T>,
  { server }: Pick<CorePorts, 'server'> = {},
): Promise<T> => {
  const inference = createInference({
    ...placesOf(process.env),
    startProcess: () => forkInferenceProcess(),
    options: { ...inferenceOptionsOf(settings), ...(server !== undefined && { server }) },
  })
  let told: string | null = null
  const stop = inference.onStatus(({ state, message }) => {
    if (message !== null && message !== told) terminal.say(message)
    told = message
    terminal.show(stateText[state])
  })
  try {
    return await work(inference)
  } finally {
    stop()
    terminal.show('')
    await inference.close()
  }
}

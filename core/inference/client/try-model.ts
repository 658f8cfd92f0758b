/** Loads a model in a process of its own, so that one that can't run is refused before it is offered. */
import type { InferenceProcess } from '../process.ts'
import type { ModelChoice } from '../manifest.ts'

/**
 * Opens every graph of the model on the CPU, runs it once, and has it find what is in a known picture.
 * @param folder where the process may keep files; it keeps none
 * @returns why the model can't be used; null when it can
 */
export const tryModel = (
  startProcess: () => InferenceProcess,
  choice: ModelChoice,
  folder: string,
  signal: AbortSignal,
): Promise<string | null> =>
  new Promise((resolve) => {
    const process = startProcess()
    let problem: string | null | undefined
    const end = (said: string | null) => {
      if (problem === undefined) problem = said
      process.kill()
    }
    const stop = () => end('It was not tried to the end.')
    signal.addEventListener('abort', stop)
    // Only a process that has ended has let go of the files.
    process.onExit((reason) => {
      signal.removeEventListener('abort', stop)
      resolve(problem === undefined ? `The process that tried it ended: ${reason}.` : problem)
    })
    process.onMessage((said) => {
      if (said.type === 'hello')
        process.post({
          type: 'load',
          model: choice,
          provider: 'cpu',
          threads: 1,
          embeddingFolder: folder,
          embeddingBytes: 0,
          memoryBytes: 0,
          isTrial: true,
        })
      else if (said.type === 'loaded') end(null)
      else if (said.type === 'unusable') end(said.error.message)
    })
    if (signal.aborted) stop()
  })

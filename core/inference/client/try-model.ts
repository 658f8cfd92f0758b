/** Loads a model in a process of its own, so that one that can't run is refused before it is offered. */
import type { InferenceProcess } from '../process.ts'
import type { ModelChoice } from '../manifest.ts'
import { askProcess } from './ask-process.ts'
import { said } from '../../../common/said.ts'

/**
 * Opens every graph of the model on the CPU, runs it once, and has it find what is in a known picture.
 * @param folder where the process may keep files; it keeps none
 * @returns why the model can't be used; null when it can
 */
export const tryModel = async (
  startProcess: () => InferenceProcess,
  choice: ModelChoice,
  folder: string,
  signal: AbortSignal,
): Promise<string | null> => {
  const { outcome, reason } = await askProcess(
    startProcess,
    {
      type: 'load',
      model: choice,
      provider: 'cpu',
      threads: 1,
      embeddingFolder: folder,
      embeddingBytes: 0,
      memoryBytes: 0,
      isTrial: true,
    },
    signal,
  )
  if (signal.aborted) return said('It was not tried to the end.')
  if (outcome === null) return said('The process that tried it ended: {reason}.', { reason })
  return outcome.type === 'unusable' ? outcome.error.message : null
}

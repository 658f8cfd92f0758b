/** When the race of providers is run, and what it changes: once for each model, in a quiet while, or on request. */
import type { Measured, ProviderResult } from '../../../common/contract/providers.ts'
import type { ModelChoice } from '../manifest.ts'
import type { InferenceProcess } from '../process.ts'
import type { InferenceOptions } from './inference.ts'
import { AUTO } from './link.ts'
import { chooseModel, type Models } from './models.ts'
import type { ProviderMemory } from './provider-memory.ts'
import { raceProviders } from './race.ts'

const CPU = 'cpu'

export interface RacingParts {
  readonly startProcess: () => InferenceProcess
  readonly models: Models
  readonly memory: ProviderMemory
  readonly options: () => InferenceOptions
  /** Those that the runtime offers; null before the model is loaded. */
  readonly providers: () => readonly string[] | null
  readonly onWinner: (modelId: string, winner: string) => void
  /** A quiet while, ms; null: on request alone. */
  readonly afterMs: number | null
}

export interface Racing {
  /** The remembered winner; the CPU before there is one. */
  fastest(choice: ModelChoice): Promise<string>
  run(
    modelId: string | null,
    signal: AbortSignal,
    onResult?: (results: readonly ProviderResult[]) => void,
  ): Promise<Measured | null>
  measured(): Promise<Measured | null>
  /** Nothing is to be done now: a quiet while may begin. */
  rest(): void
  /** Somebody asks for something: what was begun in a quiet while is left. */
  disturb(): void
  close(): void
}

export const createRacing = (parts: RacingParts): Racing => {
  const { startProcess, models, memory, options, providers, onWinner, afterMs } = parts
  const closing = new AbortController()
  let quiet: AbortController | null = null
  let later: NodeJS.Timeout | undefined
  /** Models that were measured, or could not be, since the start. */
  const tried = new Set<string>()

  const choiceOf = async (modelId: string) => {
    const { choice } = await chooseModel(models, modelId)
    return choice?.variant.id === modelId ? choice : null
  }
  const run: Racing['run'] = async (modelId, signal, onResult) => {
    const choice = await choiceOf(modelId ?? options().modelId)
    if (choice === null || (modelId !== null && (providers() ?? []).length < 2)) return null
    const measured = await raceProviders({
      startProcess,
      choice,
      providers: providers() ?? [CPU],
      threads: options().threads,
      signal: AbortSignal.any([signal, closing.signal]),
      onResult,
    })
    if (measured === null) return null
    tried.add(measured.modelId)
    await memory.keep(choice, measured)
    onWinner(measured.modelId, measured.winner)
    return measured
  }
  const runQuietly = async () => {
    const { modelId, provider } = options()
    if (provider !== AUTO || tried.has(modelId)) return
    const choice = await choiceOf(modelId)
    if (choice === null || (await memory.recall(choice)) !== null) return
    quiet = new AbortController()
    const { signal } = quiet
    await run(modelId, signal)
    // One that was disturbed is begun again in the next quiet while.
    if (!signal.aborted) tried.add(modelId)
  }
  const rest = () => {
    clearTimeout(later)
    if (afterMs === null || (providers() ?? []).length < 2) return
    later = setTimeout(() => void runQuietly().catch(() => undefined), afterMs)
    later.unref()
  }

  return {
    fastest: async (choice) => (await memory.recall(choice))?.winner ?? CPU,
    run,
    async measured() {
      const choice = await choiceOf(options().modelId)
      return choice === null ? null : memory.recall(choice)
    },
    rest,
    disturb() {
      quiet?.abort()
      quiet = null
      rest()
    },
    close() {
      clearTimeout(later)
      closing.abort()
    },
  }
}

/**
 * The race of the runtime's execution providers for one model: each runs a few encodes in a process of its own, so that
 * one that crashes or hangs harms nobody. One that computes something else than the CPU loses, however fast.
 */
import type { Measured, ProviderResult } from '../../../common/contract/providers.ts'
import { said } from '../../../common/said.ts'
import { cosineOf } from '../likeness.ts'
import type { ModelChoice } from '../manifest.ts'
import type { InferenceProcess } from '../process.ts'
import { askProcess } from './ask-process.ts'

/** How long one provider may take, ms; some compile the graph at first. */
const LAP_MS = 60_000
/** Of the embedding. Half precision gives .999, another model something below .9. */
const LIKE = 0.98
/** The CPU is left only for what takes less than this share of its time: it costs no start and no surprises. */
const WORTH = 0.9

const CPU = 'cpu'

export interface RaceParts {
  readonly startProcess: () => InferenceProcess
  readonly choice: ModelChoice
  /** The runtime's names; the CPU is always among them, and first. */
  readonly providers: readonly string[]
  /** 0 = one per physical core. */
  readonly threads: number
  readonly signal: AbortSignal
  readonly onResult?: ((results: readonly ProviderResult[]) => void) | undefined
  readonly lapMs?: number
}

const winnerOf = (results: readonly ProviderResult[]): string => {
  const able = results.filter(({ problem, ms }) => problem === null && ms !== null)
  const cpu = able.find(({ provider }) => provider === CPU)
  const fastest = able.reduce<ProviderResult | undefined>(
    (best, one) => (best === undefined || one.ms! < best.ms! ? one : best),
    undefined,
  )
  if (fastest === undefined) return CPU
  return cpu !== undefined && fastest.ms! > WORTH * cpu.ms! ? CPU : fastest.provider
}

/** @returns what was measured; null when it was cancelled, or the CPU itself failed */
export const raceProviders = async ({
  startProcess,
  choice,
  providers,
  threads,
  signal,
  onResult,
  lapMs = LAP_MS,
}: RaceParts): Promise<Measured | null> => {
  const results: ProviderResult[] = []
  let reference: Uint16Array | null = null
  const run = async (provider: string): Promise<ProviderResult> => {
    const out = (problem: string): ProviderResult => ({ provider, ms: null, likeness: null, problem })
    const late = AbortSignal.timeout(lapMs)
    const { outcome, reason } = await askProcess(
      startProcess,
      { type: 'measure', model: choice, provider, threads },
      AbortSignal.any([signal, late]),
    )
    if (outcome === null)
      return out(late.aborted ? said('It took too long.') : said('Its process ended: {reason}.', { reason }))
    if (outcome.type === 'unusable') return out(outcome.error.message)
    if (outcome.type !== 'measured') return out(said('It gave no answer.'))
    const { ms, embedding } = outcome.lap
    reference ??= embedding
    const likeness = cosineOf(reference, embedding)
    const isLike = likeness >= LIKE && embedding.length === reference.length
    return {
      provider,
      ms,
      likeness: Number.isNaN(likeness) ? 0 : likeness,
      problem: isLike ? null : said('It computes something else than the CPU.'),
    }
  }
  for (const provider of [CPU, ...providers.filter((name) => name !== CPU)]) {
    const result = await run(provider)
    if (signal.aborted) return null
    results.push(result)
    onResult?.(results)
    if (provider === CPU && result.problem !== null) return null
  }
  return { modelId: choice.variant.id, results, winner: winnerOf(results) }
}

/** One lap of the race of providers: a model on one provider, timed, and what it makes of a known picture. */
import { messageOf } from '../../../common/errors.ts'
import type { ModelChoice } from '../manifest.ts'
import { encodeCanary, tryCanary } from './canary.ts'
import { openExactly, type CreateSession } from './open-model.ts'
import { createSession } from './sessions.ts'

/** Encodes that are timed. */
const RUNS = 3

export interface Lap {
  /** The median of the encodes, ms. */
  readonly ms: number
  /** What the encoder made of the test picture, float16. */
  readonly embedding: Uint16Array
}

/**
 * @param create opens the graphs; for tests
 * @throws Error when the provider is absent, can't run the model, or its masks are wrong
 */
export const measureProvider = async (
  { model: choice, provider, threads }: { model: ModelChoice; provider: string; threads: number },
  create: CreateSession = createSession,
): Promise<Lap> => {
  const { model } = await openExactly(choice, { provider, threads }, create)
  const { data } = await tryCanary(model)
  const times: number[] = []
  for (let run = 0; run < RUNS; run++) {
    const start = performance.now()
    await encodeCanary(model)
    times.push(performance.now() - start)
  }
  const ms = times.sort((a, b) => a - b)[Math.floor(RUNS / 2)]!
  await model.dispose().catch((thrown: unknown) => {
    // It has done its work, and the process ends now.
    if (provider === 'cpu') throw new Error(messageOf(thrown))
  })
  return { ms, embedding: data }
}

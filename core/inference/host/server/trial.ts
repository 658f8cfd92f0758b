/** Tries a server for the person who gives its address: does it fit the chosen model, and what does it gain? */
import { CodedError } from '../../../../common/errors.ts'
import { said } from '../../../../common/said.ts'
import type { ModelChoice } from '../../manifest.ts'
import type { ServerAddress, ServerTrial } from '../../server.ts'
import { encodeCanary } from '../canary.ts'
import { openModel } from '../open-model.ts'
import type { SamModel } from '../sam.ts'
import { createConnection } from './connection.ts'
import { createServedSession } from './served-session.ts'
import { askReady, lookAtServer, wordsOf } from './serving.ts'

/** Encodes that are timed on each side. */
const RUNS = 3

const timeOf = async (model: SamModel): Promise<number> => {
  const times: number[] = []
  for (let run = 0; run < RUNS; run++) {
    const start = performance.now()
    await encodeCanary(model)
    times.push(performance.now() - start)
  }
  return times.sort((a, b) => a - b)[Math.floor(RUNS / 2)]!
}

/** @throws CodedError model-unavailable, offline with what is wrong and what to do */
export const runServerTrial = async ({
  model: choice,
  server,
  threads,
}: {
  readonly model: ModelChoice
  readonly server: ServerAddress
  readonly threads: number
}): Promise<ServerTrial> => {
  const opened = await openModel(choice, { provider: 'cpu', threads }).catch((thrown: unknown) => {
    throw new CodedError(
      'model-unavailable',
      said("{name} can't be loaded: {thrown}", { name: choice.variant.name, thrown: String(thrown) }),
    )
  })
  const connection = createConnection(server)
  const asking = {
    connection,
    model: server.model,
    wholeMs: () => server.wholeMs,
    signal: new AbortController().signal,
  }
  try {
    const session = createServedSession(asking, opened.encoder, { shapes: opened.shapes, isFinite: true })
    const served = await opened.openWith(session)
    await askReady(asking)
    const { model } = await lookAtServer(asking, opened.encoder, served)
    return { model, thereMs: await timeOf(served), hereMs: await timeOf(opened.model) }
  } catch (thrown) {
    throw new CodedError('offline', wordsOf(thrown, server.url), { cause: thrown })
  } finally {
    connection.close()
  }
}

/**
 * A server that encodes for this process: asked once in the background, used while it is there, left at its first
 * failure and tried again later, so that no encode waits for it twice. What it may be asked is looked at each time it
 * comes back: another model may run there by then.
 */
import type { Size } from '../../../../common/geometry/point.ts'
import { messageOf } from '../../../../common/errors.ts'
import { said } from '../../../../common/said.ts'
import type { ServerAddress, ServerState } from '../../server.ts'
import { tryCanary } from '../canary.ts'
import type { Pixels } from '../pixels.ts'
import type { Encoded, SamModel } from '../sam.ts'
import type { Session } from '../sessions.ts'
import { createConnection, Unreachable } from './connection.ts'
import { identify, lastIdentity } from './identity.ts'
import { BadAnswer } from './protocol.ts'
import { askModel, createServedSession, misfitOf, type Asking } from './served-session.ts'

/** The server was there and is no longer: the work is to be done here. */
export class ServerLost extends Error {
  override readonly name = 'ServerLost'
  override readonly message = said('The server is no longer there.')
}

/** How long a server that stays away is left alone at most, ms. */
const LAST_RETRY_MS = 5 * 60_000
/** A server that takes this many times as long as at first is left. */
const PATIENCE = 10

export interface ServerSight {
  readonly state: ServerState
  /** For the status bar; null when all is well. */
  readonly message: string | null
}

export interface Serving {
  /** Of the encoder there. */
  state(): ServerState
  /** The server answers, whatever it has to encode with. */
  isReachable(): boolean
  /** Resolves when the server has been asked for the first time, however that went. */
  readonly asked: Promise<void>
  /** Names the model there, as it was last seen; null before anything is known of it. */
  identity(): string | null
  /** @throws ServerLost; Error when it is not on */
  encode(frame: Pixels, shown: Size): Promise<Encoded>
  /**
   * Runs what asks the server for something. A server that can't be reached is lost.
   * @throws ServerLost, BadAnswer; Error when it is not reachable, and what `work` throws beside
   */
  use<T>(work: (asking: Omit<Asking, 'model'>) => Promise<T>): Promise<T>
  /** Aborts what runs there. */
  close(): void
}

export interface ServingPorts {
  readonly address: ServerAddress
  /** The encoder here, and the shapes that it gives. */
  readonly encoder: Session
  readonly shapes: ReadonlyMap<string, readonly number[]>
  /** Names the chosen model, whose decoder goes with the encoder. */
  readonly modelId: string
  /** Where is remembered which model runs there. */
  readonly identityFile: string
  /** The chosen model with `encoder` in place of its own. */
  readonly openWith: (encoder: Session) => Promise<SamModel>
  readonly onSight: (sight: ServerSight) => void
}

/** What a server does wrong, in words, with what to do. */
export const wordsOf = (thrown: unknown, url: string): string => {
  const { host } = new URL(url)
  if (thrown instanceof Unreachable)
    return said('Server {host} not reachable: {why}. Check that it runs, and its address in the settings.', {
      host,
      why: thrown.message,
    })
  return said('Server {host} can’t be used. {why}', { host, why: messageOf(thrown) })
}

const HERE = said('Photos are encoded on this computer meanwhile, and the server is tried again by itself.')

/** @throws Unreachable, BadAnswer */
export const askReady = ({ connection, wholeMs, signal }: Asking) =>
  connection.ask({ path: 'v2/health/ready', body: null, limit: 1e6, wholeMs: wholeMs(), signal })

/**
 * Whether the model there can stand in for the encoder here: by its names and shapes, then by a mask.
 * @returns what the server made of the test picture, and what it says of the model
 * @throws Unreachable, BadAnswer
 */
export const lookAtServer = async (
  asking: Asking,
  encoder: Session,
  served: SamModel,
): Promise<{ made: Encoded; model: Awaited<ReturnType<typeof askModel>> }> => {
  const model = await askModel(asking)
  const misfit = misfitOf(
    model,
    encoder,
    encoder.outputs.map(({ name }) => name),
  )
  if (misfit !== null)
    throw new BadAnswer(
      said('“{model}” there is not the encoder of the chosen model: {misfit}.', {
        model: asking.model,
        misfit,
      }),
    )
  try {
    return { made: await tryCanary(served), model }
  } catch (thrown) {
    if (thrown instanceof Unreachable || thrown instanceof BadAnswer || asking.signal.aborted) throw thrown
    throw new BadAnswer(
      said(
        '“{model}” there is another encoder than the chosen model’s: the mask of a test picture comes out wrong.',
        { model: asking.model },
      ),
      { cause: thrown },
    )
  }
}

/** Asks the server at once, in the background. */
export const createServing = async (ports: ServingPorts): Promise<Serving> => {
  const { address, encoder, shapes, modelId, identityFile, onSight } = ports
  const of = `${address.url} ${address.model} ${modelId}`
  const connection = createConnection(address)
  const closing = new AbortController()
  let state: ServerState = 'connecting'
  let isReachable = false
  let identity = lastIdentity(identityFile, of)
  let wholeMs = address.wholeMs
  let version: string | null = null
  let retryMs = address.retryMs
  let retry: NodeJS.Timeout | undefined

  const asking: Asking = {
    connection,
    model: address.model,
    wholeMs: () => wholeMs,
    signal: closing.signal,
  }
  const served = await ports.openWith(
    createServedSession(asking, encoder, {
      shapes,
      isFinite: true,
      onVersion(now) {
        // Another version may be another model: it is looked at first.
        if (state === 'on' && now !== version)
          throw new BadAnswer(said('Another version of the model runs there now.'))
        version = now
      },
    }),
  )

  const leave = (thrown: unknown) => {
    if (closing.signal.aborted) return
    state = 'away'
    if (thrown instanceof Unreachable) isReachable = false
    onSight({ state, message: `${wordsOf(thrown, address.url)} ${HERE}` })
    clearTimeout(retry)
    retry = setTimeout(() => void connect(), retryMs)
    retry.unref()
    retryMs = Math.min(LAST_RETRY_MS, retryMs * 2)
  }

  const connect = async () => {
    wholeMs = address.wholeMs
    try {
      const start = performance.now()
      await askReady(asking)
      isReachable = true
      const { made } = await lookAtServer(asking, encoder, served)
      wholeMs = Math.min(address.wholeMs, Math.max(address.leastMs, PATIENCE * (performance.now() - start)))
      identity = identify(identityFile, of, made.data)
      retryMs = address.retryMs
      state = 'on'
      onSight({ state, message: null })
    } catch (thrown) {
      leave(thrown)
    }
  }

  const use: Serving['use'] = async (work) => {
    if (!isReachable) throw new ServerLost()
    try {
      return await work(asking)
    } catch (thrown) {
      if (!(thrown instanceof Unreachable)) throw thrown
      leave(thrown)
      throw new ServerLost()
    }
  }

  onSight({ state, message: null })
  return {
    state: () => state,
    isReachable: () => isReachable,
    asked: connect(),
    identity: () => identity,
    async encode(frame, shown) {
      try {
        return await use(() => served.encode(frame, shown))
      } catch (thrown) {
        if (!(thrown instanceof BadAnswer)) throw thrown
        leave(thrown)
        throw new ServerLost()
      }
    },
    use,
    close() {
      clearTimeout(retry)
      state = 'away'
      isReachable = false
      closing.abort(new ServerLost())
      connection.close()
    },
  }
}

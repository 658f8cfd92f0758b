/** A server that runs encoders and detectors, as both sides of inference know it (docs/server.md). */
import type { ServerModel } from '../../common/contract/server.ts'

export interface ServerLimits {
  /** How long a connection and a whole answer may take, ms. */
  readonly connectMs: number
  readonly wholeMs: number
  /** A server that has become much slower than at first is left, but never before so many ms. */
  readonly leastMs: number
  /** When a server that is away is first asked again, ms; then later each time. */
  readonly retryMs: number
}

export interface ServerAddress extends ServerLimits {
  /** As `parseServerUrl` gives it: without a slash at its end. */
  readonly url: string
  /** What the encoder is called there. */
  readonly model: string
}

/** connecting: not asked yet; on: it encodes; away: this computer encodes, and the server is tried again later. */
export type ServerState = 'connecting' | 'on' | 'away'

/** What a trial of a server found. */
export interface ServerTrial {
  readonly model: ServerModel
  /** The median of a few encodes of a picture with a long side of 1024, there and here, ms. */
  readonly thereMs: number
  readonly hereMs: number
}

/** The CPU would have encoded a photo some times over. */
export const serverLimits: ServerLimits = { connectMs: 3000, wholeMs: 10_000, leastMs: 2000, retryMs: 5000 }

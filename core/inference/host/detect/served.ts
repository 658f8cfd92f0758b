/**
 * A detector that runs on the server, under the name of its file. A name says little: it is trusted once it has found
 * in a picture what the file finds here, and until then the file's own answer counts.
 */
import { basename } from 'node:path'
import { boxIou } from '../box-iou.ts'
import { BadAnswer } from '../server/protocol.ts'
import { askModel, createServedSession, misfitOf } from '../server/served-session.ts'
import type { Serving } from '../server/serving.ts'
import { ServerLost } from '../server/serving.ts'
import type { Session, TensorData } from '../sessions.ts'
import type { Found } from './decode.ts'

/** A name that the server does not know is asked for again after this long, ms: it may be put there by then. */
const ASK_AGAIN_MS = 60_000
/** What is not so much surer than the limit may fall under it by rounding. */
const CLEARLY = 0.1
/** Of two boxes of one object. */
const SAME_BOX = 0.7

type Feeds = Readonly<Record<string, TensorData>>
type Raw = Record<string, TensorData>

export interface ServedDetector {
  /** What the server makes of it; null when the file is to be run here. */
  run(feeds: Feeds, fetches: readonly string[]): Promise<Raw | null>
  /** It has found what the file finds. */
  isTrusted(): boolean
  /** Compares what both have found in one picture. @param minScore what was asked for */
  compare(here: readonly Found[], there: readonly Found[], minScore: number): void
}

const isAmong = (one: Found, all: readonly Found[]) =>
  all.some((other) => other.classIndex === one.classIndex && boxIou(one.box, other.box) >= SAME_BOX)

/** @param session the file, opened here */
export const createServedDetector = (serving: Serving, file: string, session: Session): ServedDetector => {
  const model = basename(file).replace(/\.onnx$/i, '')
  let standing: 'unknown' | 'fits' | 'trusted' | 'refused' = 'unknown'
  let askedAt = -Infinity

  const look = (fetches: readonly string[]) =>
    serving.use(async (asking) => {
      askedAt = performance.now()
      const there = await askModel({ ...asking, model })
      standing = misfitOf(there, session, fetches) === null ? 'fits' : 'refused'
    })

  return {
    isTrusted: () => standing === 'trusted',
    async run(feeds, fetches) {
      try {
        const isDue = performance.now() - askedAt >= ASK_AGAIN_MS
        if (!serving.isReachable() || standing === 'refused' || (standing === 'unknown' && !isDue))
          return null
        if (standing === 'unknown') await look(fetches)
        if (standing !== 'fits' && standing !== 'trusted') return null
        return await serving.use((asking) =>
          createServedSession({ ...asking, model }, session, { isFinite: false }).runAny(feeds, fetches),
        )
      } catch (thrown) {
        if (thrown instanceof BadAnswer) {
          // A name that is not known there is no fault of the server.
          if (standing !== 'unknown') standing = 'refused'
          return null
        }
        if (!(thrown instanceof ServerLost)) throw thrown
        standing = 'unknown'
        return null
      }
    },
    compare(here, there, minScore) {
      const clear = ({ score }: Found) => score >= minScore + CLEARLY
      const [ours, theirs] = [here.filter(clear), there.filter(clear)]
      if (ours.length === 0 && theirs.length === 0) return
      const agree = ours.every((one) => isAmong(one, there)) && theirs.every((one) => isAmong(one, here))
      standing = agree ? 'trusted' : 'refused'
    },
  }
}

/**
 * How the files of a folder are looked at one after the other: by plain calls, which a local disk answers in
 * microseconds, or on the thread pool, which takes ten times as long and holds nobody up while a slow drive answers.
 */

/** A plain look that took longer, ms, was at a slow drive. */
const SLOW_MS = 1
/** Looks on the thread pool until a plain one is tried again. */
const LOOKS = 200

export interface Pace {
  /** Plain calls are the better way now. */
  isSwift(): boolean
  /** Looks by plain calls, and remembers how long that took. @throws what `look` throws */
  timed<T>(look: () => T): T
}

export const createPace = (now: () => number = () => performance.now()): Pace => {
  let slowLooks = 0
  return {
    isSwift: () => slowLooks === 0 || --slowLooks === 0,
    timed(look) {
      const start = now()
      try {
        return look()
      } finally {
        if (now() - start > SLOW_MS) slowLooks = LOOKS
      }
    },
  }
}

/**
 * How the files of a folder are looked at one after the other: by plain calls, which a local disk answers in
 * microseconds, or on the thread pool, which takes ten times as long and holds nobody up while a slow drive answers.
 */

/** A plain look that took longer, ms, was at a slow drive, or the process had to wait for something else. */
const SLOW_MS = 1
/** So many of them in a row are the drive. */
const SLOW_LOOKS = 3
/** Looks on the thread pool until a plain one is tried again. */
const LOOKS = 200

export interface Pace {
  /** Plain calls are the better way now. */
  isSwift(): boolean
  /** Looks by plain calls, and remembers how long that took. @throws what `look` throws */
  timed<T>(look: () => T): T
}

export const createPace = (now: () => number = () => performance.now()): Pace => {
  let slow = 0
  let left = 0
  return {
    isSwift: () => left === 0 || --left === 0,
    timed(look) {
      const start = now()
      try {
        return look()
      } finally {
        slow = now() - start > SLOW_MS ? slow + 1 : 0
        if (slow >= SLOW_LOOKS) left = LOOKS
      }
    },
  }
}

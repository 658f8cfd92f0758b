/** The order of images that are worked on side by side: who must not be early waits until those before are over. */

/** Of one image. */
export interface Turn {
  /** Everything before it is over. */
  readonly isThere: () => boolean
  /** Resolves when it is. */
  readonly comes: Promise<void>
}

/** Where one image is worked on after the other. */
export const alwaysThere: Turn = { isThere: () => true, comes: Promise.resolve() }

export interface Turns {
  /** @param at counted from 0, each once */
  of(at: number): Turn
  /** That one is over, whichever way. */
  end(at: number): void
}

/** Keeps no more than is under way. */
export const createTurns = (): Turns => {
  let first = 0
  const over = new Set<number>()
  const waiting = new Map<number, () => void>()
  return {
    of(at) {
      const comes = at <= first ? Promise.resolve() : new Promise<void>((come) => waiting.set(at, come))
      return { isThere: () => at <= first, comes }
    },
    end(at) {
      over.add(at)
      while (over.delete(first)) {
        first++
        waiting.get(first)?.()
        waiting.delete(first)
      }
    },
  }
}

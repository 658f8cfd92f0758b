/** Waits for what is on its way to be stored: an object that waits for its mask, an edit that is not answered yet. */
import type { Workbench } from '../workbench/store.ts'

/** The start of the model and an encode fit in; an object that is not there by then will not come, ms. */
const PATIENCE = 20_000
/** What is stored sooner is not worth a word, ms. */
const SILENT = 300
const LOOK_AGAIN = 25

export interface StoringPorts {
  readonly workbench: Pick<Workbench, 'getState'>
  /** Tells the user what is waited for; `goOn` waits no longer. Returns a function that takes the words away. */
  readonly tell: (goOn: () => void) => () => void
}

/**
 * Calls `then` once: when all is stored, when it takes too long, or when the user waits no longer. Returns a function
 * that stops it.
 */
export const whenStored = ({ workbench, tell }: StoringPorts, then: () => void): (() => void) => {
  const start = performance.now()
  let timer: ReturnType<typeof setTimeout> | undefined
  let hide: (() => void) | null = null

  const stop = () => {
    clearTimeout(timer)
    hide?.()
  }
  const goOn = () => {
    stop()
    then()
  }
  const look = () => {
    const waited = performance.now() - start
    if (workbench.getState().unstored() === 0 || waited >= PATIENCE) {
      goOn()
      return
    }
    if (waited >= SILENT) hide ??= tell(goOn)
    timer = setTimeout(look, LOOK_AGAIN)
  }
  look()
  return stop
}

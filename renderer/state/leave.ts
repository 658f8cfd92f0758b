/**
 * Leaving with something on its way: an object that waits for its mask, an edit that is not stored yet. The page asks
 * to stay; the desktop's window closes by itself as soon as all is stored, a browser asks the user.
 */
import type { Workbench } from './workbench-store.ts'

/** An object that is not there by then will not come, ms. */
const PATIENCE = 2000
const LOOK_AGAIN = 25

export interface LeavePorts {
  readonly window: Pick<Window, 'addEventListener' | 'removeEventListener' | 'close'>
  readonly workbench: Pick<Workbench, 'getState'>
  /** True where the page may close its own window. */
  readonly closesItself: () => boolean
}

/** Listens on the window; returns a function that stops it. */
export const guardLeaving = ({ window, workbench, closesItself }: LeavePorts): (() => void) => {
  let timer: ReturnType<typeof setTimeout> | undefined
  let gaveUp = false

  const leaveWhenStored = (waited: number) => {
    if (workbench.getState().unstored() > 0 && waited < PATIENCE) {
      timer = setTimeout(() => leaveWhenStored(waited + LOOK_AGAIN), LOOK_AGAIN)
      return
    }
    timer = undefined
    gaveUp = true
    window.close()
  }
  const onLeave = (event: BeforeUnloadEvent) => {
    if (gaveUp || workbench.getState().unstored() === 0) return
    event.preventDefault()
    if (closesItself() && timer === undefined) leaveWhenStored(0)
  }
  window.addEventListener('beforeunload', onLeave)
  return () => {
    clearTimeout(timer)
    window.removeEventListener('beforeunload', onLeave)
  }
}

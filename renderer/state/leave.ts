/**
 * Leaving with something on its way: an object that waits for its mask, an edit that is not stored yet. The page asks
 * to stay; the desktop's window closes by itself as soon as all is stored, a browser asks the user.
 */
import { whenStored, type StoringPorts } from './storing.ts'

export interface LeavePorts extends StoringPorts {
  readonly window: Pick<Window, 'addEventListener' | 'removeEventListener' | 'close'>
  /** True where the page may close its own window. */
  readonly closesItself: () => boolean
}

/** Listens on the window; returns a function that stops it. */
export const guardLeaving = ({ window, workbench, tell, closesItself }: LeavePorts): (() => void) => {
  let stopWaiting: (() => void) | null = null
  let waited = false

  const onLeave = (event: BeforeUnloadEvent) => {
    if (waited || workbench.getState().unstored() === 0) return
    event.preventDefault()
    if (!closesItself()) return
    stopWaiting ??= whenStored({ workbench, tell }, () => {
      waited = true
      window.close()
    })
  }
  window.addEventListener('beforeunload', onLeave)
  return () => {
    stopWaiting?.()
    window.removeEventListener('beforeunload', onLeave)
  }
}

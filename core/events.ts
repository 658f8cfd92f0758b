/** Events to whoever listens. What happens before a page listens is sent again when it does. */
import type { AppEvent } from '../common/contract.ts'

export interface EventSource {
  readonly emit: (event: AppEvent) => void
  readonly subscribe: (listener: (event: AppEvent) => void) => () => void
  /** Repeats the notices and refusals that came before the first call of this; later calls do nothing. */
  readonly repeatEarly: () => void
}

export const createEvents = (): EventSource => {
  const listeners = new Set<(event: AppEvent) => void>()
  let early: AppEvent[] | null = []
  const tell = (event: AppEvent) => {
    for (const listener of listeners) listener(event)
  }
  return {
    emit(event) {
      if (['notice', 'project.refused', 'project.held'].includes(event.name)) early?.push(event)
      tell(event)
    },
    subscribe(listener) {
      // A function of its own for each: the same listener may be given twice.
      const own = (event: AppEvent) => listener(event)
      listeners.add(own)
      return () => void listeners.delete(own)
    },
    repeatEarly() {
      const events = early ?? []
      early = null
      events.forEach(tell)
    },
  }
}

/**
 * Outlines of kept masks with another detail, made by a worker of its own, so that no click waits for them. Owns the
 * worker, which lives from the first question until nothing is asked of it any more, and that only the newest question
 * is answered.
 */
import { CodedError } from '../../common/errors.ts'
import type { Detailed, DetailSource } from '../../common/geometry/detail.ts'
import type { DetailJob, DetailResult } from '../workers/detail-messages.ts'
import { t } from '../texts/t.ts'

/** What a Web Worker is to us; tests pass another. */
export interface DetailWorker {
  postMessage(job: DetailJob): void
  terminate(): void
  onmessage: ((event: MessageEvent<DetailResult>) => void) | null
  onerror: ((event: ErrorEvent) => void) | null
}

export interface Outliner {
  /**
   * One outline a source. Null when a newer question came first.
   * @param sources the same array as before costs nothing anew
   * @param details one a source, image pixels
   * @throws CodedError internal when the worker failed
   */
  outlines(
    sources: readonly DetailSource[],
    details: readonly number[],
  ): Promise<readonly (Detailed | null)[] | null>
  /** Lets the worker go; what waits for it is answered with null. */
  rest(): void
}

const startDetailWorker = (): DetailWorker =>
  new Worker(new URL('../workers/detail.worker.ts', import.meta.url), { type: 'module' })

interface Asked {
  readonly sources: readonly DetailSource[]
  readonly details: readonly number[]
  answer(outlines: readonly (Detailed | null)[] | null): void
  refuse(reason: CodedError): void
}

export const createOutliner = (startWorker: () => DetailWorker = startDetailWorker): Outliner => {
  let worker: DetailWorker | null = null
  /** What the worker has. */
  let known: readonly DetailSource[] | null = null
  let running: Asked | null = null
  /** The newest one asked while another ran. */
  let waiting: Asked | null = null
  let lastId = 0

  const stop = () => {
    worker?.terminate()
    worker = null
    known = null
  }
  const fail = (why: string) => {
    const lost = [running, waiting]
    running = waiting = null
    stop()
    for (const asked of lost)
      asked?.refuse(new CodedError('internal', t('The outline could not be made anew: {why}', { why })))
  }
  const start = (): DetailWorker => {
    const started = startWorker()
    started.onmessage = ({ data }) => {
      if (worker !== started || data.id !== lastId) return
      if ('error' in data) return fail(data.error)
      const asked = running
      running = null
      const isNewest = waiting === null
      if (waiting) run(waiting)
      asked?.answer(isNewest ? data.outlines : null)
    }
    started.onerror = (event) => worker === started && fail(event.message || t('the worker stopped.'))
    return started
  }
  const run = (asked: Asked) => {
    waiting = null
    running = asked
    worker ??= start()
    const { sources, details } = asked
    worker.postMessage({ id: ++lastId, sources: sources === known ? null : sources, details })
    known = sources
  }

  return {
    outlines: (sources, details) =>
      new Promise((answer, refuse) => {
        const asked = { sources, details, answer, refuse }
        if (running === null) return run(asked)
        waiting?.answer(null)
        waiting = asked
      }),
    rest() {
      const left = [running, waiting]
      running = waiting = null
      stop()
      for (const asked of left) asked?.answer(null)
    },
  }
}

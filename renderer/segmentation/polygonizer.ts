/**
 * The main thread's side of the polygon worker. Owns the worker: started at once so that the first click does not wait
 * for it, started again after a crash. Jobs that a crash took along are rejected; the caller may ask again.
 */
import type { Candidate } from '../../common/segmentation.ts'
import { CodedError } from '../../common/errors.ts'
import type { LogitsFrame } from '../../common/geometry/letterbox.ts'
import type { PolygonOptions } from '../../common/geometry/mask-to-polygon.ts'
import type { Prompt } from '../../common/model.ts'
import type { PolygonJob, PolygonResult, Traced } from '../workers/polygon-messages.ts'
import { t } from '../texts/t.ts'

/** What a Web Worker is to us; tests pass another. */
export interface PolygonWorker {
  postMessage(job: PolygonJob): void
  terminate(): void
  onmessage: ((event: MessageEvent<PolygonResult>) => void) | null
  onerror: ((event: ErrorEvent) => void) | null
  onmessageerror: ((event: MessageEvent) => void) | null
}

export interface Polygonizer {
  /**
   * Polygons of the candidates, in their order, and how long they took. The logits are copied to the worker (256 kB
   * each): the caller keeps them for the next prompt's mask input.
   * @throws CodedError internal when the worker failed or crashed, cancelled when it was closed
   */
  polygonise(
    candidates: readonly Candidate[],
    frame: LogitsFrame,
    options: PolygonOptions,
    prompts: readonly Prompt[],
  ): Promise<Traced>
  close(): void
}

interface Waiting {
  resolve(traced: Traced): void
  reject(reason: CodedError): void
}

const startPolygonWorker = (): PolygonWorker =>
  new Worker(new URL('../workers/polygon.worker.ts', import.meta.url), { type: 'module' })

export const createPolygonizer = (startWorker: () => PolygonWorker = startPolygonWorker): Polygonizer => {
  const waiting = new Map<number, Waiting>()
  let lastId = 0

  const rejectAll = (reason: CodedError) => {
    const lost = [...waiting.values()]
    waiting.clear()
    for (const job of lost) job.reject(reason)
  }

  const start = (): PolygonWorker => {
    const started = startWorker()
    const fail = (why: string) => {
      if (worker !== started) return
      started.terminate()
      worker = null
      rejectAll(new CodedError('internal', t('The mask could not be turned into a polygon: {why}', { why })))
    }
    started.onmessage = ({ data }) => {
      const job = waiting.get(data.id)
      waiting.delete(data.id)
      if ('polygons' in data) job?.resolve({ polygons: data.polygons, times: data.times })
      else
        job?.reject(
          new CodedError(
            'internal',
            t('The mask could not be turned into a polygon: {error}', { error: data.error }),
          ),
        )
    }
    started.onerror = (event) => fail(event.message || t('the worker stopped.'))
    started.onmessageerror = () => fail(t('its answer could not be read.'))
    return started
  }

  /** Null after a crash, until the next job. */
  let worker: PolygonWorker | null = null
  let closed = false
  worker = start()

  return {
    polygonise(candidates, frame, options, prompts) {
      if (closed) return Promise.reject(new CodedError('cancelled', t('The polygon worker is closed.')))
      const id = ++lastId
      const answer = new Promise<Traced>((resolve, reject) => waiting.set(id, { resolve, reject }))
      worker ??= start()
      worker.postMessage({ id, frame, options, prompts, candidates })
      return answer
    },
    close() {
      closed = true
      worker?.terminate()
      worker = null
      rejectAll(new CodedError('cancelled', t('The polygon worker was closed.')))
    },
  }
}

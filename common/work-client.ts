/** Long work as a caller sees it: start it, and wait for its end. */
import type { Work } from './contract/work.ts'
import { CodedError } from './errors.ts'
import type { Client } from './rpc.ts'
import { isOngoing, isWorkOf, type WorkName, type WorkOf, type WorkRequest } from './work-kinds.ts'

/**
 * Starts a run and answers its id when it is planned.
 * @throws CodedError as `work.start`
 */
export const startWork = async <K extends WorkName>(
  client: Client,
  kind: K,
  request: WorkRequest<K>,
): Promise<string> => (await client.call('work.start', { kind, request })).id

/**
 * Starts a run and waits until it has ended, however it did.
 * @param onChange hears of each change of the run, the end among them
 * @param onStart hears the id, for pausing and cancelling
 * @throws CodedError as `work.start`
 */
export const runWork = <K extends WorkName>(
  client: Client,
  kind: K,
  request: WorkRequest<K>,
  onChange: (work: WorkOf<K>) => void = () => undefined,
  onStart: (id: string) => unknown = () => undefined,
): Promise<WorkOf<K>> =>
  new Promise((resolve, reject) => {
    let id: string | null = null
    const hear = (work: Work) => {
      if (work.id !== id || !isWorkOf(work, kind)) return
      onChange(work)
      if (isOngoing(work)) return
      stop()
      resolve(work)
    }
    const stop = client.on('work.changed', ({ work }) => hear(work))
    startWork(client, kind, request).then(
      (started) => {
        id = started
        onStart(started)
      },
      (thrown: unknown) => {
        stop()
        reject(thrown)
      },
    )
  })

/** The run when it is done. @throws CodedError why it is not: what it failed of, or `cancelled` */
export const ensureDone = <K extends WorkName>(work: WorkOf<K>): WorkOf<K> => {
  if (work.state === 'done') return work
  if (work.failure !== null) throw new CodedError(work.failure.code, work.failure.message)
  throw new CodedError('cancelled', 'Cancelled.')
}

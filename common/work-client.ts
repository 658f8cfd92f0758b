/** Long work as a caller sees it: start it, and wait for its end. */
import type { Work } from './contract/work.ts'
import { CodedError, errorOfReply } from './errors.ts'
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
export const runWork = async <K extends WorkName>(
  client: Client,
  kind: K,
  request: WorkRequest<K>,
  onChange: (work: WorkOf<K>) => void = () => undefined,
  onStart: (id: string) => unknown = () => undefined,
): Promise<WorkOf<K>> => {
  /** What was heard before the answer to the start was: some transports deliver both at once. */
  const early: Work[] = []
  let id: string | null = null
  let end: (work: WorkOf<K>) => void = () => undefined
  const ended = new Promise<WorkOf<K>>((resolve) => (end = resolve))
  const hear = (work: Work) => {
    if (id === null) early.push(work)
    if (work.id !== id || !isWorkOf(work, kind)) return
    onChange(work)
    if (!isOngoing(work)) end(work)
  }
  const stop = client.on('work.changed', ({ work }) => hear(work))
  try {
    id = await startWork(client, kind, request)
    onStart(id)
    for (const work of early) hear(work)
    return await ended
  } finally {
    stop()
  }
}

/** The run when it is done. @throws CodedError why it is not: what it failed of, or `cancelled` */
export const ensureDone = <K extends WorkName>(work: WorkOf<K>): WorkOf<K> => {
  if (work.state === 'done') return work
  if (work.failure !== null) throw errorOfReply(work.failure)
  throw new CodedError('cancelled', 'Cancelled.')
}

/**
 * Looks at what other work would do, as a run that tells how far it is, and is cancelled when nobody waits for it any
 * more.
 */
import { useEffect, useRef, useState } from 'react'
import { hasCode, toErrorReply, type ErrorReply } from '../../../common/errors.ts'
import { ensureDone, runWork } from '../../../common/work-client.ts'
import type { WorkDetail, WorkOf, WorkRequest } from '../../../common/work-kinds.ts'
import { attempt } from '../../state/report.ts'
import { useSession } from '../../state/session-context.ts'

type LookKind = 'import-look' | 'merge-look'

export interface Look<K extends LookKind = LookKind> {
  readonly report: WorkDetail<K> | null
  /** The run, while it looks; `starting` before there is anything to count. */
  readonly run: WorkOf<K> | 'starting' | null
  readonly problem: ErrorReply | null
  look(request: WorkRequest<K>): void
  /** Back to the form. */
  drop(): void
}

export const useLook = <K extends LookKind>(kind: K): Look<K> => {
  const { client } = useSession()
  const [report, setReport] = useState<WorkDetail<K> | null>(null)
  const [run, setRun] = useState<Look<K>['run']>(null)
  const [problem, setProblem] = useState<ErrorReply | null>(null)
  /** Counts the looks; what an older one says is no news. */
  const newest = useRef(0)
  const id = useRef<string | null>(null)

  const cancel = () => {
    newest.current++
    if (id.current !== null) attempt(client.call('work.cancel', { id: id.current }))
    id.current = null
  }
  const latestCancel = useRef(cancel)
  useEffect(() => () => latestCancel.current(), [])

  const look = async (request: WorkRequest<K>) => {
    cancel()
    const mine = newest.current
    const isMine = () => mine === newest.current
    setProblem(null)
    setRun('starting')
    try {
      const end = await runWork(
        client,
        kind,
        request,
        (work) => isMine() && setRun(work),
        (started) => {
          if (isMine()) id.current = started
          else attempt(client.call('work.cancel', { id: started }))
        },
      )
      if (isMine()) setReport(ensureDone(end).detail)
    } catch (thrown) {
      if (isMine() && !hasCode(thrown, 'cancelled')) {
        setReport(null)
        setProblem(toErrorReply(thrown))
      }
    } finally {
      if (isMine()) {
        id.current = null
        setRun(null)
      }
    }
  }
  return {
    report,
    run,
    problem,
    look: (request) => void look(request),
    drop() {
      cancel()
      setRun(null)
      setReport(null)
    },
  }
}

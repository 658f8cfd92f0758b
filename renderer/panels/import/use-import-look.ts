/** Looks at labels as a run that tells how far it is, and is cancelled when nobody waits for it any more. */
import { useEffect, useRef, useState } from 'react'
import type { ImportReport } from '../../../common/contract/import.ts'
import { hasCode, toErrorReply, type ErrorReply } from '../../../common/errors.ts'
import { ensureDone, runWork } from '../../../common/work-client.ts'
import type { WorkOf } from '../../../common/work-kinds.ts'
import { attempt } from '../../state/report.ts'
import { useSession } from '../../state/session-context.ts'
import { importRequestOf, type ImportForm } from './import-request.ts'

export interface ImportLook {
  readonly report: ImportReport | null
  /** The run, while it looks; `starting` before the labels are understood. */
  readonly run: WorkOf<'import-look'> | 'starting' | null
  readonly problem: ErrorReply | null
  look(form: ImportForm): void
  /** Back to the form. */
  drop(): void
}

export const useImportLook = (): ImportLook => {
  const { client } = useSession()
  const [report, setReport] = useState<ImportReport | null>(null)
  const [run, setRun] = useState<ImportLook['run']>(null)
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

  const look = async (form: ImportForm) => {
    cancel()
    const mine = newest.current
    const isMine = () => mine === newest.current
    setProblem(null)
    setRun('starting')
    try {
      const end = await runWork(
        client,
        'import-look',
        importRequestOf(form),
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
    look: (form) => void look(form),
    drop() {
      cancel()
      setRun(null)
      setReport(null)
    },
  }
}

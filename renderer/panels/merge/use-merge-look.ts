/** Compares the open project with a colleague's as a run that tells how far it is, and is cancelled when nobody waits for it any more. */
import { useEffect, useRef, useState } from 'react'
import type { MergeReport, MergeRequest } from '../../../common/contract/merge.ts'
import { hasCode, toErrorReply } from '../../../common/errors.ts'
import { ensureDone, runWork } from '../../../common/work-client.ts'
import type { WorkOf } from '../../../common/work-kinds.ts'
import { attempt } from '../../state/report.ts'
import { useSession } from '../../state/session-context.ts'
import { pathOf } from '../paths.ts'

/** How many differences are listed: each with two outlines. */
const MOST = 500

export interface MergeForm {
  readonly path: string
  /** Names of classes there that are not those here in another case. */
  readonly apart: readonly string[]
}

export const mergeRequestOf = (
  { path, apart }: MergeForm,
  rest: Partial<Pick<MergeRequest, 'rule' | 'decisions'>> = {},
): MergeRequest => ({
  ...{ other: pathOf(path), iou: 0.5, rule: 'ask', decisions: [], apart: [...apart], most: MOST },
  ...rest,
})

interface MergeLook {
  readonly report: MergeReport | null
  /** The run, while it looks; `starting` before the other project is open. */
  readonly run: WorkOf<'merge-look'> | 'starting' | null
  readonly problem: string | null
  look(form: MergeForm): void
  /** Back to the form. */
  drop(): void
}

export const useMergeLook = (): MergeLook => {
  const { client } = useSession()
  const [report, setReport] = useState<MergeReport | null>(null)
  const [run, setRun] = useState<MergeLook['run']>(null)
  const [problem, setProblem] = useState<string | null>(null)
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

  const look = async (form: MergeForm) => {
    cancel()
    const mine = newest.current
    const isMine = () => mine === newest.current
    setProblem(null)
    setRun('starting')
    try {
      const end = await runWork(
        client,
        'merge-look',
        mergeRequestOf(form),
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
        setProblem(toErrorReply(thrown).message)
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

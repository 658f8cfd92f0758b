/** Export: choose, run with progress and cancel, report. */
import { useEffect, useEffectEvent, useState } from 'react'
import type { ExportReport as Report, ExportRequest } from '../../../common/contract/export.ts'
import { formatList, formatOf } from '../../../common/formats.ts'
import { isOngoing, type WorkOf } from '../../../common/work-kinds.ts'
import { attempt } from '../../state/report.ts'
import { useApp, useImages, useSession, useWork } from '../../state/session-context.ts'
import { runOf } from '../../state/work.ts'
import { useFilled } from '../controls/use-keys.ts'
import { Modal } from '../controls/Modal.tsx'
import { ProgressBar } from '../controls/ProgressBar.tsx'
import { count } from '../words.ts'
import { exportSummary, useExportCounts } from './export-counts.ts'
import { ExportForm } from './ExportForm.tsx'
import { ExportReport } from './ExportReport.tsx'
import { errorText, heard } from '../../texts/heard.ts'
import { t } from '../../texts/t.ts'

type Phase =
  | { readonly at: 'form'; readonly problem: string | null }
  /** `id` of the run; null while it is started. */
  | { readonly at: 'running'; readonly id: string | null }
  | { readonly at: 'done'; readonly report: Report }

/** Chosen until another is. */
const first = formatList[0]!

/** Beside the image folder, never in it. */
const proposedFolder = (folder: string, format: string) => `${folder.replace(/[\\/]+$/, '')}-${format}`

const Progress = ({ run }: { run: WorkOf<'export'> | null }) => (
  <ProgressBar
    testId="export-progress"
    label={t('Export')}
    share={run && run.total > 0 ? run.done / run.total : null}
    left={run?.message ? heard(run.message) : t('Starting…')}
    right={run && run.total > 0 && t('{done} of {total}', { done: count(run.done), total: count(run.total) })}
  />
)

/** The run of that id. `onEnd` hears when it has ended; of null, when the core has lost it. */
const useRun = (id: string | null, onEnd: (run: WorkOf<'export'> | null) => void) => {
  const run = useWork((state) => {
    const newest = runOf(state, 'export')
    return newest?.id === id ? newest : null
  })
  const [seen, setSeen] = useState<string | null>(null)
  if (run && seen !== id) setSeen(id)
  const isLost = id !== null && seen === id && run === null
  const end = useEffectEvent(onEnd)
  useEffect(() => {
    if (isLost || (run && !isOngoing(run))) end(run)
  }, [run, isLost])
  return run
}

export const ExportDialog = ({ onClose }: { onClose: () => void }) => {
  const { client, work } = useSession()
  const folder = useApp((state) => state.project?.folder ?? '')
  const counts = useExportCounts()
  const total = useImages((state) => state.total)
  const [phase, setPhase] = useState<Phase>({ at: 'form', problem: null })
  const [request, setRequest] = useState<ExportRequest>({
    format: first.id,
    out: proposedFolder(folder, first.id),
    copyImages: true,
    validation: 0.2,
    seed: 0,
  })
  const change = (next: ExportRequest) => {
    // Each format is asked other things.
    const isSame = next.format === request.format
    const clean = isSame ? next : { ...next, options: {}, beside: false }
    const untouched = [proposedFolder(folder, request.format), folder].includes(request.out)
    const isFree = untouched && next.out === request.out
    const out = clean.beside === true ? folder : isFree ? proposedFolder(folder, next.format) : next.out
    setRequest({ ...clean, out })
  }
  const exporting = useRun(phase.at === 'running' ? phase.id : null, (ended) => {
    if (ended?.state === 'done' && ended.detail !== null) setPhase({ at: 'done', report: ended.detail })
    else if (ended)
      setPhase({ at: 'form', problem: ended.failure ? heard(ended.failure.message) : t('Cancelled.') })
    else setPhase({ at: 'form', problem: t('The export ended when the connection was lost. Export again.') })
  })
  const run = async (asked: ExportRequest) => {
    setRequest(asked)
    setPhase({ at: 'running', id: null })
    try {
      setPhase({ at: 'running', id: await work.start('export', asked) })
    } catch (thrown) {
      setPhase({ at: 'form', problem: errorText(thrown) })
    }
  }
  const cancel = () => {
    if (phase.at === 'running' && phase.id !== null) attempt(work.cancel(phase.id))
  }
  const close = () => {
    if (phase.at === 'running') cancel()
    else onClose()
  }

  const summary = useFilled(
    counts
      ? exportSummary(counts, formatOf(request.format), {
          onlyDone: request.onlyDone === true,
          listed: request.filter === undefined ? null : total,
        })
      : t('Counting…'),
  )
  return (
    <Modal
      open
      onClose={close}
      title={phase.at === 'done' ? t('Exported') : t('Export')}
      width={phase.at === 'form' ? 700 : 580}
      testId="export-dialog"
      footer={
        phase.at === 'form' ? (
          <>
            <button type="button" className="button" onClick={onClose}>
              {t('Cancel')}
            </button>
            <button
              type="button"
              className="button primary"
              disabled={request.out.trim() === '' || counts?.images === 0}
              data-testid="export-run"
              onClick={() => void run(request)}
            >
              {t('Export')}
            </button>
          </>
        ) : phase.at === 'running' ? (
          <button type="button" className="button" data-testid="export-cancel" onClick={cancel}>
            {t('Cancel')}
          </button>
        ) : (
          <>
            <button type="button" className="button" onClick={() => setPhase({ at: 'form', problem: null })}>
              {t('Export again…')}
            </button>
            <button
              type="button"
              className="button"
              onClick={() => attempt(client.call('folders.reveal', { folder: phase.report.out }))}
            >
              {t('Show folder')}
            </button>
            <button type="button" className="button primary" data-testid="export-close" onClick={onClose}>
              {t('Done')}
            </button>
          </>
        )
      }
    >
      {phase.at === 'form' && (
        <>
          <ExportForm request={request} onChange={change} />
          <p className="export-summary" role="status" data-testid="export-summary">
            {summary}
          </p>
          {phase.problem && (
            <p className="error-line" role="alert" data-testid="export-error">
              {phase.problem}
            </p>
          )}
        </>
      )}
      {phase.at === 'running' && <Progress run={exporting} />}
      {phase.at === 'done' && (
        <ExportReport report={phase.report} onRenumber={() => void run({ ...request, renumber: true })} />
      )}
    </Modal>
  )
}

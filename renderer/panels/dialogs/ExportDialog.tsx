/** Export: choose, run with progress and cancel, report. */
import { useEffect, useState } from 'react'
import type { EventPayload } from '../../../common/contract.ts'
import type { ExportReport as Report, ExportRequest } from '../../../common/contract/export.ts'
import { hasCode, toErrorReply } from '../../../common/errors.ts'
import { attempt } from '../../state/report.ts'
import { useApp, useSession } from '../../state/session-context.ts'
import { Modal } from '../controls/Modal.tsx'
import { ProgressBar } from '../controls/ProgressBar.tsx'
import { count } from '../words.ts'
import { exportSummary, useExportCounts } from './export-counts.ts'
import { ExportForm } from './ExportForm.tsx'
import { ExportReport } from './ExportReport.tsx'

type Phase =
  | { readonly at: 'form'; readonly problem: string | null }
  | { readonly at: 'running'; readonly progress: EventPayload<'transfer.progress'> | null }
  | { readonly at: 'done'; readonly report: Report }

/** Beside the image folder, never in it. */
const proposedFolder = (folder: string, format: string) => `${folder.replace(/[\\/]+$/, '')}-${format}`

const Progress = ({ progress }: { progress: EventPayload<'transfer.progress'> | null }) => (
  <ProgressBar
    testId="export-progress"
    label="Export"
    share={progress && progress.total > 0 ? progress.done / progress.total : null}
    left={progress?.message ?? 'Starting…'}
    right={progress && progress.total > 0 && `${count(progress.done)} of ${count(progress.total)}`}
  />
)

export const ExportDialog = ({ onClose }: { onClose: () => void }) => {
  const { client } = useSession()
  const folder = useApp((state) => state.project?.folder ?? '')
  const counts = useExportCounts()
  const [phase, setPhase] = useState<Phase>({ at: 'form', problem: null })
  const [request, setRequest] = useState<ExportRequest>({
    format: 'coco',
    out: proposedFolder(folder, 'coco'),
    copyImages: true,
    validation: 0.2,
    seed: 0,
  })
  const change = (next: ExportRequest) => {
    const untouched = request.out === proposedFolder(folder, request.format)
    setRequest(
      untouched && next.out === request.out ? { ...next, out: proposedFolder(folder, next.format) } : next,
    )
  }
  useEffect(
    () =>
      client.on('transfer.progress', (progress) =>
        setPhase((phase) => (phase.at === 'running' ? { at: 'running', progress } : phase)),
      ),
    [client],
  )
  const run = async () => {
    setPhase({ at: 'running', progress: null })
    try {
      setPhase({ at: 'done', report: await client.call('transfer.export', request) })
    } catch (thrown) {
      // What an export says names the way out itself.
      const problem = hasCode(thrown, 'cancelled') ? 'Cancelled.' : toErrorReply(thrown).message
      setPhase({ at: 'form', problem })
    }
  }
  const cancel = () => attempt(client.call('transfer.cancel', {}))
  const close = () => {
    if (phase.at === 'running') cancel()
    else onClose()
  }

  return (
    <Modal
      open
      onClose={close}
      title={phase.at === 'done' ? 'Exported' : 'Export'}
      width={580}
      testId="export-dialog"
      footer={
        phase.at === 'form' ? (
          <>
            <button type="button" className="button" onClick={onClose}>
              Cancel
            </button>
            <button
              type="button"
              className="button primary"
              disabled={request.out.trim() === '' || counts?.images === 0}
              data-testid="export-run"
              onClick={() => void run()}
            >
              Export
            </button>
          </>
        ) : phase.at === 'running' ? (
          <button type="button" className="button" data-testid="export-cancel" onClick={cancel}>
            Cancel
          </button>
        ) : (
          <>
            <button type="button" className="button" onClick={() => setPhase({ at: 'form', problem: null })}>
              Export again…
            </button>
            <button
              type="button"
              className="button"
              onClick={() => attempt(client.call('folders.reveal', { folder: phase.report.out }))}
            >
              Show folder
            </button>
            <button type="button" className="button primary" data-testid="export-close" onClick={onClose}>
              Done
            </button>
          </>
        )
      }
    >
      {phase.at === 'form' && (
        <>
          <ExportForm request={request} onChange={change} />
          <p className="export-summary" role="status" data-testid="export-summary">
            {counts ? exportSummary(counts, request.format) : 'Counting…'}
          </p>
          {phase.problem && (
            <p className="error-line" role="alert" data-testid="export-error">
              {phase.problem}
            </p>
          )}
        </>
      )}
      {phase.at === 'running' && <Progress progress={phase.progress} />}
      {phase.at === 'done' && <ExportReport report={phase.report} />}
    </Modal>
  )
}

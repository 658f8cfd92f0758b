/** What long work has made in this project, run by run: undone and done again as a whole, as long as the project lives. */
import { Redo2, Undo2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { StoredRun } from '../../../common/contract/edits.ts'
import { moveRun } from '../../state/runs.ts'
import { useSession } from '../../state/session-context.ts'
import { Modal } from '../controls/Modal.tsx'
import { momentText } from '../../texts/numbers.ts'
import { errorText } from '../../texts/heard.ts'
import { t } from '../../texts/t.ts'

const RunRow = ({
  run,
  isBusy,
  disabled,
  onMove,
}: {
  run: StoredRun
  isBusy: boolean
  disabled: boolean
  onMove: () => void
}) => {
  const Icon = run.isUndone ? Redo2 : Undo2
  const verb = run.isUndone ? t('Redo') : t('Undo')
  return (
    <li className="run-row" data-testid="run-row" data-undone={run.isUndone ? '' : undefined}>
      <div>
        <b>{t(run.title)}</b>
        <span className="dim">
          {momentText(run.at)} ·{' '}
          {t(
            '{objects, plural, one {# object} other {# objects}} on {images, plural, one {# image} other {# images}}',
            { objects: run.objects, images: run.images },
          )}
          {run.isUndone && ` · ${t('undone')}`}
        </span>
      </div>
      <button
        type="button"
        className="button"
        disabled={disabled}
        aria-label={`${verb} ${t(run.title)}, ${momentText(run.at)}`}
        data-testid="run-move"
        onClick={onMove}
      >
        <Icon size={14} strokeWidth={1.75} aria-hidden />
        {isBusy ? t('Working…') : verb}
      </button>
    </li>
  )
}

export const RunsDialog = ({ onClose }: { onClose: () => void }) => {
  const { client } = useSession()
  const [runs, setRuns] = useState<readonly StoredRun[] | null>(null)
  const [busy, setBusy] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => {
    client.call('edit.runs', {}).then(
      (answer) => setRuns(answer.runs),
      (thrown: unknown) => setProblem(errorText(thrown)),
    )
  }, [client])
  const move = async (run: StoredRun) => {
    setBusy(run.run)
    setProblem(null)
    try {
      await moveRun(client, run, run.isUndone ? 'redo' : 'undo')
      setRuns((await client.call('edit.runs', {})).runs)
    } catch (thrown) {
      setProblem(errorText(thrown))
    } finally {
      setBusy(null)
    }
  }
  return (
    <Modal
      open
      onClose={onClose}
      title={t('Undo a run')}
      description={t(
        'Takes back all that a run has made, on every image. Objects that were changed or locked since stay as they are.',
      )}
      width={520}
      testId="runs-dialog"
    >
      {problem !== null && (
        <p className="error-line" role="alert">
          {problem}
        </p>
      )}
      {runs?.length === 0 && (
        <p className="dim" data-testid="runs-empty">
          {t(
            'No run has made anything in this project yet. Boxes to masks, imports and changed photos that were settled together are listed here.',
          )}
        </p>
      )}
      {runs !== null && runs.length > 0 && (
        <ul className="run-rows">
          {runs.map((run) => (
            <RunRow
              key={run.run}
              run={run}
              isBusy={busy === run.run}
              disabled={busy !== null}
              onMove={() => void move(run)}
            />
          ))}
        </ul>
      )}
    </Modal>
  )
}

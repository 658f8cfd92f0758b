/** What is wrong in the project, kind by kind, each with its repair. */
import { RotateCw, Undo2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import { checkKinds, checkTexts, usualChecks, type CheckKind } from '../../../common/checks.ts'
import type { Finding } from '../../../common/contract/checks.ts'
import { isOngoing } from '../../../common/work-kinds.ts'
import { ensureDone, runWork } from '../../../common/work-client.ts'
import { attempt } from '../../state/report.ts'
import { useSession, useWork } from '../../state/session-context.ts'
import { runOf } from '../../state/work.ts'
import { Modal } from '../controls/Modal.tsx'
import { ProgressBar } from '../controls/ProgressBar.tsx'
import { count } from '../words.ts'
import { FindingRows, keyOf } from './FindingRows.tsx'
import { heard } from '../../texts/heard.ts'
import { t } from '../../texts/t.ts'

/** What the last repair did. */
interface Last {
  readonly text: string
  /** That takes it back; null when nothing was done. */
  readonly run: string | null
}

/** What is done once is not shown any more, until it is checked again. */
const useRepairs = (runId: string | undefined) => {
  const { client, work } = useSession()
  const [gone, setGone] = useState<{ run: string | undefined; keys: ReadonlySet<string> }>({
    run: runId,
    keys: new Set(),
  })
  const [busy, setBusy] = useState(false)
  const [last, setLast] = useState<Last | null>(null)
  const keys = gone.run === runId ? gone.keys : new Set<string>()
  const repair = async (kind: CheckKind, meant: readonly Finding[] | null, all: readonly Finding[]) => {
    setBusy(true)
    try {
      let run = ''
      const only =
        meant === null
          ? {}
          : {
              images: meant.flatMap(({ imageId }) => imageId ?? []),
              labels: meant.flatMap(({ labels }) => labels),
            }
      const request = {
        kind,
        ...(only.images?.length ? { images: only.images } : {}),
        ...(only.labels?.length ? { labels: only.labels } : {}),
      }
      const end = ensureDone(await runWork(client, 'repair', request, undefined, (id) => (run = id)))
      const repaired = end.detail?.repaired ?? 0
      if (end.leftOutCount === 0)
        setGone({ run: runId, keys: new Set([...keys, ...(meant ?? all).map(keyOf)]) })
      const left = end.leftOutCount > 0 ? ` ${heard(end.leftOut[0]?.message ?? '')}` : ''
      const said = t('{check}: {count, number} repaired.', {
        check: t(checkTexts[kind].title),
        count: repaired,
      })
      setLast({
        text: said + left,
        run: repaired > 0 ? run : null,
      })
    } finally {
      setBusy(false)
    }
  }
  const undo = async (run: string) => {
    setBusy(true)
    try {
      await client.call('edit.undoRun', { run })
      setLast(null)
      setGone({ run: runId, keys: new Set() })
      await work.start('check', {})
    } finally {
      setBusy(false)
    }
  }
  return { gone: keys, busy, last, repair, undo }
}

const Kind = ({
  kind,
  findings,
  total,
  busy,
  onRepair,
  onShow,
}: {
  kind: CheckKind
  findings: readonly Finding[]
  total: number
  busy: boolean
  onRepair: (meant: readonly Finding[] | null) => void
  onShow: (finding: Finding) => void
}) => {
  const { title, why, repair } = checkTexts[kind]
  return (
    <section className="check-kind" aria-label={t(title)} data-testid={`check-${kind}`}>
      <header>
        <h3>{t(title)}</h3>
        <span className="badge">{count(total)}</span>
        <button
          type="button"
          className="button"
          disabled={busy}
          data-testid={`repair-${kind}`}
          onClick={() => onRepair(null)}
        >
          {t(repair)}
        </button>
      </header>
      <p className="dim">{t(why)}</p>
      <FindingRows findings={findings} total={total} busy={busy} onRepair={onRepair} onShow={onShow} />
    </section>
  )
}

export const ChecksDialog = ({ onClose }: { onClose: () => void }) => {
  const { work, navigation, workbench } = useSession()
  const run = useWork((state) => runOf(state, 'check'))
  const [pictures, setPictures] = useState(false)
  const isRunning = run !== null && isOngoing(run)
  const { gone, busy, last, repair, undo } = useRepairs(run?.id)
  const check = () => attempt(work.start('check', { kinds: [...(pictures ? checkKinds : usualChecks)] }))
  // What was found when the dialog was open last may be mended by now.
  useEffect(() => attempt(work.start('check', {})), [work])

  const show = async ({ imageId, objects }: Finding) => {
    if (imageId === null) return
    onClose()
    if (!(await navigation.show(imageId))) await workbench.getState().openImage(imageId, [])
    workbench.getState().selectAll(objects)
  }
  const detail = run !== null && !isRunning ? run.detail : null
  const open = detail?.findings.filter((finding) => !gone.has(keyOf(finding))) ?? []
  const totalOf = (kind: CheckKind) => {
    const told = detail?.findings.filter((finding) => finding.kind === kind) ?? []
    const left = told.filter((finding) => !gone.has(keyOf(finding))).length
    // All of a kind were repaired, the untold ones too.
    return left === 0 ? 0 : (detail?.counts[kind] ?? 0) - told.length + left
  }
  const kinds = checkKinds.filter((kind) => totalOf(kind) > 0)
  return (
    <Modal
      open
      onClose={onClose}
      title={t('Check the project')}
      description={t(
        'Looks at every image, object and class. A repair can be undone; what is locked stays as it is.',
      )}
      width={680}
      testId="checks-dialog"
      footer={
        <>
          <label className="check foot-note">
            <input
              type="checkbox"
              checked={pictures}
              data-testid="check-pictures"
              onChange={(event) => setPictures(event.target.checked)}
            />
            {t('Compare the pictures too, which reads every file')}
          </label>
          <button
            type="button"
            className="button"
            disabled={isRunning || busy}
            data-testid="check-again"
            onClick={check}
          >
            <RotateCw size={14} strokeWidth={1.75} aria-hidden />
            {t('Check again')}
          </button>
        </>
      }
    >
      {isRunning && (
        <ProgressBar
          testId="check-progress"
          label={t('Check')}
          share={run.total > 0 ? run.done / run.total : null}
          left={t('{done, number} of {count, plural, one {# image} other {# images}}', {
            done: run.done,
            count: run.total,
          })}
          right={heard(run.message ?? '')}
        />
      )}
      {last !== null && (
        <p className="check-last" role="status" data-testid="check-last">
          <span>{last.text}</span>
          {last.run !== null && (
            <button
              type="button"
              className="button"
              disabled={busy}
              data-testid="repair-undo"
              onClick={() => last.run !== null && attempt(undo(last.run))}
            >
              <Undo2 size={13} aria-hidden />
              {t('Undo')}
            </button>
          )}
        </p>
      )}
      {run?.state === 'failed' && (
        <p className="error-line" role="alert">
          {heard(run.failure?.message ?? '')}
        </p>
      )}
      {detail !== null && kinds.length === 0 && (
        <p className="check-good" data-testid="check-good">
          {t('Nothing is wrong: {count, plural, one {# image} other {# images}} looked at.', {
            count: run?.total ?? 0,
          })}
        </p>
      )}
      {kinds.map((kind) => {
        const mine = open.filter((finding) => finding.kind === kind)
        return (
          <Kind
            key={kind}
            kind={kind}
            findings={mine}
            total={totalOf(kind)}
            busy={busy}
            onRepair={(meant) => attempt(repair(kind, meant, mine))}
            onShow={(finding) => attempt(show(finding))}
          />
        )
      })}
    </Modal>
  )
}

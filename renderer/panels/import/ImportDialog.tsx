/** Import of labels, in two steps: where they lie; then what was understood of them, before anything is written. */
import { useEffect, useEffectEvent, useState } from 'react'
import { hasCode } from '../../../common/errors.ts'
import { useApp, useSession, useView } from '../../state/session-context.ts'
import { Modal } from '../controls/Modal.tsx'
import { LookProgress } from '../work/LookProgress.tsx'
import { useLook } from '../work/use-look.ts'
import { errorText, heard } from '../../texts/heard.ts'
import { t } from '../../texts/t.ts'
import { emptyImport, importRequestOf, type ImportForm as Form } from './import-request.ts'
import { EncodingChoice } from './EncodingChoice.tsx'
import { ImportForm } from './ImportForm.tsx'
import { ImportOptions } from './ImportOptions.tsx'
import { ImportSummary } from './ImportSummary.tsx'

const startText = (added: number, boxes: number) => {
  if (boxes === 0) return t('Add {added, plural, one {# object} other {# objects}}', { added })
  return added === 0
    ? t('Make {boxes, plural, one {# mask} other {# masks}}', { boxes })
    : t(
        'Add {added, plural, one {# object} other {# objects}}, make {boxes, plural, one {# mask} other {# masks}}',
        { added, boxes },
      )
}

export const ImportDialog = ({ onClose }: { onClose: () => void }) => {
  const { work } = useSession()
  const quality = useApp((state) => state.settings?.quality ?? 'good')
  const given = useView((state) => state.importPath)
  const [form, setForm] = useState(() => emptyImport(given))
  const [problem, setProblem] = useState<string | null>(null)
  const [starting, setStarting] = useState(false)
  const looked = useLook('import-look')
  const { report, run, problem: unread } = looked
  const lookAt = useEffectEvent((at: Form) => looked.look(importRequestOf(at)))
  useEffect(() => {
    // Labels that were dropped or offered are looked at without another question.
    if (given !== '') lookAt(emptyImport(given))
  }, [given])

  const change = (part: Partial<Form>) => setForm((before) => ({ ...before, ...part }))
  /** What changes the numbers is looked at again. */
  const choose = (part: Partial<Form>) => {
    const next = { ...form, ...part }
    setForm(next)
    looked.look(importRequestOf(next))
  }
  const start = async () => {
    setProblem(null)
    setStarting(true)
    try {
      await work.start('import', importRequestOf(form, quality))
      onClose()
    } catch (thrown) {
      if (!hasCode(thrown, 'cancelled')) setProblem(errorText(thrown))
    } finally {
      setStarting(false)
    }
  }
  const hasPath = form.path.trim() !== ''
  const nothing =
    report !== null &&
    report.added + report.boxesLeft + report.markedDone + report.marked + report.replaced === 0
  const previews = problem === null ? (unread?.previews ?? null) : null
  // What asks for an encoding is a question, and no failure.
  const said =
    problem ?? (previews !== null && previews.length > 0 ? null : unread ? heard(unread.message) : null)
  return (
    <Modal
      open
      onClose={onClose}
      title={t('Import labels')}
      width={560}
      description={
        report === null
          ? t(
              'Labels of other programs become objects. Nothing is written before you have seen what was understood.',
            )
          : t('Nothing was written yet. All of it can be undone in one step afterwards.')
      }
      testId="import-dialog"
      footer={
        report === null ? (
          <>
            <button type="button" className="button" onClick={onClose}>
              {t('Cancel')}
            </button>
            <button
              type="submit"
              form="import-form"
              className="button primary"
              disabled={!hasPath || run !== null}
              data-testid="import-look"
            >
              {run === null ? t('Read the labels') : t('Reading…')}
            </button>
          </>
        ) : (
          <>
            <button type="button" className="button" data-testid="import-back" onClick={() => looked.drop()}>
              {t('Back')}
            </button>
            <button
              type="button"
              className="button primary"
              disabled={nothing || run !== null || starting}
              data-testid="import-run"
              autoFocus
              onClick={() => void start()}
            >
              {startText(report.added, report.boxesLeft)}
            </button>
          </>
        )
      }
    >
      {report === null ? (
        <form
          id="import-form"
          className="import-form"
          onSubmit={(event) => {
            event.preventDefault()
            if (hasPath) looked.look(importRequestOf(form))
          }}
        >
          <ImportForm form={form} onChange={change} />
          {previews !== null && (
            <EncodingChoice
              previews={previews}
              value={form.encoding}
              onChange={(encoding) => choose({ encoding })}
            />
          )}
        </form>
      ) : (
        <ImportSummary report={report}>
          <ImportOptions form={form} report={report} onChange={choose} />
        </ImportSummary>
      )}
      {run !== null && (
        <LookProgress
          run={run}
          testId="import-looking"
          label={t('Reading')}
          starting={t('Reading the labels…')}
        />
      )}
      {said !== null && (
        <p className="error-line" role="alert" data-testid="import-error">
          {said}
        </p>
      )}
    </Modal>
  )
}

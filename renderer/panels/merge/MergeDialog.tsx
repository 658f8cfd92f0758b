/** A colleague's copy of the folder is merged into this project: where it lies; then what would come, and what differs. */
import { useEffect, useRef, useState } from 'react'
import type { MergeChoice, MergeConflict, MergeReport, MergeRule } from '../../../common/contract/merge.ts'
import { hasCode } from '../../../common/errors.ts'
import { attempt } from '../../state/report.ts'
import { useApp, useSession } from '../../state/session-context.ts'
import { Modal } from '../controls/Modal.tsx'
import { PathField } from '../controls/PathField.tsx'
import { Segmented } from '../controls/Segmented.tsx'
import { LookProgress } from '../work/LookProgress.tsx'
import { useLook } from '../work/use-look.ts'
import { msg } from '../../../common/said.ts'
import { errorText, heard } from '../../texts/heard.ts'
import { t } from '../../texts/t.ts'
import { ConflictReview, keyOf } from './ConflictReview.tsx'
import { MergeSummary } from './MergeSummary.tsx'
import { mergeRequestOf, type MergeForm } from './merge-request.ts'

const rules = [
  { value: 'ask', name: msg('One by one') },
  { value: 'here', name: msg('As here') },
  { value: 'there', name: msg('As there') },
  { value: 'both', name: msg('Both') },
] as const satisfies readonly { value: MergeRule; name: string }[]

const Where = ({ path, onChange }: { path: string; onChange: (path: string) => void }) => {
  const { client } = useSession()
  const native = useApp((state) => state.info?.nativeDialog ?? false)
  const choose = async () => {
    const { folder } = await client.call('folders.choose', {
      title: t('A colleague’s copy of this folder'),
    })
    if (folder !== null) onChange(folder)
  }
  return (
    <PathField
      id="merge-path"
      label={t('The other folder')}
      value={path}
      placeholder={t('Whole path')}
      onChange={onChange}
      buttons={
        native && (
          <button type="button" className="button" onClick={() => attempt(choose())}>
            {t('Folder…')}
          </button>
        )
      }
    >
      <span className="dim">
        {t('A copy of these photos that somebody else has labelled, or its project file. It is only read.')}
      </span>
    </PathField>
  )
}

/** What is left to decide, in words; null: all is. */
const leftText = ({ objects, conflicts }: MergeReport, decided: number, rule: MergeRule): string | null => {
  const left = objects.conflicts - decided
  if (rule !== 'ask' || left <= 0) return null
  return objects.conflicts > conflicts.length && decided >= conflicts.length
    ? t(
        '{count, plural, one {# more difference} other {# more differences}} can’t be listed: choose a rule for them',
        { count: left },
      )
    : t('{count, plural, one {# difference} other {# differences}} left to decide', { count: left })
}

export const MergeDialog = ({ onClose }: { onClose: () => void }) => {
  const { work } = useSession()
  const [form, setForm] = useState<MergeForm>({ path: '', apart: [] })
  const [rule, setRule] = useState<MergeRule>('ask')
  const [decided, setDecided] = useState<ReadonlyMap<string, readonly [MergeConflict, MergeChoice]>>(
    new Map(),
  )
  const [problem, setProblem] = useState<string | null>(null)
  const [starting, setStarting] = useState(false)
  const looked = useLook('merge-look')
  const { report, run, problem: unread } = looked

  const compare = (next: MergeForm) => {
    setForm(next)
    setDecided(new Map())
    setProblem(null)
    looked.look(mergeRequestOf(next))
  }
  const start = async () => {
    setProblem(null)
    setStarting(true)
    const decisions = [...decided.values()].map(([{ imageId, here, there }, choice]) => ({
      ...{ imageId, here: here.id, there: there.id, choice },
    }))
    try {
      await work.start('merge', mergeRequestOf(form, { rule, decisions }))
      onClose()
    } catch (thrown) {
      if (!hasCode(thrown, 'cancelled')) setProblem(errorText(thrown))
    } finally {
      setStarting(false)
    }
  }
  const hasPath = form.path.trim() !== ''
  const busy = run !== null || starting
  const left = report === null ? null : leftText(report, decided.size, rule)
  const said = problem ?? (unread ? heard(unread.message) : null)
  const isReady = report !== null && !busy && left === null
  const goOn = useRef<HTMLButtonElement>(null)
  const isDecided = isReady && rule === 'ask' && decided.size > 0
  // The last one was decided: Enter goes on. Not before anything was, since nobody may have seen what would come.
  useEffect(() => {
    if (isDecided) goOn.current?.focus()
  }, [isDecided])
  return (
    <Modal
      open
      onClose={onClose}
      title={t('Merge a colleague’s copy')}
      width={report === null ? 560 : 680}
      description={
        report === null
          ? t(
              'What somebody else has labelled in a copy of this folder comes into this project. Nothing is written before you have seen what would come.',
            )
          : t('Nothing was written yet. All of it can be undone in one step afterwards.')
      }
      testId="merge-dialog"
      footer={
        report === null ? (
          <>
            <button type="button" className="button" onClick={onClose}>
              {t('Cancel')}
            </button>
            <button
              type="submit"
              form="merge-form"
              className="button primary"
              disabled={!hasPath || busy}
              data-testid="merge-look"
            >
              {run === null ? t('Compare') : t('Comparing…')}
            </button>
          </>
        ) : (
          <>
            <span className="foot-note" role="status" data-testid="merge-left">
              {left ?? ''}
            </span>
            <button type="button" className="button" disabled={starting} onClick={() => looked.drop()}>
              {t('Back')}
            </button>
            <button
              type="button"
              className="button primary"
              ref={goOn}
              disabled={!isReady}
              data-testid="merge-run"
              onClick={() => void start()}
            >
              {starting ? t('Starting…') : t('Merge')}
            </button>
          </>
        )
      }
    >
      {report === null ? (
        <form
          id="merge-form"
          className="import-form"
          onSubmit={(event) => {
            event.preventDefault()
            if (hasPath && !busy) compare(form)
          }}
        >
          <Where path={form.path} onChange={(path) => setForm({ path, apart: [] })} />
        </form>
      ) : (
        <>
          <MergeSummary
            report={report}
            apart={form.apart}
            busy={busy}
            onApart={(apart) => compare({ ...form, apart })}
          />
          {report.conflicts.length > 0 && (
            <>
              <div className="merge-rule">
                <span>{t('What differs becomes')}</span>
                <Segmented
                  label={t('What differs becomes')}
                  choices={rules.map((one) => ({ ...one, name: t(one.name) }))}
                  value={rule}
                  onChange={setRule}
                />
              </div>
              {rule !== 'ask' && decided.size > 0 && (
                <p className="dim">
                  {t('The {count, number} that you decided stay as you said.', { count: decided.size })}
                </p>
              )}
              <ConflictReview
                conflicts={report.conflicts}
                decided={new Map([...decided].map(([key, [, choice]]) => [key, choice]))}
                busy={busy}
                onDecide={(conflict, choice) =>
                  setDecided((before) => new Map(before).set(keyOf(conflict), [conflict, choice]))
                }
              />
            </>
          )}
        </>
      )}
      {run !== null && (
        <LookProgress
          run={run}
          testId="merge-looking"
          label={t('Comparing')}
          starting={t('Opening the other project…')}
        />
      )}
      {said !== null && (
        <p className="error-line" role="alert" data-testid="merge-error">
          {said}
        </p>
      )}
    </Modal>
  )
}

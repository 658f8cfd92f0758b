/**
 * Boxes to masks, in two steps: where a detector's boxes lie, which of them are taken, and for which images; then what was
 * understood of them, before anything is written.
 */
import { useState } from 'react'
import type { BoxesLook } from '../../../common/contract/boxes.ts'
import { hasCode } from '../../../common/errors.ts'
import { useApp, useImages, useSession, useWorkbench } from '../../state/session-context.ts'
import { Modal } from '../controls/Modal.tsx'
import { QualityChoice, useQualityNote } from '../controls/QualityChoice.tsx'
import { NumberField } from '../dialogs/NumberField.tsx'
import { BoxesSummary } from './BoxesSummary.tsx'
import { LabelPathField, NamesPathField } from './LabelPaths.tsx'
import { boxesRequestOf, emptyForm, type BoxesForm } from './boxes-request.ts'
import { msg } from '../../../common/said.ts'
import { errorText } from '../../texts/heard.ts'
import { t } from '../../texts/t.ts'

const scopes: readonly { readonly kind: BoxesForm['scope']; readonly text: string }[] = [
  { kind: 'project', text: msg('All images') },
  { kind: 'filter', text: msg('The images in the list, as it is filtered') },
  { kind: 'image', text: msg('This image') },
]

export const BoxesDialog = ({ onClose }: { onClose: () => void }) => {
  const { client, work } = useSession()
  const filter = useImages((state) => state.filter)
  const imageId = useWorkbench((state) => state.image?.id ?? null)
  const quality = useApp((state) => state.settings?.quality ?? 'good')
  const qualityNote = useQualityNote()
  const [form, setForm] = useState(emptyForm)
  const change = (part: Partial<BoxesForm>) => setForm((before) => ({ ...before, ...part }))
  const [problem, setProblem] = useState<string | null>(null)

  const [look, setLook] = useState<BoxesLook | null>(null)
  const [busy, setBusy] = useState(false)
  const request = () => boxesRequestOf(form, { filter, imageId, quality })
  const attemptHere = async (step: () => Promise<void>) => {
    setProblem(null)
    setBusy(true)
    try {
      await step()
    } catch (thrown) {
      if (!hasCode(thrown, 'cancelled')) setProblem(errorText(thrown))
    } finally {
      setBusy(false)
    }
  }
  const read = () => attemptHere(async () => setLook(await client.call('boxes.look', request())))
  const run = () =>
    attemptHere(async () => {
      await work.start('boxes', request())
      onClose()
    })
  return (
    <Modal
      open
      onClose={onClose}
      title={t('Boxes to masks')}
      description={
        look === null
          ? t(
              'Each box of a detector becomes an object with a mask. Nothing is made before you have seen what was understood.',
            )
          : t('Nothing was made yet. All of it can be undone in one step afterwards.')
      }
      testId="boxes-dialog"
      footer={
        look === null ? (
          <>
            <button type="button" className="button" onClick={onClose}>
              {t('Cancel')}
            </button>
            <button
              type="button"
              className="button primary"
              disabled={form.path.trim() === '' || busy}
              data-testid="boxes-read"
              onClick={() => void read()}
            >
              {busy ? t('Reading…') : t('Read the boxes')}
            </button>
          </>
        ) : (
          <>
            <button type="button" className="button" data-testid="boxes-back" onClick={() => setLook(null)}>
              {t('Back')}
            </button>
            <button
              type="button"
              className="button primary"
              disabled={look.boxes === 0 || busy}
              data-testid="boxes-run"
              autoFocus
              onClick={() => void run()}
            >
              {t('Make {count, plural, one {# mask} other {# masks}}', { count: look.boxes })}
            </button>
          </>
        )
      }
    >
      {look === null ? (
        <>
          <LabelPathField
            dialog="boxes"
            label={t('A folder of boxes or labels, or one file')}
            folderTitle={t('Folder of boxes')}
            value={form.path}
            onChange={(path) => change({ path })}
          />
          <NamesPathField
            dialog="boxes"
            label={t('Class names, when they do not lie beside the boxes')}
            value={form.names}
            onChange={(names) => change({ names })}
          />
          <div className="field">
            <span>{t('Minimum score, 0 to 1; boxes without a score are taken')}</span>
            <NumberField
              label={t('Minimum score')}
              value={form.minScore}
              min={0}
              max={1}
              step={0.05}
              onChange={(minScore) => change({ minScore })}
            />
          </div>
          <div className="field">
            <span>{t('Quality')}</span>
            <QualityChoice />
            <span className="dim">{qualityNote}</span>
          </div>
          <div className="field" role="radiogroup" aria-label={t('Images')}>
            {scopes.map((option) => (
              <label key={option.kind} className="check">
                <input
                  type="radio"
                  name="boxes-scope"
                  checked={form.scope === option.kind}
                  disabled={option.kind === 'image' && imageId === null}
                  onChange={() => change({ scope: option.kind })}
                />
                <span>{option.text}</span>
              </label>
            ))}
          </div>
        </>
      ) : (
        <BoxesSummary look={look} />
      )}
      {problem !== null && (
        <p className="error-line" role="alert" data-testid="boxes-error">
          {problem}
        </p>
      )}
    </Modal>
  )
}

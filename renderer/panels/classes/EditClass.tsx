/** What is said of a class besides its name and colour: its digits, the class above it, what belongs to it, its attributes. */
import { useState, type SubmitEvent } from 'react'
import { keysOfLabels } from '../../../common/class-keys.ts'
import { limits } from '../../../common/limits.ts'
import type { Label } from '../../../common/model.ts'
import { useLabels, useSession } from '../../state/session-context.ts'
import { errorText } from '../../texts/heard.ts'
import { t } from '../../texts/t.ts'
import { Modal } from '../controls/Modal.tsx'
import { AttributeFields } from './AttributeFields.tsx'
import { ClassExamples } from './ClassExamples.tsx'
import { attributesOf, draftsOf, renamedOf, type AttributeDraft } from './attribute-drafts.ts'

const textOrNull = (text: string) => (text.trim() === '' ? null : text.trim())

export const EditClass = ({ label, onClose }: { label: Label; onClose: () => void }) => {
  const { labels } = useSession()
  const list = useLabels()
  const [key, setKey] = useState(label.key ?? '')
  const [above, setAbove] = useState(label.supercategory ?? '')
  const [description, setDescription] = useState(label.description ?? '')
  const [drafts, setDrafts] = useState<readonly AttributeDraft[]>(() => draftsOf(label.attributes))
  const [problem, setProblem] = useState<string | null>(null)
  const byPlace = keysOfLabels(list.map((one) => (one.id === label.id ? { ...one, key: null } : one))).get(
    label.id,
  )
  const known = [...new Set(list.flatMap(({ supercategory }) => supercategory ?? []))].sort()

  const keep = async (event: SubmitEvent) => {
    event.preventDefault()
    if (!/^([1-9][0-9]?)?$/.test(key)) {
      setProblem(t('Digits are 1 to 9, or 10 to 99 for two keys.'))
      return
    }
    const attributes = attributesOf(drafts)
    if (typeof attributes === 'string') {
      setProblem(attributes)
      return
    }
    try {
      await labels.describe(
        label.id,
        {
          key: textOrNull(key),
          supercategory: textOrNull(above),
          description: textOrNull(description),
          attributes,
        },
        renamedOf(drafts),
      )
      onClose()
    } catch (thrown) {
      setProblem(errorText(thrown))
    }
  }
  return (
    <Modal
      open
      onClose={onClose}
      title={t('Class “{name}”', { name: label.name })}
      width={480}
      testId="edit-class-dialog"
      footer={
        <>
          <button type="button" className="button" onClick={onClose}>
            {t('Cancel')}
          </button>
          <button type="submit" form="edit-class" className="button primary" data-testid="edit-class-keep">
            {t('Save')}
          </button>
        </>
      }
    >
      <form id="edit-class" className="form" onSubmit={(event) => void keep(event)}>
        <div className="field">
          <label htmlFor="class-key">{t('Digits')}</label>
          <input
            id="class-key"
            className="input"
            inputMode="numeric"
            maxLength={2}
            autoComplete="off"
            aria-invalid={problem !== null}
            aria-describedby="class-key-note"
            placeholder={byPlace ?? t('none')}
            value={key}
            onChange={(event) => {
              setKey(event.target.value)
              setProblem(null)
            }}
          />
          <p className="dim" id="class-key-note">
            {t('1 to 9 is one key; 10 to 99 two, the first with Alt. Empty: the place in the list.')}
          </p>
        </div>
        <div className="field">
          <label htmlFor="class-above">{t('Supercategory')}</label>
          <input
            id="class-above"
            className="input"
            list="classes-above"
            maxLength={limits.className}
            autoComplete="off"
            placeholder={t('such as animal')}
            value={above}
            onChange={(event) => setAbove(event.target.value)}
          />
          <datalist id="classes-above">
            {known.map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
        </div>
        <div className="field">
          <label htmlFor="class-description">{t('Description')}</label>
          <textarea
            id="class-description"
            className="input tall"
            rows={4}
            maxLength={limits.classDescription}
            placeholder={t('What belongs to it, and what does not')}
            value={description}
            onChange={(event) => setDescription(event.target.value)}
          />
        </div>
        <ClassExamples label={label} />
        <AttributeFields
          drafts={drafts}
          onChange={(next) => {
            setDrafts(next)
            setProblem(null)
          }}
        />
        {problem !== null && (
          <p className="error-line" role="alert">
            {problem}
          </p>
        )}
      </form>
    </Modal>
  )
}

/** The attributes that objects of a class may have, as rows of the class editor. */
import { ChevronDown, ChevronUp, Plus, Trash2 } from 'lucide-react'
import { limits } from '../../../common/limits.ts'
import { IconButton } from '../controls/IconButton.tsx'
import { moved, newDraft, typeNames, type AttributeDraft } from './attribute-drafts.ts'
import { t } from '../../texts/t.ts'

const types = Object.keys(typeNames) as AttributeDraft['type'][]

interface AttributeFieldsProps {
  readonly drafts: readonly AttributeDraft[]
  readonly onChange: (drafts: readonly AttributeDraft[]) => void
}

export const AttributeFields = ({ drafts, onChange }: AttributeFieldsProps) => {
  const change = (id: string, to: Partial<AttributeDraft>) =>
    onChange(drafts.map((draft) => (draft.id === id ? { ...draft, ...to } : draft)))
  return (
    <fieldset className="attribute-fields">
      <legend>{t('Attributes of its objects')}</legend>
      {drafts.map(({ id, name, type, choices }, at) => (
        <div key={id} className="attribute-draft" data-testid="attribute-draft">
          <input
            className="input"
            aria-label={t('Name of attribute {place}', { place: at + 1 })}
            placeholder={t('Name, such as colour')}
            maxLength={limits.attributeName}
            autoComplete="off"
            autoFocus={name === ''}
            value={name}
            onChange={({ target }) => change(id, { name: target.value })}
          />
          <select
            className="input"
            aria-label={t('Type of attribute {place}', { place: at + 1 })}
            value={type}
            onChange={({ target }) => change(id, { type: target.value as AttributeDraft['type'] })}
          >
            {types.map((one) => (
              <option key={one} value={one}>
                {t(typeNames[one])}
              </option>
            ))}
          </select>
          <span className="attribute-tools">
            <IconButton
              icon={ChevronUp}
              label={t('Up')}
              disabled={at === 0}
              onClick={() => onChange(moved(drafts, id, -1))}
            />
            <IconButton
              icon={ChevronDown}
              label={t('Down')}
              disabled={at === drafts.length - 1}
              onClick={() => onChange(moved(drafts, id, 1))}
            />
            <IconButton
              icon={Trash2}
              label={t('Take this attribute off the class. Objects keep what they were told.')}
              onClick={() => onChange(drafts.filter((draft) => draft.id !== id))}
            />
          </span>
          {type === 'choice' && (
            <input
              className="input attribute-choices"
              aria-label={t('Choices of attribute {place}', { place: at + 1 })}
              placeholder={t('Choices, with commas: red, green, blue')}
              autoComplete="off"
              value={choices}
              onChange={({ target }) => change(id, { choices: target.value })}
            />
          )}
        </div>
      ))}
      <button
        type="button"
        className="button small"
        data-testid="add-attribute"
        disabled={drafts.length >= limits.attributes}
        onClick={() => onChange([...drafts, newDraft()])}
      >
        <Plus size={13} aria-hidden /> {t('Add an attribute')}
      </button>
    </fieldset>
  )
}

/** One attribute of the selected objects: choices with their digits, or a field. */
import { X } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import { readValue, valueText, type AttributeValue } from '../../../common/attributes.ts'
import { limits } from '../../../common/limits.ts'
import { IconButton } from '../controls/IconButton.tsx'
import { t } from '../../texts/t.ts'
import { optionOfKey, optionsOf, type AttributeRowData } from './attribute-rows.ts'
import { KeptField } from './KeptField.tsx'

/** More are found sooner in a list that drops down. */
const MOST_CHIPS = 9

interface AttributeRowProps {
  readonly row: AttributeRowData
  readonly isLocked: boolean
  readonly onTell: (row: AttributeRowData, value: AttributeValue | null) => void
  /** The keyboard goes on to the next row. */
  readonly onNext: (from: HTMLElement) => void
}

const Options = ({ row, isLocked, onTell, onNext }: AttributeRowProps) => {
  const options = optionsOf(row) ?? []
  const value = row.common === 'mixed' ? null : row.common.value
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.altKey || event.ctrlKey || event.metaKey || isLocked) return
    const option = optionOfKey(options, event.key)
    const clears = ['0', 'Delete', 'Backspace'].includes(event.key)
    if (option === null && !clears) return
    event.preventDefault()
    if (event.repeat) return
    onTell(row, option?.value ?? null)
    if (option !== null) onNext(event.currentTarget)
  }
  if (options.length > MOST_CHIPS)
    return (
      <select
        className="input"
        aria-label={row.name}
        disabled={isLocked}
        value={row.common === 'mixed' ? 'mixed' : String(options.findIndex((one) => one.value === value))}
        onChange={({ target }) => onTell(row, options[Number(target.value)]?.value ?? null)}
        data-attribute
      >
        {row.common === 'mixed' && <option value="mixed">{t('mixed')}</option>}
        <option value="-1">–</option>
        {options.map(({ text }, at) => (
          <option key={text} value={at}>
            {text}
          </option>
        ))}
      </select>
    )
  return (
    <div
      className="attribute-options"
      role="radiogroup"
      aria-label={row.name}
      aria-disabled={isLocked}
      tabIndex={0}
      data-attribute
      onKeyDown={onKeyDown}
    >
      {options.map(({ text, value: own }, at) => (
        <button
          key={text}
          type="button"
          role="radio"
          className="attribute-option"
          aria-checked={row.common !== 'mixed' && own === value}
          disabled={isLocked}
          tabIndex={-1}
          // Once more takes it off.
          onClick={() => onTell(row, row.common !== 'mixed' && own === value ? null : own)}
        >
          <kbd aria-hidden>{at + 1}</kbd>
          <span>{text}</span>
        </button>
      ))}
    </div>
  )
}

export const AttributeRow = (props: AttributeRowProps) => {
  const { row, isLocked, onTell, onNext } = props
  const isMixed = row.common === 'mixed'
  const shown = row.common === 'mixed' || row.common.value === null ? '' : valueText(row.common.value)
  return (
    <div className="attribute-row" data-testid="attribute-row" data-name={row.name}>
      <span className="attribute-name" title={row.name}>
        {row.name}
        {isMixed && <span className="attribute-mixed">{t('mixed')}</span>}
        {row.isForeign && (
          <IconButton
            icon={X}
            small
            label={t('Take it off: the class does not define it')}
            side="left"
            disabled={isLocked}
            onClick={() => onTell(row, null)}
          />
        )}
      </span>
      {optionsOf(row) === null ? (
        <KeptField
          key={row.ids.join(' ')}
          label={row.name}
          value={shown}
          placeholder={isMixed ? t('mixed') : row.type === 'number' ? t('number') : ''}
          isNumber={row.type === 'number'}
          maxLength={limits.attributeText}
          disabled={isLocked}
          read={(typed) => readValue(row.type, typed)}
          onKeep={(value) => onTell(row, value)}
          onNext={onNext}
        />
      ) : (
        <Options {...props} onNext={onNext} />
      )}
    </div>
  )
}

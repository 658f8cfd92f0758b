/** What a format is asked besides, built from its entry in the list of formats. */
import type { FormatDescription } from '../../../../common/formats.ts'
import { OPTION_TEXT, type FormatOption, type OptionValues } from '../../../../common/format-options.ts'
import { Fold } from './Fold.tsx'
import { t } from '../../../texts/t.ts'

interface FieldProps<T extends FormatOption> {
  option: T
  value: string | boolean
  onChange: (value: string | boolean) => void
}

const ChoiceField = ({ option, value, onChange }: FieldProps<Extract<FormatOption, { kind: 'choice' }>>) => (
  <label className="option-row" title={t(option.hint)}>
    <span>{t(option.label)}</span>
    <select
      className="input"
      value={String(value)}
      data-testid={`export-option-${option.id}`}
      onChange={(event) => onChange(event.target.value)}
    >
      {option.values.map(({ id, label }) => (
        <option key={id} value={id}>
          {t(label)}
        </option>
      ))}
    </select>
  </label>
)

const FlagField = ({ option, value, onChange }: FieldProps<FormatOption>) => (
  <label className="check" title={t(option.hint)}>
    <input
      type="checkbox"
      checked={value === true}
      data-testid={`export-option-${option.id}`}
      onChange={(event) => onChange(event.target.checked)}
    />
    <span>{t(option.label)}</span>
  </label>
)

const TextField = ({ option, value, onChange }: FieldProps<FormatOption>) => (
  <label className="option-row" title={t(option.hint)}>
    <span>{t(option.label)}</span>
    <input
      className="input"
      value={String(value)}
      maxLength={OPTION_TEXT}
      data-testid={`export-option-${option.id}`}
      onChange={(event) => onChange(event.target.value)}
    />
  </label>
)

export const FormatOptions = ({
  format,
  values,
  onChange,
}: {
  format: FormatDescription
  values: OptionValues
  onChange: (values: OptionValues) => void
}) => {
  const fieldOf = (option: FormatOption) => {
    const props = {
      value: values[option.id] ?? option.default,
      onChange: (value: string | boolean) => onChange({ ...values, [option.id]: value }),
    }
    if (option.kind === 'choice') return <ChoiceField key={option.id} option={option} {...props} />
    if (option.kind === 'flag') return <FlagField key={option.id} option={option} {...props} />
    return <TextField key={option.id} option={option} {...props} />
  }
  const texts = format.options.filter(({ kind }) => kind === 'text')
  const filled = texts.filter(({ id }) => (values[id] ?? '') !== '').length
  return (
    <>
      {format.options.filter(({ kind }) => kind !== 'text').map(fieldOf)}
      {texts.length > 0 && (
        <Fold
          title={t('About the data set')}
          note={filled === 0 ? t('licence, description') : t('{count, number} filled in', { count: filled })}
          testId="export-texts"
        >
          {texts.map(fieldOf)}
        </Fold>
      )}
    </>
  )
}

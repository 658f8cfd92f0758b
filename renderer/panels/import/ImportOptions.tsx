/** What is chosen when the labels are understood: what becomes of objects that are there, of boxes, of numbers. */
import type { ImportReport } from '../../../common/contract/import.ts'
import { msg, type TextValues } from '../../../common/said.ts'
import { t } from '../../texts/t.ts'
import type { ImportForm } from './import-request.ts'

interface Choice<Value> {
  readonly value: Value
  readonly text: string
  /** For the placeholders of the text. */
  readonly values?: TextValues
  /** Of its test id, where that is not the value. */
  readonly id?: string
}

const Radios = <Value extends string | number>({
  name,
  label,
  choices,
  value,
  onChange,
}: {
  name: string
  label: string
  choices: readonly Choice<Value>[]
  value: Value
  onChange: (value: Value) => void
}) => (
  <div className="field" role="radiogroup" aria-label={label}>
    {choices.map(({ value: one, text, values, id = String(one) }) => (
      <label key={id} className="check">
        <input
          type="radio"
          name={name}
          checked={value === one}
          data-testid={`import-${id}`}
          onChange={() => onChange(one)}
        />
        <span>{t(text, values)}</span>
      </label>
    ))}
  </div>
)

const ways = [
  { value: 'keep', text: msg('Add to the objects that are there; what is there already is not added twice') },
  { value: 'replace', text: msg('Replace the objects of these images') },
] as const

const partsOf = [
  { value: 'apart', text: msg('Each connected part of a class is an object') },
  { value: 'together', text: msg('All that an image has of a class is one object') },
] as const

const firstClasses = ([0, 1] as const).map((value) => ({
  value,
  id: `first-${value}`,
  text: msg('Classes are counted from {first}'),
  values: { first: value },
}))

export const ImportOptions = ({
  form,
  report,
  onChange,
}: {
  form: ImportForm
  report: ImportReport
  onChange: (part: Partial<ImportForm>) => void
}) => {
  const boxes = report.boxes + report.boxesLeft
  return (
    <div className="import-options">
      <Radios
        name="import-existing"
        label={t('Objects that are there')}
        choices={ways}
        value={form.existing}
        onChange={(existing) => onChange({ existing })}
      />
      {boxes > 0 && (
        <label className="check">
          <input
            type="checkbox"
            checked={form.turnsBoxes}
            data-testid="import-turn-boxes"
            onChange={(event) => onChange({ turnsBoxes: event.target.checked })}
          />
          <span>
            {t('And turn {boxes, plural, =1 {the box into a mask} other {# boxes into masks}}', { boxes })}
          </span>
        </label>
      )}
      {report.parts !== null && (
        <Radios
          name="import-parts"
          label={t('Objects of a map of classes')}
          choices={partsOf}
          value={form.parts}
          onChange={(parts) => onChange({ parts })}
        />
      )}
      {report.firstClass !== null && (
        <Radios
          name="import-first-class"
          label={t('Number of the first class')}
          choices={firstClasses}
          value={report.firstClass}
          onChange={(firstClass) => onChange({ firstClass })}
        />
      )}
    </div>
  )
}

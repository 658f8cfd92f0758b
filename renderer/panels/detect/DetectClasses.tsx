/** The detector's classes: which are taken, what they become, and from which score on. */
import { useId } from 'react'
import { ruleOf, type ClassLine, type ClassRule, type DetectForm } from './detect-form.ts'
import { t } from '../../texts/t.ts'

/** Lines that are listed; a detector of Objects365 has 365 classes, which are all on. */
const LISTED = 400

const ClassLineRow = ({
  line,
  rule,
  minScore,
  list,
  isNew,
  onChange,
}: {
  line: ClassLine
  rule: ClassRule
  /** That of all. */
  minScore: number
  list: string
  isNew: boolean
  onChange: (rule: ClassRule) => void
}) => {
  const { name, finds } = line
  return (
    <tr data-testid="detect-class" data-off={rule.taken ? undefined : ''}>
      <td>
        <label className="check">
          <input
            type="checkbox"
            checked={rule.taken}
            onChange={(event) => onChange({ ...rule, taken: event.target.checked })}
          />
          <span className="boxes-class">{name}</span>
          {finds > 0 && <span className="boxes-mark">{finds}</span>}
        </label>
      </td>
      <td>
        <input
          className="input"
          list={list}
          value={rule.to}
          placeholder={isNew ? t('{name} (new)', { name }) : name}
          disabled={!rule.taken}
          aria-label={t('Class for {name}', { name })}
          onChange={(event) => onChange({ ...rule, to: event.target.value })}
        />
      </td>
      <td>
        <input
          className="input"
          type="number"
          min={0}
          max={100}
          step={5}
          value={rule.minScore === null ? '' : Math.round(rule.minScore * 100)}
          placeholder={String(Math.round(minScore * 100))}
          disabled={!rule.taken}
          aria-label={t('Least score of {name}, percent', { name })}
          onChange={(event) => {
            const value = event.target.valueAsNumber
            onChange({
              ...rule,
              minScore: Number.isFinite(value) ? Math.min(100, Math.max(0, value)) / 100 : null,
            })
          }}
        />
      </td>
    </tr>
  )
}

export const DetectClasses = ({
  lines,
  form,
  known,
  onChange,
}: {
  lines: readonly ClassLine[]
  form: Pick<DetectForm, 'rules' | 'minScore'>
  /** The names of the project's classes. */
  known: readonly string[]
  onChange: (rules: DetectForm['rules']) => void
}) => {
  const list = useId()
  const names = new Set(known)
  const shown = lines.slice(0, LISTED)
  const change = (name: string, rule: ClassRule) => onChange(new Map(form.rules).set(name, rule))
  const allTaken = lines.every(({ name }) => ruleOf(form, name).taken)
  const takeAll = (taken: boolean) =>
    onChange(new Map(lines.map(({ name }) => [name, { ...ruleOf(form, name), taken }])))
  return (
    <div className="detect-classes" tabIndex={0} role="region" aria-label={t('Classes of the detector')}>
      <datalist id={list}>
        {known.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <table>
        <thead>
          <tr>
            <th scope="col">
              <label className="check">
                <input
                  type="checkbox"
                  checked={allTaken}
                  aria-label={t('All classes')}
                  onChange={(event) => takeAll(event.target.checked)}
                />
                <span>{t('Its class')}</span>
              </label>
            </th>
            <th scope="col">{t('Becomes')}</th>
            <th scope="col">{t('From %')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((line) => (
            <ClassLineRow
              key={line.name}
              line={line}
              rule={ruleOf(form, line.name)}
              minScore={form.minScore}
              list={list}
              isNew={!names.has(line.name)}
              onChange={(rule) => change(line.name, rule)}
            />
          ))}
        </tbody>
      </table>
      {lines.length > shown.length && (
        <p className="dim">
          {t('and {count, number} more, all taken', { count: lines.length - shown.length })}
        </p>
      )}
    </div>
  )
}

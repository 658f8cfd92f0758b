/** How images are divided into training, validation and test. */
import { useId } from 'react'
import type { ExportRequest, SplitOptions } from '../../../../common/contract/export.ts'
import { percent } from '../../words.ts'
import { Fold } from './Fold.tsx'
import { t } from '../../../texts/t.ts'
import { msg } from '../../../../common/said.ts'

/** Of the images; a side can't have all of them. */
const MOST = 0.5

const Share = ({
  label,
  value,
  testId,
  onChange,
}: {
  label: string
  value: number
  testId: string
  onChange: (value: number) => void
}) => (
  <label className="field">
    <span>
      {label} <b className="value">{percent(value)}</b>
    </span>
    <input
      type="range"
      min={0}
      max={MOST}
      step={0.05}
      value={value}
      data-testid={testId}
      onChange={(event) => onChange(Number(event.target.value))}
    />
  </label>
)

type How = 'folder' | 'pattern' | 'none'

const howOf = ({ byFolder = true, pattern = null }: SplitOptions): How => {
  if (pattern !== null) return 'pattern'
  return byFolder ? 'folder' : 'none'
}

/** The leading word of a name: `street_0041.jpg` and `street_0042.jpg` stay together. */
const FIRST_PATTERN = '^(.*?)[_-]'

const words: Record<How, string> = {
  folder: msg('subfolders stay together'),
  pattern: msg('names of one pattern stay together'),
  none: msg('every image by itself'),
}

const isPattern = (text: string) => {
  try {
    new RegExp(text, 'u')
    return text !== ''
  } catch {
    return false
  }
}

const Together = ({
  split,
  remember,
  onChange,
  onRemember,
}: {
  split: SplitOptions
  remember: boolean
  onChange: (split: SplitOptions) => void
  onRemember: (remember: boolean) => void
}) => {
  const how = howOf(split)
  const id = useId()
  const choose = (next: How) =>
    onChange({ ...split, byFolder: next === 'folder', pattern: next === 'pattern' ? FIRST_PATTERN : null })
  return (
    <>
      <label className="option-row">
        <span>{t('Stays together')}</span>
        <select
          className="input"
          value={how}
          data-testid="export-group"
          onChange={(event) => choose(event.target.value as How)}
        >
          <option value="folder">{t('Images of one subfolder')}</option>
          <option value="pattern">{t('Names of one pattern')}</option>
          <option value="none">{t('Nothing but copies')}</option>
        </select>
      </label>
      {how === 'pattern' && (
        <label className="option-row" htmlFor={id}>
          <span>{t('Pattern')}</span>
          <input
            id={id}
            className="input"
            value={split.pattern ?? ''}
            maxLength={200}
            spellCheck={false}
            aria-invalid={!isPattern(split.pattern ?? '')}
            title={t(
              'A regular expression. Images whose paths have the same match stay together: of its first bracket, or of the whole.',
            )}
            data-testid="export-pattern"
            onChange={(event) => onChange({ ...split, pattern: event.target.value })}
          />
        </label>
      )}
      <label className="check">
        <input
          type="checkbox"
          checked={split.similar === true}
          data-testid="export-similar"
          onChange={(event) => onChange({ ...split, similar: event.target.checked })}
        />
        <span>
          {t('Pictures that look nearly the same, too')} <span className="dim">{t('takes a while')}</span>
        </span>
      </label>
      <label className="check">
        <input
          type="checkbox"
          checked={split.balance === true}
          data-testid="export-balance"
          onChange={(event) => onChange({ ...split, balance: event.target.checked })}
        />
        <span>{t('Each side gets its share of every class')}</span>
      </label>
      <label className="check">
        <input
          type="checkbox"
          checked={remember}
          data-testid="export-remember"
          onChange={(event) => onRemember(event.target.checked)}
        />
        <span>
          {t('Remember it in the project')}{' '}
          <span className="dim">{t('images keep their side when more are added')}</span>
        </span>
      </label>
    </>
  )
}

export const SplitFields = ({
  request,
  onChange,
}: {
  request: ExportRequest
  onChange: (request: ExportRequest) => void
}) => {
  const split = request.split ?? {}
  const changeSplit = (next: SplitOptions) => onChange({ ...request, split: next })
  return (
    <>
      <div className="shares">
        <Share
          label={t('Validation')}
          value={request.validation}
          testId="export-val"
          onChange={(validation) => onChange({ ...request, validation })}
        />
        <Share
          label={t('Test')}
          value={split.test ?? 0}
          testId="export-test"
          onChange={(test) => changeSplit({ ...split, test })}
        />
        <label className="field">
          <span>{t('Seed')}</span>
          <input
            className="input"
            type="number"
            min={0}
            step={1}
            value={request.seed}
            title={t('Which images those are: the same for the same number.')}
            onChange={(event) =>
              onChange({ ...request, seed: Math.max(0, Math.trunc(Number(event.target.value))) })
            }
          />
        </label>
      </div>
      <Fold title={t('How they are divided')} note={t(words[howOf(split)])} testId="export-split">
        <Together
          split={split}
          remember={request.remember === true}
          onChange={changeSplit}
          onRemember={(remember) => onChange({ ...request, remember })}
        />
      </Fold>
    </>
  )
}

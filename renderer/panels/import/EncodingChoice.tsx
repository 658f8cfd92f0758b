/** How names read in each encoding that their file can be in: who knows the language sees which one is right. */
import { nameOfEncoding, type EncodingPreview } from '../../../common/encodings.ts'
import { t } from '../../texts/t.ts'

export const EncodingChoice = ({
  previews,
  value,
  onChange,
}: {
  previews: readonly EncodingPreview[]
  /** The id of an encoding; empty while none is chosen. */
  value: string
  onChange: (encoding: string) => void
}) =>
  previews.length === 0 ? null : (
    <fieldset className="encodings" data-testid="import-encodings">
      <legend>{t('In which of these do the names read right?')}</legend>
      <p className="dim">{t('They are not UTF-8, and the file does not tell which encoding it has.')}</p>
      {previews.map(({ encoding, samples }) => (
        <label key={encoding} className="encoding">
          <input
            type="radio"
            name="import-encoding-preview"
            checked={value === encoding}
            data-testid={`import-encoding-${encoding}`}
            onChange={() => onChange(encoding)}
          />
          <bdi>{samples.join(' · ')}</bdi>
          <span className="dim">{t(nameOfEncoding(encoding))}</span>
        </label>
      ))}
    </fieldset>
  )

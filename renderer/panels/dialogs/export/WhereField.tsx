/** Where an export goes that can lie beside the photos. */
import { Segmented } from '../../controls/Segmented.tsx'
import { t } from '../../../texts/t.ts'
import { msg } from '../../../../common/said.ts'

const choices = [
  { value: 'folder', name: msg('A folder of its own') },
  { value: 'beside', name: msg('Beside the photos') },
] as const

export const WhereField = ({
  isBeside,
  ending,
  onChange,
  onMirror,
}: {
  isBeside: boolean
  /** Of the files, without the dot. */
  ending: string
  onChange: (isBeside: boolean) => void
  /** They are to be kept in step from now on. */
  onMirror: () => void
}) => (
  <div className="field">
    <Segmented
      label={t('Where it goes')}
      choices={choices.map(({ value, name }) => ({ value, name: t(name) }))}
      value={isBeside ? 'beside' : 'folder'}
      onChange={(where) => onChange(where === 'beside')}
    />
    {isBeside && (
      <p className="dim">
        {t('a.jpg gets a.{ending} in its own folder. Files of other programs are left as they are.', {
          ending,
        })}{' '}
        <button type="button" className="link" data-testid="export-mirror" onClick={onMirror}>
          {t('Keep them in step with every change…')}
        </button>
      </p>
    )}
  </div>
)

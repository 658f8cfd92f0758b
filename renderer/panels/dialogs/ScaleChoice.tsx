/** The interface scale in the settings: a list of steps, and back to the usual one. */
import { scaleLimits } from '../../../common/contract/settings.ts'
import { useApp, useSession } from '../../state/session-context.ts'
import { percent } from '../../texts/numbers.ts'
import { t } from '../../texts/t.ts'

const { least, most, step } = scaleLimits
const scales = Array.from(
  { length: Math.round((most - least) / step) + 1 },
  (_, at) => Math.round((least + at * step) * 100) / 100,
)

export const ScaleChoice = () => {
  const session = useSession()
  const scale = useApp((state) => state.settings?.scale ?? 1)
  const change = (to: number) => session.changeSettings({ scale: to })
  return (
    <span className="setting-pair">
      <select
        className="input"
        aria-label={t('Interface scale')}
        data-testid="settings-scale"
        value={scale}
        onChange={(event) => change(Number(event.target.value))}
      >
        {scales.map((one) => (
          <option key={one} value={one}>
            {percent(one)}
          </option>
        ))}
      </select>
      <button type="button" className="button" disabled={scale === 1} onClick={() => change(1)}>
        {t('Reset')}
      </button>
    </span>
  )
}

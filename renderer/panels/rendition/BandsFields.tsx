/** Which of many bands are red, green and blue: for all images of the project with so many. */
import type { Bands } from '../../../common/rendition.ts'
import { msg } from '../../../common/said.ts'
import { attempt } from '../../state/report.ts'
import { useSession } from '../../state/session-context.ts'
import { t } from '../../texts/t.ts'

const colours = [
  { name: msg('Red'), id: 'red' },
  { name: msg('Green'), id: 'green' },
  { name: msg('Blue'), id: 'blue' },
] as const

const first: Bands = [1, 2, 3]
/** Near infrared, red and green of Landsat 5, and of drones that take blue, green, red and near infrared in this order. */
const falseColour: Bands = [4, 3, 2]

const isSame = (a: Bands, b: Bands) => a.every((band, at) => band === b[at])

/** @param bands how many the image has */
export const BandsFields = ({ bands, chosen }: { bands: number; chosen: Bands | null }) => {
  const { client } = useSession()
  const shown = chosen ?? first
  const show = (next: Bands) =>
    attempt(client.call('images.showBands', { bands, shown: isSame(next, first) ? null : next }))
  const presets = [
    { name: first.join(' '), value: first },
    ...(bands >= 4 ? [{ name: `${t('False colour')} ${falseColour.join(' ')}`, value: falseColour }] : []),
  ]
  return (
    <fieldset className="rendition" data-testid="bands">
      <legend>{t('Bands shown, of {bands}', { bands })}</legend>
      <div className="rendition-bands">
        {colours.map(({ name, id }, at) => (
          <label key={id}>
            <span>{t(name)}</span>
            <select
              className="input"
              value={shown[at]}
              data-testid={`band-${id}`}
              onChange={({ target }) => show(shown.with(at, Number(target.value)) as Bands)}
            >
              {Array.from({ length: bands }, (_, band) => (
                <option key={band} value={band + 1}>
                  {band + 1}
                </option>
              ))}
            </select>
          </label>
        ))}
      </div>
      <div className="segmented text" role="radiogroup" aria-label={t('Usual choices of bands')}>
        {presets.map(({ name, value }) => (
          <button
            key={name}
            type="button"
            role="radio"
            aria-checked={isSame(value, shown)}
            onClick={() => show(value)}
          >
            {name}
          </button>
        ))}
      </div>
      <p className="levels-note">
        {t('For all images with {bands} bands. Model and exports get the picture like this too.', { bands })}
      </p>
    </fieldset>
  )
}

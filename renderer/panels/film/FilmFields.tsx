/** What of a film is taken, and how its frames are kept. */
import type { FilmLook } from '../../../common/contract/film.ts'
import { msg } from '../../../common/said.ts'
import { sizeText, decimal } from '../../texts/numbers.ts'
import { t } from '../../texts/t.ts'
import { NumberInput } from '../controls/NumberInput.tsx'
import { Segmented } from '../controls/Segmented.tsx'
import { duration } from '../words.ts'
import { takeOf, yieldOf, type FilmForm } from './film-form.ts'

const ways = [
  { value: 'every', name: msg('Every nth frame') },
  { value: 'perSecond', name: msg('Frames a second') },
] as const

/** '1920 × 1080 · 2 min · 29.97 frames a second · 54.0 MB' */
export const filmFacts = ({ width, height, seconds, rate, bytes }: FilmLook): string =>
  [
    `${width} × ${height}`,
    seconds === null ? t('of unknown length') : duration(seconds),
    ...(rate === null
      ? []
      : [t('{rate} frames a second', { rate: decimal(rate, Number.isInteger(rate) ? 0 : 2) })]),
    sizeText(bytes),
  ].join(' · ')

export const FilmFields = ({
  form,
  look,
  onChange,
}: {
  form: FilmForm
  look: FilmLook
  onChange: (part: Partial<FilmForm>) => void
}) => {
  const { way } = form
  const isWrong = takeOf(form) === null
  const times = look.frameBytes === null ? null : look.frameBytes.png / look.frameBytes.jpeg
  return (
    <>
      <div className="field">
        <span>{t('Take')}</span>
        <div className="film-take">
          <Segmented
            label={t('Which frames are taken')}
            choices={ways.map(({ value, name }) => ({ value, name: t(name) }))}
            value={way}
            onChange={(to) => onChange({ way: to })}
          />
          <NumberInput
            aria-label={way === 'every' ? t('Step between frames') : t('How many frames a second')}
            aria-invalid={isWrong}
            min={way === 'every' ? 1 : 0.001}
            step={way === 'every' ? 1 : 0.5}
            value={form[way]}
            data-testid="film-take"
            onText={(typed) => onChange({ [way]: typed })}
          />
        </div>
        {isWrong && (
          <span className="warn-text" role="alert">
            {way === 'every' ? t('A whole number from 1 on.') : t('A number, such as 2 or 0.5.')}
          </span>
        )}
      </div>
      <div className="field">
        <span>{t('As')}</span>
        <Segmented
          label={t('How frames are kept')}
          choices={[
            { value: 'jpeg', name: 'JPEG' },
            { value: 'png', name: 'PNG' },
          ]}
          value={form.as}
          onChange={(as) => onChange({ as })}
        />
        <span className="dim">
          {form.as === 'jpeg'
            ? t('Of the best quality.')
            : times === null
              ? t('Without any loss.')
              : t('Without any loss; here {times} times as large as JPEG.', { times: decimal(times, 1) })}
        </span>
      </div>
    </>
  )
}

/** How many frames come, and what they take. */
export const FilmYield = ({
  form,
  look,
  freeBytes,
}: {
  form: FilmForm
  look: FilmLook
  /** On the disk where they go; null when it is not known. */
  freeBytes: number | null
}) => {
  const take = takeOf(form)
  const comes = take === null ? null : yieldOf(look, take, form.as)
  if (take === null) return null
  const isTight = freeBytes !== null && (comes?.bytes ?? 0) > freeBytes
  const text = () => {
    if (comes === null) return t('The film does not tell how many frames it has.')
    const { frames, bytes } = comes
    if (bytes === null) return t('About {frames, plural, one {# frame} other {# frames}}.', { frames })
    return t('About {frames, plural, one {# frame} other {# frames}}, about {size}.', {
      frames,
      size: sizeText(bytes),
    })
  }
  return (
    <>
      <p className="export-summary" role="status" data-testid="film-summary">
        {text()}
      </p>
      {isTight && (
        <p className="warn-line" role="status">
          {t('Only {free} are free on that disk: take fewer frames, or another folder.', {
            free: sizeText(freeBytes),
          })}
        </p>
      )}
    </>
  )
}
